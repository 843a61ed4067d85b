import { fold } from './fold';
import { hasHan, initialsOf } from './pinyin';

/** A text made ready to be looked through: done once, not at every key. */
export interface Haystack {
  readonly folded: string;
  /** Pinyin initials of a text with Chinese in it, in both readings; none where there is nothing to say. */
  readonly initials: readonly string[];
}

export const haystackOf = (text: string): Haystack => {
  const folded = fold(text);
  if (!hasHan(folded)) return { folded, initials: [] };
  return { folded, initials: [...new Set([initialsOf(folded), initialsOf(folded, true)])] };
};

/** How good a place is, best first; `fuzzy` are the letters in their order with others between them. */
export const ranks = { whole: 6, start: 5, word: 4, initials: 3, inside: 2, fuzzy: 1, none: 0 } as const;

const letter = /[\p{L}\p{N}]/u;
const startsWord = (text: string, at: number): boolean => at === 0 || !letter.test(text[at - 1] ?? '');

/** Where the word stands at the beginning of another word, else anywhere; -1 nowhere. */
const placeOf = (text: string, word: string): number => {
  const first = text.indexOf(word);
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) if (startsWord(text, at)) return at;
  return first;
};

/** The letters in their order, the first at the beginning of a word; each run as near as can be. Null when not there. */
const scattered = (text: string, word: string): readonly number[] | null => {
  if (word.length < 2) return null;
  for (let from = text.indexOf(word[0] ?? ''); from !== -1; from = text.indexOf(word[0] ?? '', from + 1)) {
    if (!startsWord(text, from)) continue;
    const places = [from];
    let at = from;
    for (let index = 1; index < word.length && at !== -1; index += 1) {
      at = text.indexOf(word[index] ?? '', at + 1);
      places.push(at);
    }
    // Letters that lie all over a long text are no find.
    if (at !== -1 && at - from < word.length * 4) return places;
  }
  return null;
};

const rankOf = ({ folded, initials }: Haystack, word: string, fuzzy: boolean): number => {
  const at = placeOf(folded, word);
  if (at === 0) return folded.length === word.length ? ranks.whole : ranks.start;
  if (at > 0 && startsWord(folded, at)) return ranks.word;
  if (initials.some((text) => text.includes(word))) return ranks.initials;
  if (at > 0) return ranks.inside;
  return fuzzy && scattered(folded, word) ? ranks.fuzzy : ranks.none;
};

/**
 * How well a text answers a query's words (folded, see `wordsOf`): 0 when one of them is not in it, else more is better.
 * The first word counts most, for it is typed first.
 */
export const scoreOf = (
  haystack: Haystack,
  words: readonly string[],
  { fuzzy = true }: { readonly fuzzy?: boolean } = {},
): number => {
  let score = 0;
  for (const [index, word] of words.entries()) {
    const rank = rankOf(haystack, word, fuzzy);
    if (rank === ranks.none) return 0;
    score += rank / (index + 1);
  }
  return score;
};

export type Marks = readonly (readonly [from: number, to: number])[];

/** Which parts of a text the words found, as places in the text itself (UTF-16). */
export const marksOf = (text: string, words: readonly string[]): Marks => {
  /** For each folded character the sign of the text that it comes from: folding may make two of one. */
  const origin: (readonly [number, number])[] = [];
  let folded = '';
  let at = 0;
  for (const sign of text) {
    const part = fold(sign);
    for (let index = 0; index < part.length; index += 1) origin.push([at, at + sign.length]);
    folded += part;
    at += sign.length;
  }
  const found = new Set<number>();
  const { initials } = haystackOf(folded);
  const take = (start: number, length: number): void => {
    for (let index = start; index < start + length; index += 1) found.add(index);
  };
  for (const word of words) {
    const place = placeOf(folded, word);
    const initial = initials.map((one) => one.indexOf(word)).find((one) => one >= 0) ?? -1;
    if (place >= 0) take(place, word.length);
    else if (initial >= 0) take(initial, word.length);
    else for (const one of scattered(folded, word) ?? []) found.add(one);
  }
  const marks: [number, number][] = [];
  for (const index of [...found].sort((a, b) => a - b)) {
    const [from, to] = origin[index] ?? [0, 0];
    const last = marks.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else marks.push([from, to]);
  }
  return marks;
};
