import type { Gap, MessagePage } from '../../../src-shared/ipc/contract';
import type { Anchor, ArchivePlace, StoredGap, StoredPage } from '../../store/store';
import type { Link } from '../../xmpp/link';
import type { SessionContext } from '../context';
import type { Answer, Collector, Entry } from './collector';
import { inTime } from './in-time';
import type { Pages } from './pages';
import { PAGE } from './read-forward';

/** The archive of a conversation: the account's, asked `with` the peer, or a room's own. */
export interface ArchiveSource {
  readonly room: string | undefined;
  readonly with: string | null;
  readonly pages: Pages;
}

/** Pages of one conversation, with what the archive has of it. */
export interface Older {
  page(peer: string, anchor: Anchor, limit: number): Promise<MessagePage>;
  /** A new stream: what was refused on the one before may be had now. */
  forget(): void;
}

interface Here {
  readonly page: StoredPage;
  readonly edge: StoredGap | null;
}

/** Holes that one look at a conversation has closed at most; the next look goes on. */
const MOST_QUERIES = 4;
const SECOND = 1_000;

/**
 * The page with the place that it leads to: that one is another range's, of the whole account, and by it the two are known
 * to touch.
 */
const upTo = (entries: readonly Entry[], place: ArchivePlace | null): readonly Entry[] =>
  place === null ||
  (entries.at(-1)?.place.at ?? 0) > place.at ||
  entries.some((one) => one.place.id === place.id)
    ? entries
    : [...entries, { place, message: null }];

export const createOlder = (
  context: SessionContext,
  parts: {
    readonly collector: Collector;
    /** Where what was said with a peer is kept; null where nothing is, or it cannot be asked now. */
    source(peer: string): ArchiveSource | null;
  },
): Older => {
  const { account, store, hub } = context;
  const { clock, log } = context.ports;
  /** Holes that the server did not let us close, by conversation and the place below them. */
  const refused = new Set<string>();
  const busy = new Map<string, Promise<boolean>>();

  const online = (peer: string): Link | null => (parts.source(peer) ? context.link() : null);
  const keyOf = (peer: string, place: ArchivePlace | null): string => JSON.stringify([peer, place?.id ?? '']);

  /** A page as it is here, and the hole between it and the row that it is asked before. */
  const readHere = async (peer: string, anchor: Anchor, limit: number): Promise<Here> => {
    const page = await store.page(peer, anchor, limit);
    if (anchor?.side !== 'before') return { page, edge: null };
    const around = await store.page(peer, { side: 'around', id: anchor.id }, 2);
    return { page, edge: around.gaps.find(({ before }) => before === anchor.id) ?? null };
  };

  /** The hole that a reader of this page meets first, from below; what is above a full page is met another time. */
  const holeOf = (
    peer: string,
    { page, edge }: Here,
    limit: number,
  ): { readonly right: ArchivePlace | null } | null => {
    const full = page.messages.length >= limit;
    const above = page.messages[0]?.id;
    const gap = [
      ...page.gaps.filter(({ before }) => !full || before !== above),
      ...(edge ? [edge] : []),
    ].findLast((one) => !one.lost && !refused.has(keyOf(peer, one.right)));
    if (gap) return { right: gap.right };
    const short = !full && !page.older && !page.whole;
    return short && !refused.has(keyOf(peer, page.top)) ? { right: page.top } : null;
  };

  /** The entries right before a place, which may be another conversation's: then by its time. */
  const ask = async (
    link: Link,
    { room, with: peer }: ArchiveSource,
    right: ArchivePlace | null,
  ): Promise<Answer> => {
    const common = { with: peer, start: null, end: null, max: PAGE };
    if (!right) return parts.collector.ask(link, { ...common, page: { side: 'last' } }, room);
    const page = { side: 'before', id: right.id } as const;
    const answer = await parts.collector.ask(link, { ...common, page }, room);
    if (answer.ok || answer.condition !== 'item-not-found') return answer;
    return parts.collector.ask(link, { ...common, end: right.at + SECOND, page: { side: 'last' } }, room);
  };

  /** Reads one page of the hole; false when nothing came of it. */
  const close = async (peer: string, right: ArchivePlace | null): Promise<boolean> => {
    const source = parts.source(peer);
    const link = context.link();
    if (!link || !source) return false;
    // Where an earlier look has left off.
    const read = right && (await store.ranges(peer)).find(({ last }) => last.id === right.id);
    const before = read?.first ?? right;
    const answer = await ask(link, source, before);
    if (!answer.ok) {
      if (answer.condition !== 'lost') refused.add(keyOf(peer, right));
      return false;
    }
    const { entries, complete } = answer;
    // A server that says neither that there is more nor that there is not would be asked for ever.
    if (entries.length === 0) refused.add(keyOf(peer, right));
    await source.pages.add(upTo(entries, before), {
      with: peer,
      after: null,
      before: before?.id ?? null,
      whole: complete,
      lost: false,
    });
    return true;
  };
  /** Two looks at the same hole are one question. */
  const closeOnce = (peer: string, right: ArchivePlace | null): Promise<boolean> => {
    const key = keyOf(peer, right);
    const running = busy.get(key) ?? close(peer, right).finally(() => busy.delete(key));
    busy.set(key, running);
    return running;
  };

  const shown = (peer: string, page: StoredPage): MessagePage => {
    const gaps: Gap[] = page.gaps.map(({ before, lost }) => ({ before, state: lost ? 'lost' : 'open' }));
    // Offline nothing can be read; but what is known to be in an archive does not begin here.
    const archived = context.link() === null && page.top !== null;
    const reachable = !page.whole && (online(peer) !== null || archived);
    return { messages: page.messages, older: page.older || reachable, newer: page.newer, gaps };
  };

  const fill = async (peer: string, anchor: Anchor, limit: number, first: Here): Promise<StoredPage> => {
    let here = first;
    for (let n = 0; n < MOST_QUERIES; n++) {
      const hole = online(peer) && holeOf(peer, here, limit);
      if (!hole || !(await closeOnce(peer, hole.right))) break;
      here = await readHere(peer, anchor, limit);
    }
    return here.page;
  };

  return {
    async page(peer, anchor, limit) {
      const here = await readHere(peer, anchor, limit);
      const { page } = here;
      if (!online(peer) || !holeOf(peer, here, limit)) return shown(peer, page);
      const filled = fill(peer, anchor, limit, here);
      // What is here is shown at once; the rest comes by itself.
      if (anchor === null && page.messages.length > 0) {
        filled.then(
          (after) => {
            const same = JSON.stringify(shown(peer, after)) === JSON.stringify(shown(peer, page));
            if (!same) hub.emit({ topic: 'messages', type: 'filled', account, peer });
          },
          (error: unknown) => {
            log.error('archive-page', { reason: error instanceof Error ? error.name : 'unknown' });
          },
        );
        return shown(peer, page);
      }
      const inside = await inTime(clock, filled);
      return shown(peer, inside ? inside.value : await store.page(peer, anchor, limit));
    },
    forget() {
      refused.clear();
    },
  };
};
