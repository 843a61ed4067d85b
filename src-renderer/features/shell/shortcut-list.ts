import type { TextKey, Translate } from '../../../src-shared/i18n';
import type { AppState } from '../../../src-shared/ipc/states';
import { keyOf } from '../../../src-shared/model/keyboard';

/**
 * Every shortcut of the window, once: what handles keys, the sheet (Ctrl+/), tooltips and docs/shortcuts.md all read it.
 * `Mod` is Ctrl, on a Mac Command. `spark`: Spark has it too, for the same thing. `also`: the same by other keys, for input
 * methods of Linux and Windows that take the first (Ctrl+Shift+U writes a character by its number under IBus, Ctrl+Shift+F changes
 * between simplified and traditional under Fcitx and Microsoft Pinyin, Ctrl+Shift+E finds emoji). `plain`: where Enter begins a line.
 */
export const shortcuts = [
  { id: 'palette', area: 'window', keys: 'Mod+K' },
  { id: 'sheet', area: 'window', keys: 'Mod+/' },
  { id: 'search', area: 'window', keys: 'Mod+Shift+F', also: 'F3' },
  { id: 'add-contact', area: 'window', keys: 'Mod+N' },
  { id: 'settings', area: 'window', keys: 'Mod+,' },
  { id: 'console', area: 'window', keys: 'Mod+Shift+X' },
  { id: 'next-pane', area: 'window', keys: 'F6' },
  { id: 'previous-pane', area: 'window', keys: 'Shift+F6' },
  { id: 'leave', area: 'window', keys: 'Escape' },
  { id: 'quit', area: 'window', keys: 'Mod+Q' },
  { id: 'next-chat', area: 'chat', keys: 'Alt+Right', mac: 'Mod+Alt+Right', spark: true },
  { id: 'previous-chat', area: 'chat', keys: 'Alt+Left', mac: 'Mod+Alt+Left', spark: true },
  { id: 'close-chat', area: 'chat', keys: 'Mod+W', spark: true },
  { id: 'own-window', area: 'chat', keys: 'Mod+Shift+O' },
  { id: 'search-chat', area: 'chat', keys: 'Mod+F' },
  { id: 'buzz', area: 'chat', keys: 'Mod+Shift+B' },
  { id: 'send', area: 'chat', keys: 'Enter', plain: 'Mod+Enter', spark: true },
  { id: 'new-line', area: 'chat', keys: 'Shift+Enter', plain: 'Enter', spark: true },
  { id: 'edit-last', area: 'chat', keys: 'Up' },
  { id: 'strong', area: 'chat', keys: 'Mod+B' },
  { id: 'emphasis', area: 'chat', keys: 'Mod+I' },
  { id: 'strike', area: 'chat', keys: 'Mod+Shift+S' },
  { id: 'code', area: 'chat', keys: 'Mod+Shift+C' },
  { id: 'quote', area: 'chat', keys: 'Mod+Shift+U', also: 'Mod+>' },
  { id: 'copy-message', area: 'chat', keys: 'Mod+C' },
  { id: 'reply', area: 'chat', keys: 'R' },
  { id: 'react', area: 'chat', keys: 'E' },
  { id: 'select', area: 'chat', keys: 'Space' },
  { id: 'select-more', area: 'chat', keys: 'Shift+Up' },
  { id: 'newest', area: 'chat', keys: 'Mod+End' },
  { id: 'open', area: 'list', keys: 'Enter', spark: true },
  { id: 'unfold', area: 'list', keys: 'Right' },
  { id: 'fold', area: 'list', keys: 'Left' },
  { id: 'card', area: 'list', keys: 'Alt+Enter' },
  { id: 'rename', area: 'list', keys: 'F2' },
  { id: 'remove', area: 'list', keys: 'Delete' },
  { id: 'extend', area: 'list', keys: 'Shift+Down' },
  { id: 'choose', area: 'list', keys: 'Mod+Space' },
  { id: 'choose-all', area: 'list', keys: 'Mod+A' },
  { id: 'pin', area: 'list', keys: 'Mod+Shift+P' },
  { id: 'mute', area: 'list', keys: 'Mod+Shift+M' },
  { id: 'archive', area: 'list', keys: 'Mod+Shift+E', also: 'Mod+E' },
  { id: 'unread', area: 'list', keys: 'Mod+Shift+U', also: 'Mod+U' },
  { id: 'menu', area: 'list', keys: 'Shift+F10' },
] as const satisfies readonly Shortcut[];

export interface Shortcut {
  readonly id: string;
  readonly area: 'window' | 'chat' | 'list';
  readonly keys: string;
  readonly mac?: string;
  readonly also?: string;
  readonly plain?: string;
  readonly spark?: boolean;
}
export type ShortcutId = (typeof shortcuts)[number]['id'];
export const areas = ['window', 'chat', 'list'] as const;
type Platform = AppState['platform'];

const find = (id: ShortcutId): Shortcut => shortcuts.find((one) => one.id === id) ?? shortcuts[0];
/** The keys of one, the first as they are shown everywhere. */
const keysOf = (
  { keys, mac, also, plain }: Shortcut,
  platform: Platform,
  enterSends = true,
): readonly string[] => {
  const first = enterSends ? keys : (plain ?? keys);
  if (platform === 'darwin') return [mac ?? first];
  return also === undefined ? [first] : [first, also];
};

const arrows: Readonly<Record<string, string>> = { Left: '←', Right: '→', Up: '↑', Down: '↓' };
const signs: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦' };
const names: Readonly<Record<string, TextKey>> = {
  Mod: 'key.ctrl',
  Shift: 'key.shift',
  Alt: 'key.alt',
  Enter: 'key.enter',
  Escape: 'key.escape',
  Delete: 'key.delete',
  End: 'key.end',
  Space: 'key.space',
};

const capsOf = (t: Translate, keys: string, mac: boolean): readonly string[] =>
  keys.split('+').map((part) => {
    const sign = (mac ? signs[part] : undefined) ?? arrows[part];
    const name = names[part];
    return sign ?? (name ? t(name) : part);
  });

/**
 * The keys as they are written on keyboards of the language, one by one, and the second ones where there are any.
 * @param enterSends the setting of that name
 */
export const allKeyCaps = (
  t: Translate,
  id: ShortcutId,
  platform: Platform,
  enterSends = true,
): readonly (readonly string[])[] =>
  keysOf(find(id), platform, enterSends).map((keys) => capsOf(t, keys, platform === 'darwin'));
/** The first of them. */
export const keyCaps = (
  t: Translate,
  id: ShortcutId,
  platform: Platform,
  enterSends = true,
): readonly string[] => allKeyCaps(t, id, platform, enterSends)[0] ?? [];
/** The same in one piece, for tooltips, menus and hints. */
export const keyWords = (t: Translate, id: ShortcutId, platform: Platform, enterSends = true): string =>
  keyCaps(t, id, platform, enterSends).join(platform === 'darwin' ? '' : ' ');

/** Whether the event is this shortcut. Signs such as / may need Shift on one keyboard and not on another. */
export const isShortcut = (event: KeyboardEvent, id: ShortcutId, platform: Platform): boolean =>
  keysOf(find(id), platform).some((keys) => isPressed(event, keys.split('+'), platform));
/** On a Mac Ctrl is no Command: there Ctrl with a letter moves and deletes in every text field. */
const modsOf = ({ ctrlKey, metaKey }: KeyboardEvent, platform: Platform): readonly [boolean, boolean] =>
  platform === 'darwin' ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
const isPressed = (event: KeyboardEvent, parts: readonly string[], platform: Platform): boolean => {
  const key = (parts.at(-1) ?? '').toLowerCase();
  const isSign = key.length === 1 && !/[a-z0-9]/u.test(key);
  const [mod, other] = modsOf(event, platform);
  return (
    keyOf(event) === key &&
    mod === parts.includes('Mod') &&
    !other &&
    event.altKey === parts.includes('Alt') &&
    (isSign || event.shiftKey === parts.includes('Shift'))
  );
};
