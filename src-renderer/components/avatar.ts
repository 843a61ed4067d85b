/** Which of the six stones stands for an address: the same one everywhere and always. */
export const stoneOf = (jid: string): 1 | 2 | 3 | 4 | 5 | 6 => {
  let hash = 2166136261;
  for (const char of jid.toLowerCase()) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return (((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
};

/** Dear to make: one for all the pictures of a list. */
const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const firstSign = (word: string): string => {
  for (const { segment } of signs.segment(word)) return segment;
  return '';
};

/**
 * One or two signs for a name: first letters of the first and last word (Maya Okafor: MO); of a Chinese,
 * Japanese or Korean name its last two signs, the given name (王子轩: 子轩); of an address its first letter.
 */
export const initialsOf = (name: string): string => {
  const text = name.trim();
  const east = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/u.exec(text);
  if (east) return [...east[0]].slice(-2).join('');
  const words = text
    .replace(/@.*$/u, '')
    .split(/[\s._\-–]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  if (first === undefined) return firstSign(text).toUpperCase();
  return (firstSign(first) + (last ? firstSign(last) : '')).toUpperCase();
};
