/**
 * Scripts that are written without spaces, or whose words are long in few characters: in the search one character of them is
 * a word. As a set of a regular expression, to stand between brackets.
 */
export const unspaced = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
]
  .map((script) => `\\p{scx=${script}}`)
  .join('');
