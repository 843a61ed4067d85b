import type { Clock } from '../../ports';
import type { ArchivePlace, Store } from '../../store/store';
import { HISTORY, nothingProven, type CatchUp } from './catch-up';
import type { Entry } from './collector';
import { PAGE } from './read-forward';

/**
 * The end of our last session may hold up messages at the server, which then are archived late and come to nobody: ejabberd waits
 * 15 s for a websocket that is gone, with each stanza that came before it noticed, however many they are. So a new session looks
 * again after so long, and so long after that …; and from the beginning where a look has found something, for more may follow.
 */
export const LOOKS_MS = [20_000, 40_000, 80_000, 220_000];
const LAST_LOOK_MS = LOOKS_MS.reduce((sum, wait) => sum + wait, 0);
/** So far back an entry may come late to its place: no server holds a dead session's messages up for longer. */
const LATE_MS = 90_000;
const NOTES = 'archive-look';
/** When the first session of all began, by our clock, which may be wrong. */
const FIRST = 'archive-first-session';
const CLOCKS_APART_MS = 86_400_000;
/** More than these become one. */
const MOST_NOTES = 4;

/** A new session began: from when the one before may have held messages up (the server's time), and when that was (ours). */
interface Note {
  readonly start: number;
  readonly at: number;
}

/** The condition of a refusal, or null; and whether something was there that had come late. */
interface Looked {
  readonly refused: string | null;
  readonly found: boolean;
}

/** Looks for what was put into the archive late, once more after each new session; in the next run where this one ends before. */
export interface LateLooks {
  /** A new session begins, and nothing of it has been read. */
  note(job: CatchUp): Promise<void>;
  /** @param isLast nothing comes late any more where this one finds nothing */
  look(job: CatchUp, isLast: boolean): Promise<Looked>;
  /** Those that earlier sessions have left to do. */
  overdue(job: CatchUp): Promise<string | null>;
}

export const createLateLooks = (
  store: Pick<Store, 'setting' | 'putSetting'>,
  clock: Pick<Clock, 'now'>,
): LateLooks => {
  const read = async (): Promise<readonly Note[]> => {
    const words = ((await store.setting(NOTES)) ?? '').split(' ').map(Number);
    return Array.from({ length: Math.floor(words.length / 2) }, (_, n) => ({
      start: words[2 * n] ?? 0,
      at: words[2 * n + 1] ?? 0,
    }));
  };
  const write = (notes: readonly Note[]): Promise<void> =>
    store.putSetting(
      NOTES,
      notes.length === 0 ? null : notes.map(({ start, at }) => `${String(start)} ${String(at)}`).join(' '),
    );
  /** Where nothing is known of the archive; null: this is the first session of all, and none before it held anything up. */
  const firstStart = async (): Promise<number | null> => {
    // All that is there may come late to an archive that was empty.
    if ((await store.setting(HISTORY)) !== null) return 0;
    const began = await store.setting(FIRST);
    // The first one may have ended before it read anything.
    if (began !== null) return Number(began) - CLOCKS_APART_MS;
    await store.putSetting(FIRST, String(clock.now()));
    return null;
  };
  const isOver = ({ at }: Note): boolean => Math.abs(clock.now() - at) >= LAST_LOOK_MS;

  return {
    async note(job) {
      const newest = (await job.ranges()).at(-1);
      const notes = await read();
      const last = notes.at(-1);
      // The looks for one of a moment ago see this one's too.
      if (last && !isOver(last)) return;
      const start = newest ? newest.last.at - LATE_MS : await firstStart();
      if (start === null) return;
      const all = [...notes, { start, at: clock.now() }];
      const [first, second, ...rest] = all;
      const one = first && second ? [{ start: Math.min(first.start, second.start), at: second.at }] : [];
      await write(all.length > MOST_NOTES ? [...one, ...rest] : all);
    },
    async look(job, isLast) {
      const notes = await read();
      const last = notes.at(-1);
      if (!last) return { refused: null, found: false };
      const looked = await lookBack(job, last);
      if (looked.refused === null && !looked.found && isLast) await write(notes.slice(0, -1));
      return looked;
    },
    async overdue(job) {
      // The last one has its looks on every stream, by a clock that nobody sets (R11).
      for (const note of (await read()).slice(0, -1).filter(isOver)) {
        const { refused } = await lookBack(job, note);
        if (refused !== null) return refused;
        await write((await read()).filter(({ at }) => at !== note.at));
      }
      return null;
    },
  };
};

/**
 * Reads a stretch of what is known once more, by time: ejabberd gives an entry its place when it is sent, and puts it there when
 * the receiver's session has taken it, which a dead one does late. What comes after an id would never show it.
 */
const lookBack = async (job: CatchUp, { start, at }: Note): Promise<Looked> => {
  // Whichever clock is ahead; and sessions that began within moments of it are seen to as well.
  const end = Math.max(start + LATE_MS, at) + 2 * LAST_LOOK_MS;
  const known = (await job.ranges()).at(-1)?.last;
  let before: readonly Entry[] = [];
  let found = false;
  for (let after: ArchivePlace | null = null; ;) {
    const page = await job.ask({
      with: null,
      // Prosody looks for an id among what the form lets through.
      start,
      end: null,
      max: PAGE,
      page: after ? { side: 'after', id: after.id } : { side: 'first' },
    });
    if (!page.ok) return { refused: page.condition === 'item-not-found' ? null : page.condition, found };
    // What comes first on a page stands after what was on the one before.
    const { fresh } = await job.add([...before, ...page.entries], { ...nothingProven, late: true });
    before = page.entries;
    found ||= fresh.length > 0;
    after = page.entries.at(-1)?.place ?? null;
    // What follows is read after the last that is known.
    if (page.complete || !after || after.at > end || (known && after.at > known.at))
      return { refused: null, found };
  }
};
