import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { furnish, jidAt, PASSWORD } from '../e2e/office';
import {
  accountOf,
  ask,
  contactRow,
  en,
  openChat,
  openStage,
  settings,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { gallery, type Scene } from './hang';
import { holdCalls } from './held';

/** What is seldom or only for a moment: a directory, much at once, what is still read, quiet, a disk or a keyring that refuses. */
let stage: Stage;
const page = (): Page => stage.page;
const escape = (): Promise<void> => page().keyboard.press('Escape');
const stay = (): Promise<void> => Promise.resolve();
const scene = (name: string, open: () => Promise<unknown>, close: Scene['close'] = escape): Promise<void> =>
  gallery(stage).hang({ name, open, close, brief: true });
const dialog = (): Locator => page().getByRole('dialog').or(page().getByRole('alertdialog'));

describe('the gallery: the directory of a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('ejabberd'), openStage()]);
    await gallery(stage).begin();
    for (const [name, given, family, unit] of [
      ['nora', 'Nora', 'Lindqvist', 'Production'],
      ['maya', 'Maya', 'Okafor', 'Production'],
      ['chidi', 'Chidi', 'Okafor', 'Maintenance of lines, docks and the cold store'],
      ['zixuan', '子轩', '王', '苏州'],
    ] as const) {
      await server.createUser(name, PASSWORD);
      const peer = await connectPeer(server, { jid: jidAt(server)(name), password: PASSWORD });
      await peer.sendRaw(
        `<iq xmlns='jabber:client' type='set' id='card'><vCard xmlns='vcard-temp'><FN>${given} ${family}</FN><N><FAMILY>${family}</FAMILY><GIVEN>${given}</GIVEN></N><ORG><ORGNAME>Northgate Packaging</ORGNAME><ORGUNIT>${unit}</ORGUNIT></ORG></vCard></iq>`,
      );
      await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card'));
      await peer.disconnect();
    }
    await signIn(page(), { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });
  const look = async (family: string): Promise<void> => {
    const field = dialog()
      .getByRole('textbox', { name: /family|last/i })
      .first();
    await field.fill(family);
    await field.press('Enter');
  };

  it('what it asks for', () =>
    scene(
      'd0-directory',
      async () => {
        await page().keyboard.press('Control+n');
        await page()
          .getByRole('button', { name: en('directory.open') })
          .click();
        await dialog().getByRole('textbox').first().waitFor();
      },
      stay,
    ));
  it('whom it found', () =>
    scene(
      'd1-directory-found',
      async () => {
        await look('Okafor*');
        await dialog()
          .getByText(en('directory.found', { count: 2 }))
          .waitFor();
      },
      stay,
    ));
  it('nobody', () =>
    scene('d2-directory-nobody', async () => {
      await look('Featherstonehaugh');
      await dialog().getByText(en('directory.nobody')).waitFor();
    }));
});

describe('the gallery: seldom', () => {
  let server: TestServer;
  let peers: ReadonlyMap<string, Peer>;
  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    peers = await furnish(server);
    await gallery(stage).begin();
    await signIn(page(), { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(page(), '李雯 Li Wen').waitFor();
    await openChat(page(), 'Ingrid Solheim');
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });
  const notice = (words: Parameters<typeof en>[0]): Promise<void> =>
    page()
      .getByRole('region', { name: en('shell.notices') })
      .getByText(en(words), { exact: true })
      .waitFor();

  it('several are blocked', () =>
    scene('d3-several-block', async () => {
      for (const name of ['Ingrid Solheim', 'Maya Okafor', 'Tomás Herrera'])
        await contactRow(page(), name).click({ modifiers: ['Control'] });
      await contactRow(page(), 'Maya Okafor').click({ button: 'right' });
      await page()
        .getByRole('menuitem', { name: en('roster.block') })
        .click();
      await dialog().waitFor();
    }));
  it('a conversation that is still read', async () => {
    const free = await holdCalls(stage, ['messages.page']);
    await scene(
      'd4-loading-chat',
      async () => {
        await openChat(page(), '李雯 Li Wen');
        await page()
          .getByRole('main')
          .getByRole('status', { name: en('common.loading') })
          .waitFor();
      },
      free,
    );
  });
  it('a list that is still read', async () => {
    const free = await holdCalls(stage, ['roster.state', 'chats.list']);
    await scene(
      'd5-loading-list',
      async () => {
        await page().reload();
        await sidebar(page())
          .getByRole('status', { name: en('common.loading') })
          .first()
          .waitFor();
      },
      free,
    );
    await contactRow(page(), '李雯 Li Wen').waitFor();
  });
  it('quiet for an hour', () =>
    scene('d6-menu-quiet', async () => {
      await settings(page(), { silentUntil: Date.now() + 3_600_000 });
      await page()
        .getByRole('button', { name: en('shell.me-menu') })
        .click();
      await page().getByRole('menu').waitFor();
    }));
  it('quiet hours', () =>
    scene(
      'd7-settings-quiet',
      async () => {
        await settings(page(), {
          silentUntil: null,
          quietHours: { on: true, from: 0, to: 1_439, days: [1, 2, 3, 4, 5, 6, 0] },
        });
        await page().keyboard.press('Control+,');
        await page()
          .getByRole('navigation')
          .getByRole('button', { name: en('settings.notifications'), exact: true })
          .click();
        await page()
          .getByText(en('settings.quiet'), { exact: true })
          .evaluate((one) => {
            one.scrollIntoView({ block: 'start' });
          });
      },
      async () => {
        await escape();
        await settings(page(), { quietHours: { on: false, from: 0, to: 1_439, days: [1] } });
      },
    ));
  it('the key of the history is lost', () =>
    scene(
      'd8-key-lost',
      async () => {
        const path = await history('.key.json');
        await stage.quit();
        const check = JSON.parse(readFileSync(path, 'utf8')) as { readonly salt: string };
        // What was made of another key.
        writeFileSync(path, JSON.stringify({ ...check, salt: '0'.repeat(check.salt.length) }));
        await stage.start();
        await notice('shell.history-key-lost');
        await gallery(stage).begin();
        await contactRow(page(), '李雯 Li Wen').waitFor();
      },
      stay,
    ));
  it('and whether another one is begun', () =>
    scene(
      'd9-new-history',
      async () => {
        await page()
          .getByRole('button', { name: en('shell.history-new-open') })
          .click();
        await dialog().waitFor();
      },
      async () => {
        await dialog()
          .getByRole('button', { name: en('shell.history-new-action') })
          .click();
        await dialog().waitFor({ state: 'detached' });
        await contactRow(page(), '李雯 Li Wen').waitFor();
      },
    ));
  it('a disk that refuses the history', () =>
    scene(
      'da-disk-refused',
      async () => {
        const path = await history();
        await stage.quit();
        renameSync(path, `${path}.aside`);
        mkdirSync(path);
        await stage.start();
        await notice('shell.history-io');
        await gallery(stage).begin();
      },
      async () => {
        const path = await history();
        rmSync(path, { recursive: true });
        renameSync(`${path}.aside`, path);
        await ask(page(), 'account.retry', { account: await accountOf(page()) });
        await soon(() => contactRow(page(), '李雯 Li Wen').count()).toBe(1);
      },
    ));
  it('the password was changed elsewhere', () =>
    gallery(stage).hang({
      name: 'db-signed-out',
      open: async () => {
        await openChat(page(), 'Ingrid Solheim');
        await server.setPassword('nora', 'another');
        await server.kick('nora');
        await page()
          .getByRole('region', { name: en('shell.notices') })
          .getByText(en('shell.connection-stopped-text'))
          .waitFor();
      },
    }));
  it('and is asked for, with the way back to the chats', () =>
    scene(
      'dc-sign-in-again',
      async () => {
        await page()
          .getByRole('button', { name: en('shell.sign-in-again') })
          .click();
        await page()
          .getByRole('button', { name: en('signIn.to-chats') })
          .waitFor();
      },
      stay,
    ));
  const history = async (end = ''): Promise<string> =>
    join(stage.flint.userData, 'accounts', `${await accountOf(page())}.db${end}`);
});
