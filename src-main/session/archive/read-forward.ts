import type { ArchivePlace } from '../../store/store';
import type { Answer } from './collector';
import type { Reader } from './fill-hole';

/** What Prosody gives at most; more asked of others would only make the first answer later. */
export const PAGE = 50;

export interface Forward {
  readonly with: string | null;
  /** The entry that the page follows; null: from `start` on. */
  readonly after: ArchivePlace | null;
  /** Epoch milliseconds, inclusive; null: the archive's end. */
  readonly start: number;
  readonly end: number | null;
  /** What was before is known to be lost at the server. */
  readonly lost?: boolean;
}

/**
 * One page towards the present, stored at once. Where the entry that it follows has expired at the server (R10), it is read by
 * time; then something may be missing before it, and the range says so.
 */
export const readForward = async (reader: Reader, forward: Forward): Promise<Answer> => {
  const { with: peer, after, start, end, lost = false } = forward;
  const common = { with: peer, end, max: PAGE };
  const proof = { with: peer, before: null, whole: false };
  const answer = await reader.ask(
    after
      ? { ...common, start: null, page: { side: 'after', id: after.id } }
      : { ...common, start, page: { side: 'first' } },
  );
  if (answer.ok) {
    if (answer.entries.length > 0)
      await reader.add(answer.entries, { ...proof, after: after?.id ?? null, lost });
    return answer;
  }
  if (!after || answer.condition !== 'item-not-found') return answer;
  const byTime = await reader.ask({ ...common, start: after.at, page: { side: 'first' } });
  if (!byTime.ok || byTime.entries.length === 0) return byTime;
  const touches = byTime.entries.some(({ place }) => place.id === after.id);
  await reader.add(byTime.entries, { ...proof, after: null, lost: !touches });
  return byTime;
};
