import type { Locator, Page } from 'playwright';
import type { TextKey } from '../../src-shared/i18n';
import { accountOf, ask, composer, en, log, sidebar } from '../e2e/support';
import type { Scene } from './hang';
import type { Office } from './seeded';

/** What every scene of the office is opened and closed with. */
export interface Hands {
  readonly page: () => Page;
  readonly dialog: () => Locator;
  readonly press: (keys: string) => Promise<void>;
  readonly escape: () => Promise<void>;
  readonly stay: () => Promise<void>;
  /** Escape ends it, if nothing else is said. */
  readonly scene: (name: string, open: Scene['open'], close?: Scene['close']) => Promise<void>;
  /** By the list of chats: the tree may have them out of sight. */
  readonly openPeer: (name: string) => Promise<void>;
  readonly openRoom: (name: string) => Promise<void>;
  readonly roomRow: (name: string) => Locator;
  readonly join: (jid: string, nick?: string) => Promise<void>;
  /** As everybody does it: by the dialog. */
  readonly knock: (room: string, nick?: string) => Promise<void>;
  /** The rooms are below the contacts, out of sight. */
  readonly foldContacts: () => Promise<void>;
  readonly details: () => Promise<void>;
  readonly closeDetails: () => Promise<void>;
  readonly item: (words: TextKey) => Promise<void>;
  readonly button: (words: TextKey) => Promise<void>;
  readonly message: (text: string) => Locator;
}

/** Large text and narrow windows move it. */
export const inSight =
  (what: () => Locator, block: ScrollLogicalPosition = 'nearest') =>
  (): Promise<void> =>
    what().evaluate((one, to) => {
      one.scrollIntoView({ block: to });
    }, block);

/** @param office asked when a scene is opened, for it stands only after `beforeAll` */
export const handsOf = (office: () => Office): Hands => {
  const page = (): Page => office().stage.page;
  const press = (keys: string): Promise<void> => page().keyboard.press(keys);
  const escape = (): Promise<void> => press('Escape');
  /** By the whole name: a private conversation has that of its room in its own. */
  const rowOf = (list: TextKey, name: string): Locator =>
    sidebar(page())
      .getByRole('listbox', { name: en(list) })
      .getByRole('option')
      .filter({ has: page().getByText(name, { exact: true }) })
      .first();
  const dialog = (): Locator => page().getByRole('dialog').or(page().getByRole('alertdialog'));
  const item = (words: TextKey): Promise<void> =>
    page()
      .getByRole('menuitem', { name: en(words) })
      .first()
      .click();
  return {
    page,
    dialog,
    item,
    press,
    escape,
    stay: () => Promise.resolve(),
    scene: (name, open, close = escape) => office().hang({ name, open, close }),
    openPeer: async (name) => {
      await rowOf('roster.chats', name).click();
      await composer(page(), name).waitFor();
    },
    // In the list of rooms, or where that is out of sight in the list of chats.
    openRoom: async (name) => {
      await rowOf('roster.chats', name).or(rowOf('room.rooms', name)).first().click();
      await page().getByRole('main').getByRole('heading', { name }).waitFor();
    },
    roomRow: (name) => rowOf('room.rooms', name),
    join: async (jid, nick = 'Nora') => {
      const account = await accountOf(page());
      await ask(page(), 'room.join', { account, peer: jid, nick, password: null, create: false });
    },
    knock: async (room, nick = 'Nora') => {
      await sidebar(page())
        .getByRole('button', { name: en('room.more') })
        .click();
      await item('room.join');
      await dialog().getByLabel(en('room.join-address'), { exact: true }).fill(room);
      await dialog().getByLabel(en('room.join-nick'), { exact: true }).fill(nick);
      await dialog()
        .getByRole('button', { name: en('room.join-done') })
        .click();
    },
    foldContacts: () =>
      sidebar(page())
        .getByRole('button', { name: en('roster.contacts'), exact: false })
        .first()
        .click(),
    details: async () => {
      await page()
        .getByRole('button', { name: en('conversation.details') })
        .click();
      await page()
        .getByRole('button', { name: en('shell.close-details') })
        .waitFor();
    },
    closeDetails: () =>
      page()
        .getByRole('button', { name: en('shell.close-details') })
        .click(),
    button: (words) =>
      page()
        .getByRole('button', { name: en(words), exact: true })
        .first()
        .click(),
    message: (text) => log(page()).locator('article').filter({ hasText: text }).last(),
  };
};
