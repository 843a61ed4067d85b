import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import { connectServer, newAccount, type SharedServer, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import {
  befriend,
  contactRow,
  en,
  openStage,
  phaseOf,
  PATIENCE_MS,
  sidebar,
  signIn,
  soon,
  submit,
  typeSignIn,
  type Stage,
} from '../support';

const me = (page: Page) => page.locator('header.me');
const online = (page: Page) => soon(() => me(page).innerText()).toContain(en('presence.online'));

describe('it stays signed in', () => {
  let server: TestServer;
  let stage: Stage;
  let juliet: TestAccount;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    juliet = await newAccount(server, server, 'juliet', 'Пароль "密码" \\0123 <&>');
    const romeo = await connectPeer(server, await newAccount(server, server, 'romeo'));
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await romeo.disconnect();
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  it('after quitting and starting again nothing has to be typed', async () => {
    const page = await stage.restart();
    await online(page);
    expect(await phaseOf(page)).toBe('online');
    expect(await page.getByLabel(en('signIn.password'), { exact: true }).count()).toBe(0);
    await contactRow(page, 'Romeo').waitFor();
  });

  it('after a SIGKILL neither, and what an export had written by then is gone', async () => {
    const { userData } = stage.flint;
    const part = join(userData, `.chat.json.${randomUUID()}.part`);
    await writeFile(part, 'But soft');
    await writeFile(join(userData, 'export-parts.json'), JSON.stringify([part]));
    const page = await stage.crash();
    await online(page);
    await contactRow(page, 'Romeo').waitFor();
    await soon(() => existsSync(part)).toBe(false);
  });

  it('the roster shows from disk while the server is down, and says that there is no connection', async () => {
    await stage.quit();
    await server.shutDown();
    const page = await stage.start();
    await contactRow(page, 'Romeo').waitFor();
    const notices = page.getByRole('region', { name: en('shell.notices') });
    await soon(() => notices.innerText()).toContain(en('failure.refused-title'));
    expect(await notices.innerText()).toContain(en('shell.connection-waiting-text'));
    await soon(() => me(page).innerText()).not.toContain(en('presence.online'));
  });

  it('comes back by itself within ten seconds of the server', async () => {
    const { page } = stage;
    await server.start();
    const since = performance.now();
    await expect.poll(() => phaseOf(page), { timeout: 10_000, interval: 50 }).toBe('online');
    expect(performance.now() - since).toBeLessThan(10_000);
    await online(page);
    await page.getByRole('region', { name: en('shell.notices') }).waitFor({ state: 'detached' });
  });

  it('a restart of the server in the middle: back by itself within ten seconds of its return', async () => {
    const { page } = stage;
    await server.crash();
    await soon(() => phaseOf(page)).not.toBe('online');
    await page.getByRole('region', { name: en('shell.notices') }).waitFor();
    await server.start();
    await expect.poll(() => phaseOf(page), { timeout: 10_000, interval: 50 }).toBe('online');
    await online(page);
  });

  it('R16 a password changed elsewhere: it stops, says why, and keeps what it has', async () => {
    await server.setPassword(juliet.name, 'another');
    const page = await stage.restart();
    const notices = page.getByRole('region', { name: en('shell.notices') });
    await soon(() => notices.innerText()).toContain(en('failure.not-authorized-title'));
    await contactRow(page, 'Romeo').waitFor();
    await notices.getByRole('button', { name: en('shell.sign-in-again') }).click();
    await page.getByRole('button', { name: en('signIn.to-chats') }).waitFor();
    await page.getByLabel(en('signIn.password'), { exact: true }).fill('another');
    await submit(page);
    await online(page);
    await contactRow(page, 'Romeo').waitFor();
    await server.setPassword(juliet.name, juliet.password);
    await server.kick(juliet.name).catch(() => undefined);
  });
});

describe('a keyring that gives nothing', () => {
  let server: SharedServer;
  let juliet: TestAccount;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
  });
  /** The window answers: a click opens what it should, and quitting ends in time. */
  const expectAlive = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: en('shell.settings') }).click();
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    await page.getByRole('button', { name: en('settings.back') }).click();
    await sidebar(page).waitFor();
  };
  const onStage = async (
    options: Parameters<typeof openStage>[0],
    run: (stage: Stage) => Promise<void>,
  ): Promise<void> => {
    const stage = await openStage(options);
    try {
      await run(stage);
    } finally {
      await stage.stop();
    }
  };

  it('R15 none on this computer: signs in, says so, asks again at the next start', () =>
    onStage({ keyring: 'none' }, async (stage) => {
      await typeSignIn(stage.page, { ...juliet, server: server.wsUrl });
      await submit(stage.page);
      await online(stage.page);
      const notices = stage.page.getByRole('region', { name: en('shell.notices') });
      await soon(() => notices.innerText()).toContain(en('shell.keyring-absent'));
      expect(await notices.innerText()).toContain(en('shell.keyring-absent-text'));
      await expectAlive(stage.page);
      for (const left of [1, 0]) {
        await notices
          .getByRole('button', { name: en('common.close') })
          .first()
          .click();
        await soon(() => notices.getByRole('status').count()).toBe(left);
      }
      // No key, so nothing is kept on the disk: where the history is looked after it says so.
      await stage.page.keyboard.press('Control+,');
      await stage.page.getByRole('button', { name: en('settings.storage'), exact: true }).click();
      await stage.page.getByText(en('settings.storage-memory'), { exact: true }).waitFor();
      expect(await stage.page.getByText(en('settings.storage-bytes'), { exact: true }).count()).toBe(0);
      // What was closed stays closed, there and on the way back.
      expect(await notices.count()).toBe(0);
      await stage.page.getByRole('button', { name: en('settings.back') }).click();
      await expectAlive(stage.page);
      expect(await notices.count()).toBe(0);
      const page = await stage.restart();
      const field = page.getByLabel(en('signIn.password'), { exact: true });
      await field.waitFor();
      expect(await page.getByLabel(en('signIn.address'), { exact: true }).inputValue()).toBe(juliet.jid);
      expect(await field.inputValue()).toBe('');
      await field.fill(juliet.password);
      await submit(page);
      await online(page);
    }));

  it('R15 locked after it was signed in: says so, takes the password by hand, and unlocked needs none', () =>
    onStage({}, async (stage) => {
      await signIn(stage.page, juliet, server.wsUrl);
      await soon(async () => (await stage.desktop.keyring.secrets()).length).toBe(2);
      await stage.desktop.keyring.lock();
      const page = await stage.restart();
      const field = page.getByLabel(en('signIn.password'), { exact: true });
      await field.waitFor();
      await soon(() => page.getByRole('main').innerText()).toContain(en('failure.keyring-title'));
      await field.fill(juliet.password);
      await submit(page);
      await online(page);
      await soon(() => page.getByRole('region', { name: en('shell.notices') }).innerText()).toContain(
        en('shell.keyring-locked'),
      );
      await expectAlive(page);
      await stage.desktop.keyring.unlock();
      await online(await stage.restart());
    }));

  it('R15 a prompt that nobody answers: the window works meanwhile, and gives up waiting', () =>
    onStage({ keyring: 'locked' }, async (stage) => {
      await stage.desktop.keyring.setPrompt('hang');
      await typeSignIn(stage.page, { ...juliet, server: server.wsUrl });
      await submit(stage.page);
      // While the keyring thinks, the window answers.
      const before = performance.now();
      await stage.page.getByRole('button', { name: en('signIn.more'), exact: true }).click();
      expect(performance.now() - before).toBeLessThan(PATIENCE_MS / 4);
      await online(stage.page);
      await soon(() => stage.page.getByRole('region', { name: en('shell.notices') }).innerText()).toMatch(
        new RegExp(`${en('shell.keyring-slow')}|${en('shell.keyring-locked')}`),
      );
      await expectAlive(stage.page);
    }));
});
