import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import {
  allKeyCaps,
  areas,
  isShortcut,
  keyCaps,
  keyWords,
  shortcuts,
  type Shortcut,
} from '../../../src-renderer/features/shell/shortcut-list';
import { createTranslator } from '../../../src-shared/i18n';

const t = createTranslator('en');
const press = (
  key: string,
  held: Partial<Record<'ctrl' | 'meta' | 'shift' | 'alt', true>> = {},
  code = '',
): KeyboardEvent =>
  ({
    key,
    code,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    shiftKey: held.shift ?? false,
    altKey: held.alt ?? false,
  }) as KeyboardEvent;

/** The tables of docs/shortcuts.md as the list has them. */
const tables = areas
  .map((area) => {
    const rows = shortcuts.filter((one) => one.area === area);
    const line = (one: (typeof shortcuts)[number]): string => {
      const keys = (platform: 'linux' | 'darwin'): string =>
        allKeyCaps(t, one.id, platform)
          .map((caps) => `\`${caps.join(' ')}\``)
          .join(` ${t('shortcut.or')} `);
      const spark = (one satisfies Shortcut as Shortcut).spark ? 'yes' : '';
      return `| ${t(`shortcut.${one.id}`)} | ${keys('linux')} | ${keys('darwin')} | ${spark} |`;
    };
    return [
      `## ${t(`shortcut.${area}`)}`,
      '',
      '| | Linux, Windows | macOS | as in Spark |',
      '|---|---|---|---|',
      ...rows.map(line),
    ].join('\n');
  })
  .join('\n\n');

describe('shortcuts', () => {
  it('docs/shortcuts.md has every one, as the list has it', () => {
    expect(readFileSync(join(root, 'docs', 'shortcuts.md'), 'utf8')).toContain(tables);
  });

  it('no two of one area have the same keys, and none of the window is used elsewhere', () => {
    for (const area of areas) {
      const keys = shortcuts
        .filter((one) => one.area === area || one.area === 'window')
        .flatMap((one) => allKeyCaps(t, one.id, 'linux').map((caps) => caps.join(' ')));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('are told from their neighbours', () => {
    expect(isShortcut(press('k', { ctrl: true }), 'palette', 'linux')).toBe(true);
    expect(isShortcut(press('K', { ctrl: true, shift: true }), 'palette', 'linux')).toBe(false);
    expect(isShortcut(press('k'), 'palette', 'linux')).toBe(false);
    expect(isShortcut(press('F', { ctrl: true, shift: true }), 'search', 'linux')).toBe(true);
    expect(isShortcut(press('f', { ctrl: true }), 'search', 'linux')).toBe(false);
    expect(isShortcut(press('ArrowLeft', { alt: true }), 'previous-chat', 'linux')).toBe(true);
    expect(isShortcut(press('ArrowLeft', { alt: true }), 'previous-chat', 'darwin')).toBe(false);
    expect(isShortcut(press('F6', { shift: true }), 'next-pane', 'linux')).toBe(false);
  });

  it('have Command on a Mac, where Ctrl is for the text, and nothing of the logo key elsewhere', () => {
    expect(isShortcut(press('k', { meta: true }), 'palette', 'darwin')).toBe(true);
    expect(isShortcut(press('k', { ctrl: true }), 'palette', 'darwin')).toBe(false);
    expect(isShortcut(press('k', { ctrl: true, meta: true }), 'palette', 'darwin')).toBe(false);
    expect(isShortcut(press('k', { meta: true }), 'palette', 'linux')).toBe(false);
    expect(isShortcut(press('r', { meta: true }), 'reply', 'linux')).toBe(false);
  });

  it('a sign may need Shift on another keyboard', () => {
    expect(isShortcut(press('/', { ctrl: true, shift: true }), 'sheet', 'linux')).toBe(true);
    expect(isShortcut(press(',', { ctrl: true }), 'settings', 'linux')).toBe(true);
  });

  it('are the same keys where the layout writes another script', () => {
    expect(isShortcut(press('л', { ctrl: true }, 'KeyK'), 'palette', 'linux')).toBe(true);
    expect(isShortcut(press('А', { ctrl: true, shift: true }, 'KeyF'), 'search', 'linux')).toBe(true);
    expect(isShortcut(press('к', {}, 'KeyR'), 'reply', 'linux')).toBe(true);
  });

  it('have second keys where an input method may take the first, but on a Mac', () => {
    for (const [id, key, held] of [
      ['search', 'F3', {}],
      ['quote', '>', { ctrl: true, shift: true }],
      ['archive', 'e', { ctrl: true }],
      ['unread', 'u', { ctrl: true }],
    ] as const) {
      expect(isShortcut(press(key, held), id, 'linux')).toBe(true);
      // There Ctrl with a letter is of the system's own fields.
      expect(isShortcut(press(key, held), id, 'darwin')).toBe(false);
    }
    expect(allKeyCaps(t, 'search', 'linux')).toEqual([['Ctrl', 'Shift', 'F'], ['F3']]);
  });

  it('say how it is sent where Enter begins a line', () => {
    expect(keyWords(t, 'send', 'linux', false)).toBe('Ctrl Enter');
    expect(keyWords(t, 'send', 'darwin', false)).toBe('⌘↩');
    expect(keyWords(t, 'new-line', 'linux', false)).toBe('Enter');
    expect(keyWords(t, 'send', 'linux')).toBe('Enter');
  });

  it('are written as on the keyboard', () => {
    expect(keyWords(t, 'search', 'linux')).toBe('Ctrl Shift F');
    expect(keyWords(t, 'search', 'darwin')).toBe('⌘⇧F');
    expect(keyCaps(t, 'next-chat', 'win32')).toEqual(['Alt', '→']);
    const german = createTranslator('de');
    expect(keyWords(german, 'search', 'linux')).toBe('Strg Umschalt F');
    expect(keyWords(german, 'remove', 'win32')).toBe('Entf');
    expect(keyWords(german, 'choose', 'linux')).toBe('Strg Leertaste');
    expect(keyWords(german, 'search', 'darwin')).toBe('⌘⇧F');
    expect(keyWords(createTranslator('zh-CN'), 'select', 'linux')).toBe('空格');
  });

  it('of a language have their names in the catalogue: nothing of the window names one by itself', () => {
    const shown = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.vue'))
      .filter((path) => /\bkeys="[A-Z]/u.test(readFileSync(join(root, 'src-renderer', path), 'utf8')));
    expect(shown).toEqual([]);
  });
});
