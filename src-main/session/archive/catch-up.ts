import type { ArchivePlace, ArchiveRange } from '../../store/store';
import { fillHole, type Reader } from './fill-hole';
import { PAGE, readForward } from './read-forward';

/** A computer that sees the account for the first time reads so much at once, the rest when it is looked at. */
const FIRST_MESSAGES = 1_000;
const FIRST_MS = 90 * 86_400_000;
/** The setting that says where the history of this computer begins: time of the newest entry at the first look. */
export const HISTORY = 'archive-history-end';

export interface CatchUp extends Reader {
  /** Ranges of the whole account, oldest first. */
  ranges(): Promise<readonly ArchiveRange[]>;
  /** There is more than one page: it takes a while. */
  takesLonger(): void;
  now(): number;
  /** Time of the oldest entry at the server where it tells (XEP-0313 §4.3), or null. */
  oldest(): Promise<number | null>;
  /** The first look at this account's archive: where its history ends now. */
  noteHistory(end: number): Promise<void>;
}

export const nothingProven = { with: null, after: null, before: null, whole: false, lost: false };

/**
 * Brings the store up to the archive's end:
 *
 *   ══ known ══╡ tail │      hole      │ newest │ now        what the tail leaves open is closed from both ends
 *
 * and closes what an earlier run left open. Gives null when all of it is there, else the condition of the refusal.
 */
export const catchUp = async (job: CatchUp): Promise<string | null> => {
  const newest = (await job.ranges()).at(-1);
  if (!newest) return firstLook(job);
  const refused = await readTail(job, newest);
  return refused ?? (await fillOldHoles(job));
};

/** Everything after the newest range. */
export const readTail = async (job: CatchUp, { last }: ArchiveRange): Promise<string | null> => {
  const expired = await hasExpired(job, last);
  const tail = await readForward(job, {
    with: null,
    after: expired ? null : last,
    start: last.at,
    end: null,
    lost: expired,
  });
  if (!tail.ok) return tail.condition;
  const left = tail.entries.at(-1)?.place;
  if (tail.complete || !left) return null;
  job.takesLonger();
  // The newest page comes first: what is looked at is right at once.
  const top = await readNewest(job);
  if (!top.ok) return top.condition;
  return !top.first || top.knows(left.id) ? null : fillHole(job, left, top.first);
};

/**
 * Some servers go on from an id that is no more, as if nothing had gone with it; but they tell how far back they go (R10). Asked
 * only when so much time has passed that it may be.
 */
const hasExpired = async (job: CatchUp, last: ArchivePlace): Promise<boolean> => {
  if (job.now() - last.at < 3_600_000) return false;
  const oldest = await job.oldest();
  return oldest !== null && oldest > last.at + 1_000;
};

const readNewest = async (
  job: CatchUp,
): Promise<
  | { readonly ok: false; readonly condition: string }
  | {
      readonly ok: true;
      readonly first: ArchivePlace | undefined;
      readonly last: ArchivePlace | undefined;
      readonly complete: boolean;
      knows(id: string): boolean;
    }
> => {
  const query = { with: null, start: null, end: null, max: PAGE, page: { side: 'last' } } as const;
  const top = await job.ask(query);
  if (!top.ok) return top;
  const { entries, complete } = top;
  if (entries.length > 0) await job.add(entries, { ...nothingProven, whole: complete });
  return {
    ok: true,
    complete,
    first: entries[0]?.place,
    last: entries.at(-1)?.place,
    knows: (id) => entries.some(({ place }) => place.id === id),
  };
};

const firstLook = async (job: CatchUp): Promise<string | null> => {
  const since = job.now() - FIRST_MS;
  let before: ArchivePlace | null = null;
  for (let count = 0; count < FIRST_MESSAGES && (before?.at ?? since) >= since;) {
    if (before) job.takesLonger();
    const answer = await job.ask({
      with: null,
      start: null,
      end: null,
      max: PAGE,
      page: before ? { side: 'before', id: before.id } : { side: 'last' },
    });
    if (!answer.ok) return answer.condition;
    const { entries, complete: whole } = answer;
    if (!before) await job.noteHistory(entries.at(-1)?.place.at ?? 0);
    // An empty page too says that nothing older is there.
    if (entries.length > 0 || before)
      await job.add(entries, { ...nothingProven, before: before?.id ?? null, whole });
    const first = entries[0]?.place;
    if (whole || !first) return null;
    count += entries.length;
    before = first;
  }
  return null;
};

/** Newest first; what the server has no more (`lost`) is a hole for good. */
const fillOldHoles = async (job: CatchUp): Promise<string | null> => {
  const ranges = await job.ranges();
  for (let n = ranges.length - 1; n > 0; n--) {
    const [older, newer] = [ranges[n - 1], ranges[n]];
    if (!older || !newer || newer.lost) continue;
    job.takesLonger();
    const refused = await fillHole(job, older.last, newer.first);
    if (refused !== null) return refused;
  }
  return null;
};
