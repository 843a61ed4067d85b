import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src-shared/model/keyboard';

/** What the keys of a layout write, with Ctrl held, and which key is meant by them: [code, key, meant]. */
const layouts: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'Latin, as on most keyboards': [
    ['KeyK', 'k', 'k'],
    ['KeyK', 'K', 'k'],
    ['Slash', '/', '/'],
    ['Comma', ',', ','],
    ['ArrowLeft', 'ArrowLeft', 'left'],
    ['F6', 'F6', 'f6'],
    ['Space', ' ', ' '],
  ],
  'Dvorak: what is written counts, signs too': [
    ['KeyV', 'k', 'k'],
    ['KeyW', ',', ','],
    ['KeyQ', "'", "'"],
    ['BracketLeft', '/', '/'],
    ['Slash', 'z', 'z'],
  ],
  'French and Bépo: letters with marks are no others': [
    ['KeyA', 'q', 'q'],
    ['KeyM', ',', ','],
    ['Period', '/', '/'],
    ['KeyW', 'é', 'é'],
  ],
  Russian: [
    ['KeyK', 'л', 'k'],
    ['KeyQ', 'Й', 'q'],
    ['Comma', 'б', ','],
    ['Slash', '.', '/'],
    ['Backslash', '/', '/'],
  ],
  Greek: [
    ['KeyK', 'κ', 'k'],
    ['KeyQ', ';', 'q'],
    ['Comma', ',', ','],
    ['Slash', '/', '/'],
  ],
  Hebrew: [
    ['KeyK', 'ל', 'k'],
    ['KeyQ', '/', 'q'],
    ['KeyW', "'", 'w'],
    ['Comma', 'ת', ','],
    ['Slash', '.', '/'],
  ],
  'Arabic, where a key may write two letters, or a mark': [
    ['KeyK', 'ن', 'k'],
    ['KeyB', 'لا', 'b'],
    ['KeyX', '\u{652}', 'x'],
    ['KeyF', '[', 'f'],
    ['KeyC', '{', 'c'],
  ],
  Korean: [['KeyR', 'ㄱ', 'r']],
  'a key without a place': [['', 'л', 'л']],
};

describe('the key that a shortcut means', () => {
  it.each(Object.entries(layouts))('%s', (_, keys) => {
    expect(keys.map(([code, key]) => [code, key, keyOf({ code, key })])).toEqual(keys);
  });
});
