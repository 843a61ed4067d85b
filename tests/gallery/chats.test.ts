import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { composer, en, log, openChat, settings, sidebar } from '../e2e/support';
import type { Scene } from './hang';
import { openOffice, type Office } from './seeded';
import { talkOfToday } from './talk';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  // Asked about in a scene of its own.
  await settings(office.stage.page, { linkPreviews: 'off' });
});
afterAll(() => office.stop());

const page = (): Page => office.stage.page;
const press = (keys: string): Promise<void> => page().keyboard.press(keys);
const escape = (): Promise<void> => press('Escape');
const dialog = (): Locator => page().getByRole('dialog').or(page().getByRole('alertdialog'));
const menu = (): Promise<void> => page().getByRole('menu').last().waitFor();
/** Where the focus is after a window was narrow is not known: not Escape. */
const leaveSearch = (): Promise<void> =>
  sidebar(page())
    .getByRole('button', { name: en('roster.clear-search') })
    .click();
/** A scene that Escape ends. */
const scene = (name: string, open: () => Promise<unknown>, close: Scene['close'] = escape): Promise<void> =>
  office.hang({ name, open, close });
const chatRow = (name: string): Locator =>
  sidebar(page())
    .getByRole('listbox', { name: en('roster.chats') })
    .getByRole('option', { name })
    .first();
/** By the list of chats: the tree may have it out of sight. */
const openPeer = async (name: string): Promise<void> => {
  await chatRow(name).click();
  await composer(page(), name).waitFor();
};
const contactMenu = async (name: string): Promise<void> => {
  await chatRow(name).click({ button: 'right' });
  await menu();
};
/** Opens a dialog from a contact's menu. */
const fromMenu = async (item: Parameters<typeof en>[0], name = 'Maya Okafor'): Promise<void> => {
  await contactMenu(name);
  await page()
    .getByRole('menuitem', { name: en(item) })
    .click();
  await dialog().waitFor();
};
const fromMe = async (item: Parameters<typeof en>[0]): Promise<void> => {
  await page()
    .getByRole('button', { name: en('shell.me-menu') })
    .click();
  await page()
    .getByRole('menuitem', { name: en(item), exact: true })
    .click();
  await dialog().waitFor();
};
/** What went wrong in one scene is not on the wall of the next. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
  await openPeer('Maya Okafor');
});

describe('the gallery: chats', () => {
  it('nothing open', () =>
    scene(
      '10-nothing-open',
      async () => {
        await press('Control+W');
        await page().getByText(en('shell.empty-pick')).waitFor();
      },
      () => openChat(page(), 'Maya Okafor'),
    ));
  it('a conversation', () =>
    scene(
      '11-conversation',
      () => talkOfToday(office),
      () => Promise.resolve(),
    ));
  it('the details of a person', () =>
    scene(
      '12-details',
      async () => {
        await page()
          .getByRole('button', { name: en('conversation.details') })
          .click();
        await page()
          .getByRole('complementary', { name: en('shell.details') })
          .waitFor();
      },
      () =>
        page()
          .getByRole('button', { name: en('shell.close-details') })
          .click(),
    ));
  it('every kind of message', () =>
    scene(
      '13-messages',
      () => openPeer('Anneke de Vries'),
      () => Promise.resolve(),
    ));
  it('earlier versions of a message', () =>
    scene('14-versions', async () => {
      await page()
        .getByRole('button', { name: en('conversation.edited') })
        .click();
      await dialog().waitFor();
    }));
  it('the menu of a message', () =>
    scene('15-menu-message', async () => {
      await log(page()).getByText('Meet in hall B').click({ button: 'right' });
      await menu();
    }));
  it('a request, opened', () =>
    scene(
      '16-request',
      () =>
        page()
          .getByRole('button', { name: en('roster.request-open', { name: 'devi' }) })
          .click(),
      () => openPeer('Maya Okafor'),
    ));
  it('emoji', () =>
    scene('17-emoji', async () => {
      await page()
        .getByRole('button', { name: en('emoji.title') })
        .click();
      await page().getByLabel(en('emoji.search')).waitFor();
    }));
  it('shortcodes', () =>
    scene(
      '18-shortcodes',
      async () => {
        await composer(page(), 'Maya Okafor').focus();
        await page().keyboard.type('Done :smi');
        await page().getByRole('listbox').last().getByRole('option').first().waitFor();
      },
      async () => {
        await escape();
        await composer(page(), 'Maya Okafor').fill('');
      },
    ));
});

describe('the gallery: the list', () => {
  it('archived chats', async () => {
    const head = sidebar(page()).getByRole('button', { name: en('chats.archived') });
    await scene(
      '20-archived',
      () => head.click(),
      async () => {
        // In a window that was narrow meanwhile it is closed again.
        if ((await head.getAttribute('aria-expanded')) === 'true') await head.click();
      },
    );
  });
  it('the menu of a person', () => scene('21-menu-contact', () => contactMenu('Maya Okafor')));
  it('my menu', () =>
    scene('22-menu-me', async () => {
      await page()
        .getByRole('button', { name: en('shell.me-menu') })
        .click();
      await menu();
    }));
  /** A narrow window shows the chat in its place. */
  const searching = (): Promise<void> => press('Control+Shift+F');
  it('what a search finds', () =>
    office.hang({
      name: '23-search',
      open: async () => {
        await press('Control+Shift+F');
        await page().keyboard.type('hall');
        await sidebar(page())
          .getByRole('listbox', { name: en('search.hits') })
          .getByRole('option')
          .first()
          .waitFor();
      },
      each: searching,
      close: leaveSearch,
    }));
  it('a search that finds nothing', () =>
    office.hang({
      name: '24-search-none',
      open: async () => {
        await press('Control+Shift+F');
        await page().keyboard.type('zebra');
        await page()
          .getByText(en('search.none-title', { query: 'zebra' }))
          .waitFor();
      },
      each: searching,
      close: leaveSearch,
    }));
  it('somebody who is blocked', () =>
    scene(
      '25-blocked',
      async () => {
        await openPeer('Tomás Herrera');
        await contactMenu('Tomás Herrera');
        await page()
          .getByRole('menuitem', { name: en('roster.block'), exact: true })
          .click();
        await page()
          .getByRole('region', { name: en('conversation.blocked-title', { name: 'Tomás Herrera' }) })
          .waitFor();
      },
      async () => {
        // What has been told would stand on every picture from here on.
        await page()
          .getByRole('region', { name: en('shell.notices') })
          .getByRole('button', { name: en('common.close') })
          .click();
        await openPeer('Maya Okafor');
      },
    ));
  it('a request that is ignored', () =>
    scene(
      '19-ignored',
      async () => {
        await page()
          .getByRole('button', { name: en('roster.request-open', { name: 'devi' }) })
          .click();
        await page()
          .getByRole('main')
          .getByRole('button', { name: en('roster.ignore'), exact: true })
          .click();
        // It is out of sight then, but a search finds it.
        await page().getByText(en('shell.empty-pick')).waitFor();
        await press('Control+Shift+F');
        await page().keyboard.type('pallets');
        await sidebar(page())
          .getByRole('listbox', { name: en('search.hits') })
          .getByRole('option')
          .first()
          .click();
        await leaveSearch();
        await page()
          .getByRole('region', { name: en('conversation.ignored-title', { name: 'devi' }) })
          .waitFor();
      },
      () => openPeer('Maya Okafor'),
    ));
});

describe('the gallery: questions', () => {
  it('a new contact', () =>
    scene('30-add-contact', async () => {
      await press('Control+N');
      await dialog().waitFor();
    }));
  it('a name', () => scene('31-rename', () => fromMenu('roster.rename')));
  it('groups', () => scene('32-groups', () => fromMenu('roster.edit-groups')));
  it('a contact goes', () => scene('33-remove', () => fromMenu('roster.remove')));
  it('an export', () => scene('34-export', () => fromMenu('roster.export')));
  it('a chat goes', () => scene('35-delete-chat', () => fromMenu('roster.delete-chat')));
  it('a status text', () => scene('36-status', () => fromMe('shell.custom-open')));
  it('signing out', () => scene('37-sign-out', () => fromMe('shell.sign-out')));
  it('the palette', () =>
    scene('38-palette', async () => {
      await press('Control+K');
      await dialog().waitFor();
    }));
  it('what the palette finds', () =>
    scene('39-palette-query', async () => {
      await press('Control+K');
      await page().keyboard.type('li');
      await page().getByRole('option').first().waitFor();
    }));
  it('the shortcuts', () =>
    scene('40-shortcuts', async () => {
      await press('Control+/');
      await dialog().waitFor();
    }));
  it('the XML console', () =>
    scene(
      '41-console',
      async () => {
        await press('Control+Shift+X');
        await page()
          .getByRole('region', { name: en('console.title') })
          .locator('article')
          .first()
          .waitFor();
      },
      () => press('Control+Shift+X'),
    ));
});

describe('the gallery: without a connection', () => {
  it('it says so, and what is written waits', () =>
    scene('80-offline', async () => {
      await openPeer('Maya Okafor');
      await office.server.crash();
      await page()
        .getByRole('region', { name: en('shell.notices') })
        .waitFor();
      await composer(page(), 'Maya Okafor').fill('This one waits for the line');
      await press('Enter');
      await page().locator('.waits').waitFor();
    }));
});
