/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9 §2.5): what is between them keeps its own direction. */
const OPEN = '\u2068';
const CLOSE = '\u2069';
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name or an address inside a sentence. Where either of them runs from right to left it is isolated, so that it
 * turns round no words, digits or marks beside it; elsewhere it stays as it is.
 */
export const isolate = (value: string, direction: 'ltr' | 'rtl'): string =>
  value !== '' && (direction === 'rtl' || rightToLeft.test(value)) ? `${OPEN}${value}${CLOSE}` : value;

/** Without those marks, for names of files. */
export const withoutIsolates = (text: string): string => text.replaceAll(/[\u2066-\u2069]/gu, '');
