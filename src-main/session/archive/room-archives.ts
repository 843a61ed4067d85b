import type { Message } from '../../../src-shared/model/conversation';
import type { Timer } from '../../ports';
import { StoreError, type ArchivePlace } from '../../store/store';
import type { Element } from '../../xmpp/element';
import type { Link } from '../../xmpp/link';
import { metadataGet, parseOldest } from '../../xmpp/xep/0313-archive';
import type { SessionContext } from '../context';
import type { Reading } from '../incoming/reading';
import { catchUp as readMissed, type CatchUp } from './catch-up';
import type { Collector } from './collector';
import type { ArchiveSource } from './older';
import { createPages, type Pages, type PagesParts } from './pages';
import { DISK_REST_MS, LONGEST_MS, QUIET_MS, REST_MS } from './rests';

/** What archives have to know of rooms: filled in once there are any. */
export interface ArchivedRooms {
  /** In the account's list, joined or not. */
  isRoom(jid: string): boolean;
  /** In it and up to date, and it has an archive. */
  canAsk(jid: string): boolean;
  read(jid: string, message: Element, place: ArchivePlace): Reading;
}

/** The rooms' own archives (XEP-0313 §3.1.2): ranges of their own in the store, read on each joining as the account's is on connect. */
export interface RoomArchives {
  use(rooms: ArchivedRooms): void;
  isRoom(jid: string): boolean;
  source(jid: string): ArchiveSource | null;
  /** Reads what was missed; resolves when it is here, refused, or the line is lost. What was refused is asked for again after a rest. */
  catchUp(link: Link, jid: string): Promise<void>;
  /** What was kept of them is gone (R13): those of the rooms we are in are read again. */
  anew(link: Link): void;
  /** Something was said: once it is quiet its place in the archive is looked up. */
  news(jid: string): void;
  wentOffline(): void;
}

export interface RoomArchivesParts extends Omit<PagesParts, 'read'> {
  readonly collector: Collector;
  notify(arrivals: readonly Message[]): Promise<void>;
}

const noRooms: ArchivedRooms = {
  isRoom: () => false,
  canAsk: () => false,
  read: () => ({ is: 'nothing' }),
};

export const createRoomArchives = (context: SessionContext, parts: RoomArchivesParts): RoomArchives => {
  const { store, ports } = context;
  let rooms = noRooms;
  const kept = new Map<string, Pages>();
  const waiting = new Map<string, { readonly timer: Timer; readonly since: number }>();
  /** Until they are asked again after a refusal. */
  const resting = new Map<string, Timer>();
  /** One reading at a time of each. */
  const work = new Map<string, Promise<void>>();
  const pagesOf = (jid: string): Pages => {
    const pages =
      kept.get(jid) ??
      createPages(context, { ...parts, read: (message, place) => rooms.read(jid, message, place) }, jid);
    kept.set(jid, pages);
    return pages;
  };

  const jobOn = (link: Link, jid: string): CatchUp => {
    const pages = pagesOf(jid);
    return {
      ask: (query) =>
        context.link() === link
          ? parts.collector.ask(link, query, jid)
          : Promise.resolve({ ok: false, condition: 'lost' } as const),
      add: (entries, proof) => pages.add(entries, { ...proof, with: jid }),
      join: (left, right) => store.joinRanges(jid, left, right),
      ranges: () => store.ranges(jid),
      takesLonger: () => undefined,
      now: ports.clock.now,
      async oldest() {
        const answer = await link.iq('get', metadataGet(), { to: jid });
        return answer.ok ? parseOldest(answer.iq) : null;
      },
      noteHistory: (end) => pages.noteHistory(end),
    };
  };

  const readOnce = async (link: Link, jid: string): Promise<void> => {
    const pages = pagesOf(jid);
    await pages.load();
    const refused = await readMissed(jobOn(link, jid));
    await parts.notify(pages.takeArrivals());
    if (refused === null || refused === 'lost') return;
    ports.log.warn('room-archive', { condition: refused });
    rest(link, jid, REST_MS);
  };
  const rest = (link: Link, jid: string, ms: number): void => {
    if (context.link() !== link) return;
    wake(jid);
    const again = ports.clock.after(ms, () => {
      resting.delete(jid);
      // Who comes in anew reads it then.
      if (rooms.canAsk(jid)) void catchUp(link, jid);
    });
    resting.set(jid, again);
  };
  const wake = (jid: string): void => {
    resting.get(jid)?.cancel();
    resting.delete(jid);
  };
  /** Nobody waits in vain for what fails here. */
  const catchUp = (link: Link, jid: string): Promise<void> => {
    wake(jid);
    const result = (work.get(jid) ?? Promise.resolve())
      .then(() => readOnce(link, jid))
      .catch((error: unknown) => {
        ports.log.error('room-archive', { reason: error instanceof Error ? error.name : 'unknown' });
        // It recovers by itself (R12).
        rest(link, jid, error instanceof StoreError ? DISK_REST_MS : REST_MS);
      });
    work.set(jid, result);
    return result;
  };

  return {
    use(next) {
      rooms = next;
    },
    isRoom: (jid) => rooms.isRoom(jid),
    source: (jid) => (rooms.canAsk(jid) ? { room: jid, with: null, pages: pagesOf(jid) } : null),
    catchUp,
    anew(link) {
      for (const jid of kept.keys()) if (rooms.canAsk(jid)) void catchUp(link, jid);
    },
    news(jid) {
      const link = context.link();
      // What rests reads this too.
      if (!link || !rooms.canAsk(jid) || resting.has(jid)) return;
      const now = ports.clock.monotonic();
      const before = waiting.get(jid);
      before?.timer.cancel();
      const since = before?.since ?? now;
      const wait = Math.min(QUIET_MS, Math.max(0, since + LONGEST_MS - now));
      const timer = ports.clock.after(wait, () => {
        waiting.delete(jid);
        if (context.link() === link) void catchUp(link, jid);
      });
      waiting.set(jid, { timer, since });
    },
    wentOffline() {
      for (const { timer } of waiting.values()) timer.cancel();
      waiting.clear();
      for (const timer of resting.values()) timer.cancel();
      resting.clear();
    },
  };
};
