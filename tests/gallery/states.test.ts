import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { peerJoins, peerSays } from '../core/rooms-support';
import { furnish, jidAt, PASSWORD } from '../e2e/office';
import {
  accountOf,
  ask,
  contactRow,
  en,
  log,
  openChat,
  openStage,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../e2e/support';
import type { Peer } from '../peers/peer';
import { slixmppPeer } from '../peers/slixmpp/slixmpp-peer';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { gallery } from './hang';
import { holdDisk } from './held';

/** What is not so every day: several contacts at once, a search that is narrowed, a history that broke, no keyring, no file service. */
let server: TestServer;
let stage: Stage;
let bare: Stage;
let locked: Stage;
let peers: Map<string, Peer>;
const page = (): Page => stage.page;
const escape = (): Promise<void> => page().keyboard.press('Escape');
const stay = (): Promise<void> => Promise.resolve();
const several = async (): Promise<void> => {
  for (const name of ['Ingrid Solheim', 'Maya Okafor', 'Tomás Herrera']) {
    const row = contactRow(page(), name);
    if ((await row.getAttribute('aria-selected')) !== 'true') await row.click({ modifiers: ['Control'] });
  }
  await contactRow(page(), 'Maya Okafor').click({ button: 'right' });
  await page().getByRole('menu').waitFor();
};
const hang = (
  name: string,
  open: () => Promise<unknown>,
  close: () => Promise<unknown> = escape,
): Promise<void> => gallery(stage).hang({ name, open, close });

beforeAll(async () => {
  // The one whose rooms can be moderated.
  server = await startServer('prosody13', { upload: false });
  [stage, bare, locked] = await Promise.all([
    openStage(),
    openStage({ keyring: 'none' }),
    openStage({ keyring: 'locked' }),
  ]);
  peers = await furnish(server);
  const nora = { jid: jidAt(server)('nora'), password: PASSWORD };
  await gallery(stage).begin();
  await signIn(page(), nora, server.wsUrl);
  await contactRow(page(), '李雯 Li Wen').waitFor();
});
afterAll(async () => {
  await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
  await Promise.allSettled([stage.stop(), bare.stop(), locked.stop()]);
  await server.stop();
});

describe('the gallery: several contacts', () => {
  it('are chosen', () => hang('b0-several', several));
  it('are moved', () =>
    hang('b1-several-move', async () => {
      await several();
      await page()
        .getByRole('menuitem', { name: en('roster.move') })
        .click();
      await page().getByRole('dialog').waitFor();
    }));
  it('are removed', () =>
    hang('b2-several-remove', async () => {
      await several();
      await page()
        .getByRole('menuitem', { name: en('roster.remove') })
        .click();
      await page().getByRole('alertdialog').waitFor();
    }));
});

describe('the gallery: a search', () => {
  const search = (words: string) => async (): Promise<void> => {
    await openChat(page(), 'Ingrid Solheim');
    await page().keyboard.press('Control+F');
    await page().keyboard.type(words);
    await sidebar(page())
      .getByRole('listbox', { name: en('search.hits') })
      .getByRole('option')
      .first()
      .waitFor();
  };
  const filters = () => sidebar(page()).getByRole('group', { name: en('search.filters') });
  const leave = (): Promise<void> =>
    sidebar(page())
      .getByRole('button', { name: en('roster.clear-search') })
      .click();
  it('in one chat', () => hang('b3-search-chat', search('scanner'), leave));
  it('of some days', () =>
    hang(
      'b4-search-days',
      async () => {
        await search('look')();
        await filters()
          .getByRole('button', { name: en('search.date-any') })
          .click();
        await page()
          .getByRole('menuitemradio', { name: en('search.date-range') })
          .or(page().getByRole('menuitemcheckbox', { name: en('search.date-range') }))
          .click();
        await page().getByRole('dialog').waitFor();
      },
      async () => {
        await escape();
        await leave();
      },
    ));
});

describe('the gallery: from one to another', () => {
  const tray = () => page().getByRole('list', { name: en('files.tray') });
  it('a file that waits for a yes', async () => {
    const desk = slixmppPeer(
      server,
      { jid: jidAt(server)('ingrid'), password: PASSWORD },
      { resource: 'desk' },
    );
    await desk.connect();
    await desk.takesFiles('never answers');
    const name = 'Where the scanners are, as of Thursday.pdf';
    await hang(
      'ba-direct-asking',
      async () => {
        await openChat(page(), 'Ingrid Solheim');
        await page()
          .locator('input[type=file]')
          .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(412_000) });
        await soon(() => tray().innerText()).toContain(en('files.asking', { who: 'Ingrid Solheim' }));
      },
      async () => {
        await tray()
          .getByRole('button', { name: en('files.cancel', { name }) })
          .click();
        await tray().waitFor({ state: 'detached' });
      },
    );
    await desk.disconnect();
  });
  const message = (text: string) => log(page()).locator('article').filter({ hasText: text }).last();
  /** A code is said where many can read it. */
  const lineThree = async (): Promise<void> => {
    const room = `line-3@conference.${server.domain}`;
    const account = await accountOf(page());
    await ask(page(), 'room.join', { account, peer: room, nick: 'Nora', password: null, create: true });
    const [maya, tomas] = [peers.get('maya')!, peers.get('tomas')!];
    await peerJoins(maya, room, 'Maya Okafor');
    await peerJoins(tomas, room, 'Tomás Herrera');
    const entry = sidebar(page())
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option')
      .first();
    await entry.scrollIntoViewIfNeeded();
    await entry.click();
    await peerSays(tomas, room, 'The code of the dock is 4711');
    await message('4711').waitFor();
    await peerSays(maya, room, 'Not in here, please: half the building reads this.');
  };
  it('a message that a moderator is about to take away', () =>
    hang('bb-moderate', async () => {
      await lineThree();
      await message('4711').click({ button: 'right' });
      await page()
        .getByRole('menuitem', { name: en('room.moderate') })
        .click();
      await page().getByRole('dialog').getByLabel(en('room.reason')).fill('No codes in rooms');
    }));
  it('a message that a moderator took away', () =>
    hang(
      'bb-moderated',
      async () => {
        await message('4711').click({ button: 'right' });
        await page()
          .getByRole('menuitem', { name: en('room.moderate') })
          .click();
        const dialog = page().getByRole('dialog');
        await dialog.getByLabel(en('room.reason')).fill('No codes in rooms');
        await dialog.getByRole('button', { name: en('conversation.delete') }).click();
        await message('No codes in rooms').waitFor();
        await peerSays(
          peers.get('tomas')!,
          `line-3@conference.${server.domain}`,
          'Sorry. It is changed already.',
        );
        await message('changed already').waitFor();
      },
      stay,
    ));
});

describe('the gallery: what is kept', () => {
  /** The folder is chosen by the user. */
  const exportInto = async (to: string): Promise<void> => {
    await stage.flint.app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      },
      join(to, 'Ingrid Solheim.html'),
    );
    await contactRow(page(), 'Ingrid Solheim').click({ button: 'right' });
    await page()
      .getByRole('menuitem', { name: en('roster.export') })
      .click();
    await page()
      .getByRole('dialog')
      .getByRole('button', { name: en('history.export-action') })
      .click();
  };
  it('an export that is under way', async () => {
    const folder = join(stage.desktop.dir, 'exports');
    mkdirSync(folder);
    const free = await holdDisk(stage, folder);
    await hang(
      'bc-export-running',
      async () => {
        await exportInto(folder);
        await page().getByRole('progressbar').waitFor();
      },
      async () => {
        await page()
          .getByRole('button', { name: en('history.stop'), exact: true })
          .click();
        await free();
        await page()
          .getByRole('button', { name: en('common.close') })
          .click();
      },
    );
  });
  it('an export that is done', () =>
    hang(
      'b5-export-done',
      async () => {
        await exportInto(stage.desktop.dir);
        await page()
          .getByText(/Ingrid Solheim\.html/)
          .waitFor();
      },
      () =>
        page()
          .getByRole('button', { name: en('common.close') })
          .click(),
    ));
  it('a history that was damaged', () =>
    hang(
      'b6-history-damaged',
      async () => {
        const path = join(stage.flint.userData, 'accounts', `${await accountOf(page())}.db`);
        await stage.quit();
        writeFileSync(path, readFileSync(path).fill(0, 0, 8_192));
        await stage.start();
        await page().getByText(en('shell.history-rebuilt'), { exact: true }).waitFor();
        await gallery(stage).begin();
      },
      stay,
    ));
});

describe('the gallery: without a keyring', () => {
  it('it is said', async () => {
    await gallery(bare).begin();
    await signIn(bare.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl, {
      resource: 'bare',
    });
    await openChat(bare.page, 'Ingrid Solheim');
    await bare.page.getByText(en('shell.keyring-absent'), { exact: true }).waitFor();
    await gallery(bare).hang({ name: 'b7-keyring-none', open: stay });
  });
  it('and where the history is looked after', () =>
    gallery(bare).hang({
      name: 'b8-storage-memory',
      open: async () => {
        await bare.page.keyboard.press('Control+,');
        await bare.page
          .getByRole('navigation')
          .getByRole('button', { name: en('settings.storage'), exact: true })
          .click();
        await bare.page.getByText(en('settings.storage-memory'), { exact: true }).waitFor();
      },
    }));
});

describe('the gallery: with a keyring that is locked', () => {
  it('it is said', async () => {
    await gallery(locked).begin();
    await signIn(locked.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl, {
      resource: 'locked',
    });
    await openChat(locked.page, 'Ingrid Solheim');
    await locked.page.getByText(en('shell.keyring-locked'), { exact: true }).waitFor();
    await gallery(locked).hang({ name: 'bd-keyring-locked', open: stay });
  });
});
