import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Peer } from '../../peers/peer';

import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { converse, furnish, jidAt, PASSWORD } from '../office';
import {
  composer,
  contactRow,
  en,
  openChat,
  openStage,
  settings,
  sidebar,
  signIn,
  soon,
  zh,
  type Stage,
} from '../support';

describe('the look of it', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  it('a conversation among contacts: light, dark, Chinese, compact, 200 %', async () => {
    peers = await furnish(server);
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
    await view.look('main-nothing-open');
    await openChat(stage.page, 'Maya Okafor');
    await converse(stage, server, peers);
    await view.look('main-light');
    await view.lookWith('main-dark', { theme: 'dark' });
    const chinese = (): Promise<void> => sidebar(stage.page, zh).waitFor();
    await view.lookWith('main-zh', { language: 'zh-CN' }, chinese);
    await view.lookWith('main-compact', { density: 'compact' });
    await view.lookWith('main-200', { textSize: 200 });
    await view.lookWith('main-150-dark', { textSize: 150, theme: 'dark' });
  });

  it('the details, the menus, the console', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page.getByRole('complementary', { name: en('shell.details') }).waitFor();
    await view.look('details');
    await view.lookWith('details-dark', { theme: 'dark' });
    await page.getByRole('button', { name: en('shell.close-details') }).click();

    await page.getByRole('button', { name: en('shell.me-menu') }).click();
    await page.getByRole('menu').waitFor();
    await view.look('menu-presence');
    await page.keyboard.press('Escape');
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    await view.look('menu-contact');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+Shift+X');
    await page
      .getByRole('region', { name: en('console.title') })
      .locator('article')
      .first()
      .waitFor();
    await view.look('console');
    await view.lookWith('console-dark', { theme: 'dark' });
    await page.keyboard.press('Control+Shift+X');
    await view.rest();
    // All messages are in sight again: there is nothing to jump to.
    await soon(() => page.getByRole('button', { name: en('conversation.jump') }).count()).toBe(0);
  });

  it('questions in dialogs', async () => {
    const { page } = stage;
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.remove') }).click();
    await page.getByRole('alertdialog').waitFor();
    await view.look('dialog-remove');
    await page.getByRole('button', { name: en('common.cancel') }).click();
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.edit-groups') }).click();
    await page.getByRole('dialog').waitFor();
    await view.lookWith('dialog-groups-dark', { theme: 'dark' });
    await page.keyboard.press('Escape');
  });

  it('the settings, every page', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    for (const id of [
      'account',
      'appearance',
      'language',
      'privacy',
      'storage',
      'notifications',
      'start-up',
      'about',
    ] as const) {
      await page
        .getByRole('navigation')
        .getByRole('button', { name: en(`settings.${id}`), exact: true })
        .click();
      await page.getByRole('heading', { level: 2, name: en(`settings.${id}`), exact: true }).waitFor();
      await view.look(`settings-${id}`);
    }
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.appearance') })
      .click();
    await view.lookWith('settings-dark', { theme: 'dark' });
    await view.lookWith('settings-zh', { language: 'zh-CN' }, () => view.heading(zh('settings.appearance')));
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
  });

  it('380 pixels wide: the list alone, then the conversation alone', () =>
    view.narrowly(async () => {
      const { page } = stage;
      await composer(page, 'Maya Okafor').waitFor();
      await view.look('narrow-conversation');
      await view.lookWith('narrow-conversation-200', { textSize: 200 });
      await page.getByRole('button', { name: en('conversation.back-to-list') }).click();
      await contactRow(page, 'Maya Okafor').waitFor();
      await view.look('narrow-list');
      await view.lookWith('narrow-list-dark', { theme: 'dark' });
      await view.lookWith('narrow-list-compact', { density: 'compact' });
      await view.lookWith('narrow-list-zh', { language: 'zh-CN' });
      const settings = page.getByRole('button', { name: en('shell.settings'), exact: true });
      await view.lookWith('narrow-list-200', { textSize: 200 }, () =>
        soon(() =>
          settings.evaluate((one) => innerWidth - one.getBoundingClientRect().right),
        ).toBeGreaterThan(0),
      );
    }));

  it('without a connection it says so, quietly', async () => {
    const { page } = stage;
    await openChat(page, 'Maya Okafor');
    await server.crash();
    await page.getByRole('region', { name: en('shell.notices') }).waitFor();
    await composer(page, 'Maya Okafor').fill('This one waits for the line');
    await page.keyboard.press('Enter');
    await page.locator('.waits').waitFor();
    await view.look('offline');
    await view.lookWith('offline-dark', { theme: 'dark' });
    await view.narrowly(() => view.look('offline-narrow'));
  });
});
