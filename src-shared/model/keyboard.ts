/** A key that was pressed, as pages and Electron tell it: what it writes (`key`), and where it is (`code`). */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
}

/**
 * Signs that layouts of other scripts write where the Latin one has a letter or the slash: Hebrew, Greek, Arabic, Cyrillic.
 * Any other sign is where a Latin layout put it (Dvorak, AZERTY), and is meant.
 */
const SIGNS: Readonly<Record<string, string>> = { KeyQ: '/;', KeyW: "'", KeyF: '[', KeyC: '{', Slash: '.' };
const PLACES: Readonly<Record<string, string>> = { Comma: ',', Slash: '/' };

/**
 * The key that a shortcut means, in lower case, arrows without "Arrow". What a Latin layout writes counts; where a layout of
 * another script writes a letter of its own, the place counts, so that Ctrl+K is the same key in every language.
 */
export const keyOf = ({ key, code }: PressedKey): string => {
  const isSign = /^[\x20-\x7e]$/u.test(key) && SIGNS[code]?.includes(key) !== true;
  const written = key.replace(/^Arrow/u, '').toLowerCase();
  if (isSign || /\p{Script=Latin}/u.test(key)) return written;
  return /^Key([A-Z])$/u.exec(code)?.[1]?.toLowerCase() ?? PLACES[code] ?? written;
};
