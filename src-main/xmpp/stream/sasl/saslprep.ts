/** SASLprep (RFC 4013), the profile of stringprep (RFC 3454) for passwords and names, for queries: unassigned is allowed. */

// RFC 3454 C.1.2: they become a plain space.
const otherSpaces = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu;
// RFC 3454 B.1: they vanish. U+200B is in both tables and is a space first (RFC 4013 §2.1).
const vanishing =
  // eslint-disable-next-line no-misleading-character-class -- single code points, none of them joined here
  /[\u00AD\u034F\u1806\u180B-\u180D\u200C\u200D\u2060\uFE00-\uFE0F\uFEFF]/gu;
// RFC 3454 C.2.1 to C.9.
const prohibited = new RegExp(
  [
    '[\\u0000-\\u001F\\u007F-\\u009F\\u06DD\\u070F\\u180E\\u2028\\u2029\\u2060-\\u2063\\u206A-\\u206F\\uFFF9-\\uFFFD]',
    '[\\u0340\\u0341\\u200E\\u200F\\u202A-\\u202E\\u2FF0-\\u2FFB]',
    '[\\uE000-\\uF8FF\\u{F0000}-\\u{10FFFF}\\uFDD0-\\uFDEF]',
    '[\\u{1D173}-\\u{1D17A}\\u{E0001}\\u{E0020}-\\u{E007F}]',
    '\\p{Surrogate}',
    '\\p{Noncharacter_Code_Point}',
  ].join('|'),
  'u',
);
// RFC 3454 D.1 and D.2 by script: JavaScript knows no bidirectional classes. Right-to-left letters are those of these scripts.
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRight = /\p{L}/u;

/** The prepared text, or null where RFC 4013 forbids it. */
export const saslprep = (text: string): string | null => {
  const prepared = text.replace(otherSpaces, ' ').replace(vanishing, '').normalize('NFKC');
  if (prohibited.test(prepared)) return null;
  const characters = [...prepared];
  const isRight = (character: string): boolean => rightToLeft.test(character);
  if (!characters.some(isRight)) return prepared;
  // RFC 3454 §6: right-to-left text has no left-to-right letter and begins and ends right to left.
  if (characters.some((character) => !isRight(character) && leftToRight.test(character))) return null;
  return isRight(characters[0] ?? '') && isRight(characters.at(-1) ?? '') ? prepared : null;
};

/**
 * A name or password as SCRAM hashes it. What SASLprep forbids goes as it is: a server that let it be set cannot have
 * prepared it either.
 */
export const prepared = (text: string): string => saslprep(text) ?? text;
