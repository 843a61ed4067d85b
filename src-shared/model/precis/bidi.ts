/** The Bidi Rule (RFC 5893 §2) for text of letters, digits, marks and visible ASCII. */

/** Blocks whose letters run from right to left. */
const rightToLeft = /^[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]$/u;
const arabicNumber = /^[\u0660-\u0669\u{10D30}-\u{10D39}]$/u;
const europeanNumber = /^[0-9\u06F0-\u06F9]$/u;
/** Visible ASCII that is no letter or digit, and the few modifiers that have no direction (ES, CS, ET and ON). */
const neutral =
  /^[\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E\u00B7\u0375\u02B9\u02BA\u02C6-\u02CF\u02EC\u0374\u30FB\uA717-\uA71F\uA788]$/u;
const mark = /^\p{Mn}$/u;
const ignorable = /^[\u200C\u200D]$/u;

type Direction = 'L' | 'R' | 'AN' | 'EN' | 'neutral' | 'mark';

const directionOf = (character: string): Direction => {
  if (mark.test(character)) return 'mark';
  if (europeanNumber.test(character)) return 'EN';
  if (arabicNumber.test(character)) return 'AN';
  if (rightToLeft.test(character)) return 'R';
  return neutral.test(character) || ignorable.test(character) ? 'neutral' : 'L';
};

/** Whether text with letters of both directions, or of the one from right to left, shows in one order only. */
export const bidiHolds = (text: string): boolean => {
  const directions = [...text].map(directionOf);
  if (!directions.some((one) => one === 'R' || one === 'AN')) return true;
  const has = (one: Direction): boolean => directions.includes(one);
  const last = directions.findLast((one) => one !== 'mark');
  // Conditions 1 to 4; 5 and 6 are for text that begins from left to right, which may hold nothing of the other kind.
  return (
    directions[0] === 'R' &&
    !has('L') &&
    (last === 'R' || last === 'EN' || last === 'AN') &&
    !(has('EN') && has('AN'))
  );
};
