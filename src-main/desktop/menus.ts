import {
  clipboard,
  Menu,
  type BrowserWindow,
  type ContextMenuParams,
  type MenuItemConstructorOptions,
} from 'electron';
import type { Translate } from '../../src-shared/i18n';

/** macOS has its menu bar; elsewhere there is none. */
export const setAppMenu = (t: Translate): void => {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Flint',
        submenu: [
          { role: 'about', label: t('tray.about') },
          { type: 'separator' },
          { role: 'services', label: t('tray.services') },
          { type: 'separator' },
          { role: 'hide', label: t('tray.hide') },
          { role: 'hideOthers', label: t('tray.hideOthers') },
          { role: 'unhide', label: t('tray.showAll') },
          { type: 'separator' },
          { role: 'quit', label: t('tray.quit') },
        ],
      },
      { label: t('tray.edit'), submenu: editing(t) },
      {
        label: t('tray.window'),
        role: 'windowMenu',
        submenu: [
          { role: 'minimize', label: t('tray.minimise') },
          { role: 'zoom', label: t('tray.zoom') },
          { role: 'close', label: t('tray.closeWindow') },
        ],
      },
    ]),
  );
};

const editing = (t: Translate): MenuItemConstructorOptions[] => [
  { role: 'undo', label: t('tray.undo') },
  { role: 'redo', label: t('tray.redo') },
  { type: 'separator' },
  { role: 'cut', label: t('tray.cut') },
  { role: 'copy', label: t('tray.copy') },
  { role: 'paste', label: t('tray.paste') },
  { role: 'selectAll', label: t('tray.selectAll') },
];

/** Cut, copy and paste under the right mouse button, where they can be used, and other spellings of a word that is marked. */
export const addContextMenu = (window: BrowserWindow, translate: () => Translate): void => {
  const { webContents } = window;
  webContents.on('context-menu', (_, params) => {
    const items = [
      ...spellingItems(params, translate(), {
        replace: (word) => {
          webContents.replaceMisspelling(word);
        },
        learn: (word) => webContents.session.addWordToSpellCheckerDictionary(word),
      }),
      ...contextItems(params, translate()),
    ];
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
};

const MOST_SUGGESTIONS = 6;
/** A lone & would underline what follows it. */
const literally = (word: string): string => word.replaceAll('&', '&&');

function spellingItems(
  { isEditable, misspelledWord: word, dictionarySuggestions }: ContextMenuParams,
  t: Translate,
  act: { readonly replace: (word: string) => void; readonly learn: (word: string) => void },
): MenuItemConstructorOptions[] {
  if (!isEditable || word === '') return [];
  const suggestions = dictionarySuggestions.slice(0, MOST_SUGGESTIONS).map((other) => ({
    label: literally(other),
    click: () => {
      act.replace(other);
    },
  }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: t('tray.noSuggestions'), enabled: false }]),
    { type: 'separator' },
    {
      label: t('tray.addToDictionary'),
      click: () => {
        act.learn(word);
      },
    },
    { type: 'separator' },
  ];
}

function contextItems(params: ContextMenuParams, t: Translate): MenuItemConstructorOptions[] {
  if (params.isEditable) {
    const { editFlags: can } = params;
    return [
      { role: 'cut', label: t('tray.cut'), enabled: can.canCut },
      { role: 'copy', label: t('tray.copy'), enabled: can.canCopy },
      { role: 'paste', label: t('tray.paste'), enabled: can.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: t('tray.selectAll'), enabled: can.canSelectAll },
    ];
  }
  const { linkURL: link } = params;
  return [
    ...(params.selectionText.trim() === '' ? [] : [{ role: 'copy', label: t('tray.copy') } as const]),
    ...(link === ''
      ? []
      : [
          {
            label: t('tray.copyLink'),
            click: () => {
              void clipboard.writeText(link);
            },
          },
        ]),
  ];
}
