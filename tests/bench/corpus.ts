/** A made-up history, the same at every run: words and characters as frequent as they are in real talk (Zipf's law). */

export interface CorpusMessage {
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly body: string;
  /** Whoever said it, where the conversation is a room. */
  readonly nick: string | null;
  /** The name of the file that it shares. */
  readonly file: string | null;
  /** Epoch milliseconds, rising. */
  readonly at: number;
}

const wordCount = 40_000;
const hanCount = 3_000;
const peerCount = 300;
const firstDay = Date.UTC(2016, 0, 1);
/** From one message to the next, on average. */
const stepMs = 5 * 60_000;

/** Numbers from 0 to 1, the same at every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns a number below `count`; 0 comes most often, each with a share of about 1 in its rank */
export const zipf = (random: () => number, count: number): number => Math.floor(count ** random()) - 1;

const syllables =
  'an be co di er fo ga hi in ju ka lo me no or pa qui re st ti un ve wa ex yo zi th ch ou ng'.split(' ');

/** The word of a rank: frequent ones are short, as in every language. */
export function wordOf(rank: number): string {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length] ?? '';
  }
  return word;
}

export const hanOf = (rank: number): string => String.fromCodePoint(0x4e00 + ((rank * 7) % 20_900));

export const peerOf = (rank: number): string => `contact${rank}@example.org`;
/** One conversation of five is a room, in which two hundred people speak. */
const isRoom = (rank: number): boolean => rank % 5 === 1;
const nickCount = 200;
export const nickOf = (rank: number): string => `nick${rank}`;

/**
 * Messages of a history, oldest first: three of four of words, one of Chinese, some with a link or a file.
 *
 * @param peers the people whom it is with, the first of whom says most: then no room, and no file, is among it
 */
export function* corpus(count: number, peers?: readonly string[]): Generator<CorpusMessage> {
  const random = dice(4);
  const speaker = dice(5);
  const several = (least: number, most: number, make: () => string, between: string): string => {
    const length = least + Math.floor(random() ** 2 * (most - least + 1));
    return Array.from({ length }, make).join(between);
  };
  for (
    let n = 0, at = firstDay;
    n < count;
    n++, at += Math.ceil(random() * 2 * stepMs * (1_000_000 / count))
  ) {
    const chance = random();
    const link = `https://files.example.org/${Math.floor(random() * 1e9).toString(36)}`;
    const file = chance < 0.01 && peers === undefined ? 'picture.png' : null;
    const body =
      file !== null
        ? `${link}/${file}`
        : chance < 0.25
          ? several(3, 40, () => hanOf(zipf(random, hanCount)), '')
          : several(1, 24, () => wordOf(zipf(random, wordCount)), ' ') + (chance < 0.28 ? ` ${link}` : '');
    const direction = random() < 0.5 ? 'out' : 'in';
    // Of what it is given, the last is never drawn.
    const rank = zipf(random, peers === undefined ? peerCount : peers.length + 1);
    const nick = isRoom(rank) && peers === undefined ? nickOf(zipf(speaker, nickCount)) : null;
    yield { peer: peers?.[rank] ?? peerOf(rank), direction, nick, file, body, at };
  }
}
