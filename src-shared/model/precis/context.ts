/** Code points that are allowed only beside certain others (RFC 5892 appendix A). */
import { afterVirama, joinsBackward, joinsForward } from './joining';

type Rule = (before: string, after: string, whole: string) => boolean;

const rules: readonly (readonly [RegExp, Rule])[] = [
  // A.1 and A.2: zero width non-joiner and joiner.
  [
    /^\u200C$/u,
    (before, after) => afterVirama.test(before) || (joinsForward.test(before) && joinsBackward.test(after)),
  ],
  [/^\u200D$/u, (before) => afterVirama.test(before)],
  // A.3: middle dot, between two l (Catalan).
  [/^\u00B7$/u, (before, after) => before.endsWith('l') && after.startsWith('l')],
  // A.4: Greek lower numeral sign, before Greek.
  [/^\u0375$/u, (_before, after) => /^\p{Script=Greek}/u.test(after)],
  // A.5 and A.6: geresh and gershayim, after Hebrew.
  [/^[\u05F3\u05F4]$/u, (before) => /\p{Script=Hebrew}$/u.test(before)],
  // A.7: katakana middle dot, in Japanese.
  [
    /^\u30FB$/u,
    (_before, _after, whole) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(whole),
  ],
  // A.8 and A.9: the two sets of Arabic digits are not mixed.
  [/^[\u0660-\u0669]$/u, (_before, _after, whole) => !/[\u06F0-\u06F9]/u.test(whole)],
  [/^[\u06F0-\u06F9]$/u, (_before, _after, whole) => !/[\u0660-\u0669]/u.test(whole)],
];

const anyOfThem = /[\u00B7\u0375\u05F3\u05F4\u30FB\u0660-\u0669\u06F0-\u06F9\u200C\u200D]/u;

/** Whether each of these code points stands where it may. */
export const contextsHold = (text: string): boolean => {
  if (!anyOfThem.test(text)) return true;
  let at = 0;
  for (const character of text) {
    const rule = rules.find(([which]) => which.test(character))?.[1];
    const after = text.slice(at + character.length);
    if (rule && !rule(text.slice(0, at), after, text)) return false;
    at += character.length;
  }
  return true;
};
