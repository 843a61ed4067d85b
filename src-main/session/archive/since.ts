import type { MessagePlace } from '../../../src-shared/model/conversation';
import type { ArchiveRange } from '../../store/store';
import type { SessionContext } from '../context';
import type { Collector } from './collector';
import { inTime } from './in-time';
import type { ArchiveSource } from './older';
import { PAGE } from './read-forward';

/** The first message of a conversation at or after a moment: where a jump to a day goes. */
export type Since = (peer: string, at: number) => Promise<MessagePlace | null>;

/** Whether everything of this moment that the archive has is here: servers cut stamps, so others may have a range's first one's. */
const covers = (ranges: readonly ArchiveRange[], at: number): boolean =>
  ranges.some(({ first, last, whole }) => at <= last.at && (whole || first.at < at));

export const createSince = (
  context: SessionContext,
  parts: { readonly collector: Collector; source(peer: string): ArchiveSource | null },
): Since => {
  const { store } = context;

  /** Where that time was never read, a page of it is: a range of its own, with gaps around it that fill as one scrolls. */
  const fetch = async (peer: string, at: number): Promise<void> => {
    const source = parts.source(peer);
    const link = context.link();
    if (!link || !source) return;
    const archive = await store.ranges(source.room ?? null);
    // What is newer than the end came live, or comes with the next look at the end.
    if (at > (archive.at(-1)?.last.at ?? Infinity)) return;
    if (covers(archive, at) || covers(await store.ranges(peer), at)) return;
    const query = { with: source.with, start: at, end: null, max: PAGE, page: { side: 'first' } } as const;
    const answer = await parts.collector.ask(link, query, source.room);
    if (!answer.ok || answer.entries.length === 0) return;
    const proof = { with: peer, after: null, before: null, whole: false, lost: false };
    await source.pages.add(answer.entries, proof);
  };

  return async (peer, at) => {
    await inTime(context.ports.clock, fetch(peer, at));
    return store.firstSince(peer, at);
  };
};
