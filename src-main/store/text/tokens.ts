/**
 * How a text becomes words that can be searched: the same for what is indexed, for what is typed and for what is marked in
 * a result. SQLite's own tokenizer then finds nothing left to decide.
 */
import { unspaced } from '../../../src-shared/model/scripts';

/** A word of a text, or one character of a script that is written without spaces. */
export interface Token {
  /** Without case, accents and compatibility forms. */
  readonly text: string;
  /** Where it stands in the original, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** One character of Chinese, Japanese, Korean, Thai …, or an emoji: runs of them are found as they stand. */
  readonly single: boolean;
}

/** What makes a word; the two voice marks of halfwidth kana belong to the character before them. */
const letters = '\\p{L}\\p{N}\\p{M}';
const singles = `\\p{Extended_Pictographic}|[\\u1100-\\u115f][\\u1160-\\u11a7][\\u11a8-\\u11ff]?|[[${letters}]&&[${unspaced}]][\\u3099\\u309a\\uff9e\\uff9f]?`;
const pattern = new RegExp(`(${singles})|[[${letters}]--[${unspaced}]]+`, 'gv');
const notAscii = /[^\p{ASCII}]/u;

/**
 * Vowel points of Hebrew and Arabic and the accents of Latin, Greek and Cyrillic: people write without them what is written
 * with them. So they do what tells a sign from its emoji. The signs of Indic scripts are none of these.
 */
const accents =
  /(?=\p{M})[\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]/gu;
/** To unicode61 a sign that goes with a letter ends the word, and what is younger than Unicode 6.1 is none. */
const unknownToTokenizer = /[\p{M}\u{10000}-\u{10ffff}]|\p{Extended_Pictographic}/gu;
/** Planes 15 and 16 are private use: always part of a word. */
const stoodIn = (sign: string): string =>
  String.fromCodePoint(0xf0000 + ((sign.codePointAt(0) ?? 0) & 0x1ffff));

/** @returns the words in order; a lone surrogate is none, nor is any punctuation */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const folded = fold(match[0], match[1] !== undefined);
    if (folded === '') continue;
    const start = match.index;
    found.push({ text: folded, start, end: start + match[0].length, single: match[1] !== undefined });
  }
  return found;
}

/** The words alone, between spaces: what the full-text table is given. */
export function tokenText(text: string): string {
  // Nothing to fold but the case, and that unicode61 does; U+0000 would be refused by the driver.
  if (!notAscii.test(text)) return text.replaceAll('\0', ' ');
  return tokens(text)
    .map((token) => token.text)
    .join(' ');
}

function fold(word: string, single: boolean): string {
  // A syllable of Hangul or a kana with its voice mark stays one character.
  return word
    .normalize(single ? 'NFKC' : 'NFKD')
    .toLowerCase()
    .replace(accents, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replace(unknownToTokenizer, stoodIn);
}
