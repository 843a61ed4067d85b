import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { furnish, jidAt, PASSWORD } from '../e2e/office';
import { accountOf, contactRow, en, openChat, openStage, sidebar, signIn, type Stage } from '../e2e/support';
import type { Peer } from '../peers/peer';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { gallery } from './hang';

/** What is not so every day: several contacts at once, a search that is narrowed, a history that broke, no keyring. */
let server: TestServer;
let stage: Stage;
let bare: Stage;
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
  [server, stage, bare] = await Promise.all([
    startServer('prosody'),
    openStage(),
    openStage({ keyring: 'none' }),
  ]);
  peers = await furnish(server);
  const nora = { jid: jidAt(server)('nora'), password: PASSWORD };
  await gallery(stage).begin();
  await signIn(page(), nora, server.wsUrl);
  await contactRow(page(), '李雯 Li Wen').waitFor();
});
afterAll(async () => {
  await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
  await Promise.allSettled([stage.stop(), bare.stop()]);
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

describe('the gallery: what is kept', () => {
  it('an export that is done', () =>
    hang(
      'b5-export-done',
      async () => {
        await stage.flint.app.evaluate(
          ({ dialog }, to) => {
            dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to });
          },
          join(stage.desktop.dir, 'Ingrid Solheim.html'),
        );
        await contactRow(page(), 'Ingrid Solheim').click({ button: 'right' });
        await page()
          .getByRole('menuitem', { name: en('roster.export') })
          .click();
        await page()
          .getByRole('dialog')
          .getByRole('button', { name: en('history.export-action') })
          .click();
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
