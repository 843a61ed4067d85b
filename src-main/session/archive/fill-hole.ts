import type { AddedPage, ArchivePlace } from '../../store/store';
import type { ArchiveQuery } from '../../xmpp/xep/0313-archive';
import type { Answer, Entry } from './collector';
import type { Proof } from './pages';
import { readForward } from './read-forward';

/** What reading needs: questions on the present stream, and a place for the answers. */
export interface Reader {
  ask(query: ArchiveQuery): Promise<Answer>;
  add(entries: readonly Entry[], proof: Proof): Promise<AddedPage>;
  join(left: string, right: string): Promise<void>;
}

/**
 * Queries in flight. One at a time waits out the 40 ms that Prosody's socket costs a page; four hide them. More only queue at the
 * server: over its file storage Prosody 0.12 reads the whole archive for each page (about 125 ms each at 1,500 entries, four
 * pages in flight 500 ms). Here a page of 50 costs 20 ms of computing, parsed, stored and told.
 */
const LANES = 4;
/** Servers cut stamps to whole seconds: windows meet at one, and both hold it. */
const SECOND = 1_000;

/**
 * A part of the hole, read forward from its start. Windows stand in order of time and meet without a gap: the end of one is
 * the start of the next.
 */
interface Window {
  /** Where reading goes on: after this entry, or (null, at first) at `start`. */
  last: ArchivePlace | null;
  readonly start: number;
  /** Grows smaller when the window is split. */
  end: number;
  /** Its first entry, for the one before it to be joined to; null while unknown, and once that is done or cannot be. */
  first: string | null;
  state: 'open' | 'busy' | 'done';
}

const wholeSecond = (at: number): number => Math.floor(at / SECOND) * SECOND;

/**
 * Reads everything between two places that are in the store, in windows of time with several queries in flight. What is read
 * is stored at once and joined to its neighbour as soon as both are whole, so that the ranges tell the truth whenever this
 * ends. Gives null when the hole is closed, else the condition of the refusal.
 */
export const fillHole = async (
  reader: Reader,
  left: ArchivePlace,
  right: ArchivePlace,
): Promise<string | null> => {
  const windows: Window[] = [
    {
      last: left,
      start: wholeSecond(left.at),
      // The right place lies inside, whatever a server does with fractions.
      end: wholeSecond(right.at) + SECOND,
      first: null,
      state: 'open',
    },
  ];
  let refused = null as string | null;

  /** Half of the longest stretch of time that is still to be read. */
  const split = (): Window | null => {
    const rest = (one: Window): number =>
      one.state === 'done' ? 0 : one.end - wholeSecond(one.last?.at ?? one.start);
    const longest = windows.reduce<Window | null>((a, b) => (a && rest(a) >= rest(b) ? a : b), null);
    if (!longest || rest(longest) < 2 * SECOND) return null;
    const middle = wholeSecond(longest.end - rest(longest) / 2);
    const next: Window = { last: null, start: middle, end: longest.end, first: null, state: 'open' };
    longest.end = middle;
    windows.splice(windows.indexOf(longest) + 1, 0, next);
    return next;
  };

  /** Windows from the left that are whole, and the one they lead to, become one range. */
  const joinWhole = async (): Promise<void> => {
    for (const window of windows) {
      const edge = windows.slice(0, windows.indexOf(window)).findLast(({ last }) => last !== null)?.last;
      const { first } = window;
      window.first = null;
      if (edge && first !== null && edge.id !== first) await reader.join(edge.id, first);
      if (window.state !== 'done') return;
    }
  };
  let joining: Promise<void> = Promise.resolve();

  const readOn = async (window: Window): Promise<void> => {
    while (refused === null && window.state !== 'done') {
      const { last, start } = window;
      const page = await readForward(reader, { with: null, after: last, start, end: window.end });
      if (!page.ok) {
        refused = page.condition;
        return;
      }
      const { entries, complete } = page;
      if (last === null) window.first = entries[0]?.place.id ?? null;
      window.last = entries.at(-1)?.place ?? last;
      // An entry of the window's last second: servers cut stamps, and asked on from it they would not find it any more.
      const reached = entries.some(({ place }) => place.id === right.id || place.at >= window.end);
      if (complete || entries.length === 0 || reached) window.state = 'done';
      joining = joining.then(joinWhole);
      await joining;
    }
  };
  const lane = async (): Promise<void> => {
    for (;;) {
      const window = windows.find(({ state }) => state === 'open') ?? split();
      if (!window || refused !== null) return;
      window.state = 'busy';
      try {
        await readOn(window);
      } catch (error) {
        // A disk that refuses ends the others too.
        refused = 'internal-server-error';
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (refused !== null) return refused;
  const edge = windows.findLast(({ last }) => last !== null)?.last;
  if (edge && edge.id !== right.id) await reader.join(edge.id, right.id);
  return null;
};
