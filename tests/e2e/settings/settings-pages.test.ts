import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { lookAt, WIDE } from '../look';
import {
  accountOf,
  ask,
  befriend,
  composer,
  en,
  openChat,
  openStage,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('the pages of the settings', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await lookAt(stage).resize(WIDE);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const open = async (
    page: 'account' | 'connection' | 'chat' | 'shortcuts' | 'start-up' | 'about',
  ): Promise<void> => {
    const button = stage.page.getByRole('button', { name: en(`settings.${page}`), exact: true });
    if ((await button.count()) === 0) await stage.page.keyboard.press('Control+,');
    await button.click();
    await stage.page.getByRole('heading', { level: 2, name: en(`settings.${page}`), exact: true }).waitFor();
  };

  it('connection, chat, shortcuts and start-up look as the others do', async () => {
    for (const page of ['connection', 'chat', 'shortcuts', 'start-up'] as const) {
      await open(page);
      await lookAt(stage).look(`settings-${page}`);
    }
    await open('connection');
    await soon(() => stage.page.locator('main').innerText()).toContain(server.wsUrl);
    await soon(() => stage.page.locator('main').innerText()).toContain(en('settings.connection-online'));
    await stage.page.getByRole('button', { name: en('settings.line-change') }).click();
    const line = stage.page.getByRole('dialog', { name: en('settings.line') });
    await line.getByRole('textbox', { name: en('signIn.priority') }).fill('128');
    await line.getByRole('button', { name: en('settings.line-save') }).click();
    await line.getByText(en('signIn.priority-range')).waitFor();
    await lookAt(stage).lookAround('settings-line');
    await line.getByRole('textbox', { name: en('signIn.priority') }).fill('7');
    await line.getByRole('textbox', { name: en('signIn.resource') }).fill('Desk');
    await line.getByRole('button', { name: en('settings.line-save') }).click();
    await line.waitFor({ state: 'detached' });
    await soon(() => stage.page.locator('main').innerText()).toContain('Desk');
    await soon(() => stage.page.locator('main').innerText()).toContain(en('settings.connection-online'));
  });

  it('what was chosen at the sign-in can be chosen anew, and the session goes on', async () => {
    const options = async () => {
      const [state] = (await ask(stage.page, 'app.state', {})).value.accounts;
      return [state?.account.options, state?.connection.jid] as const;
    };
    const [, jid] = await options();
    await open('account');
    for (const [title, key] of [
      ['signIn.sign-in-at-start', 'signInAtStart'],
      ['signIn.start-invisible', 'startInvisible'],
      ['signIn.remember-password', 'rememberPassword'],
    ] as const) {
      const toggle = stage.page.getByRole('switch', { name: en(title) });
      const before = (await options())[0]?.[key];
      await toggle.click();
      await soon(async () => (await options())[0]?.[key]).toBe(!before);
      if (key === 'startInvisible') await lookAt(stage).look('settings-account');
      await toggle.click();
      await soon(async () => (await options())[0]?.[key]).toBe(before);
    }
    expect((await options())[1]).toBe(jid);
  });

  it('T25 diagnostics are copied, without an address and without a word that was written', async () => {
    const account = await accountOf(stage.page);
    await ask(stage.page, 'message.send', { account, peer: romeo.bareJid, body: 'the canary sings' });
    await romeo.waitForMessage(({ body }) => body === 'the canary sings');
    await romeo.sendMessage(juliet.jid, 'the canary answers');
    const lastText = async () => (await ask(stage.page, 'chats.list', { account })).value[0]?.last?.text;
    await soon(lastText).toBe('the canary answers');

    await open('about');
    await stage.page.getByRole('button', { name: en('settings.diagnostics-copy'), exact: true }).click();
    const text = stage.page.getByLabel(en('settings.diagnostics'));
    await soon(() => text.innerText()).toContain('connection: online');
    const copied = (): Promise<string> => stage.flint.app.evaluate(({ clipboard }) => clipboard.readText());
    await soon(copied).toContain('connection: online');
    for (const given of [await text.innerText(), await copied()]) {
      expect(given).toMatch(/Flint \d+\.\d+\.\d+ on linux/);
      for (const secret of [juliet.password, juliet.jid, romeo.bareJid, 'canary'])
        expect(given).not.toContain(secret);
    }
    await lookAt(stage).look('settings-about-diagnostics');
  });

  it('what the system refuses is said, and stays as it was', async () => {
    const folder = join(stage.desktop.env['XDG_CONFIG_HOME'] ?? '', 'autostart');
    writeFileSync(folder, 'no folder');
    await open('start-up');
    const autostart = stage.page.getByRole('switch', { name: en('settings.autostart') });
    await autostart.click();
    await stage.page.getByText(en('settings.refused')).waitFor();
    await soon(() => autostart.getAttribute('aria-checked')).toBe('false');
    await lookAt(stage).lookAround('settings-refused');
    await lookAt(stage).narrowly(() => lookAt(stage).look('settings-refused-narrow'));
    rmSync(folder);
    await autostart.click();
    await soon(() => autostart.getAttribute('aria-checked')).toBe('true');
  });

  it('Enter begins a line and Ctrl+Enter sends, where that is chosen', async () => {
    await open('chat');
    await stage.page.getByRole('switch', { name: en('settings.enter-sends') }).click();
    await open('shortcuts');
    // What is said of it goes with the setting.
    const keys = (what: 'send' | 'new-line'): Promise<string[]> =>
      stage.page
        .locator('.line')
        .filter({ has: stage.page.getByText(en(`shortcut.${what}`), { exact: true }) })
        .locator('kbd')
        .allInnerTexts();
    await soon(() => keys('send')).toEqual(['Ctrl', 'Enter']);
    expect(await keys('new-line')).toEqual(['Enter']);
    await stage.page.keyboard.press('Escape');
    await openChat(stage.page);
    await composer(stage.page).focus();
    await stage.page.keyboard.insertText('one');
    await stage.page.keyboard.press('Enter');
    await stage.page.keyboard.insertText('two');
    expect(await composer(stage.page).inputValue()).toBe('one\ntwo');
    await stage.page.keyboard.press('Control+Enter');
    expect(await romeo.waitForMessage(({ body }) => body !== undefined)).toMatchObject({ body: 'one\ntwo' });
  });
});
