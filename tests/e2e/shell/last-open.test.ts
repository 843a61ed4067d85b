import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFlint } from '../../desktop/app';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import {
  accountOf,
  ask,
  befriend,
  composer,
  contactRow,
  en,
  log,
  openChat,
  openStage,
  phaseOf,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('the conversation that was open last', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    const peer = async (name: string): Promise<Peer> => connectPeer(server, await server.newAccount(name));
    [stage, romeo, nurse] = await Promise.all([openStage(), peer('romeo'), peer('nurse')]);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await befriend(stage.page, nurse, 'Nurse');
    await romeo.sendMessage(juliet.jid, 'It is the east');
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), nurse.disconnect()]);
    await stage.stop();
  });

  const kept = async (page: Page): Promise<string | null> =>
    (await ask(page, 'chats.lastOpen', { account: await accountOf(page) })).value;
  const nothingOpen = (page: Page): Promise<void> => page.getByText(en('shell.empty-pick')).waitFor();

  it('is open again after a restart and after a SIGKILL, ready to be written to', async () => {
    await openChat(stage.page);
    await soon(() => kept(stage.page)).toBe(romeo.bareJid);
    for (const again of [stage.restart, stage.crash]) {
      const page = await again();
      await log(page).getByText('It is the east').waitFor();
      await soon(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
    }
  });

  it('comes at once: that no chat is open is not said before it', async () => {
    const { page } = stage;
    await page.addInitScript((empty) => {
      new MutationObserver(() => {
        if (document.body.innerText.includes(empty)) document.documentElement.dataset['flashed'] = '';
      }).observe(document, { childList: true, subtree: true });
    }, en('shell.empty-pick'));
    await page.reload();
    await log(page).getByText('It is the east').waitFor();
    expect(await page.locator('html').getAttribute('data-flashed')).toBe(null);
  });

  it('is kept with the history, and not where anybody can read it', async () => {
    await soon(() => phaseOf(stage.page)).toBe('online');
    await openChat(stage.page, 'Nurse');
    await soon(() => kept(stage.page)).toBe(nurse.bareJid);
    const { userData } = stage.flint;
    const files = readdirSync(userData).filter((name) => name.endsWith('.json'));
    expect(files).toContain('accounts.json');
    for (const name of files)
      expect(readFileSync(join(userData, name), 'utf8'), name).not.toContain(nurse.bareJid);
  });

  it('in a start that nobody sees nothing of it is read until it is shown', async () => {
    const { userData } = stage.flint;
    await stage.quit();
    await romeo.waitForOffline(juliet.jid);
    // Playwright waits for a window, and gets it once the icon in the tray is pressed.
    const launching = launchFlint({ desktop: stage.desktop, userData, args: ['--hidden'] });
    await nurse.waitForPresence(juliet.jid, ({ available }) => available);
    await nurse.sendRaw(
      `<message xmlns='jabber:client' type='chat' id='unseen' to='${juliet.jid}'><body>Madam!</body>` +
        "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/></message>",
    );
    await nurse.waitForMessage(({ receiptFor }) => receiptFor === 'unseen');
    const displayed = (ms?: number): Promise<string> =>
      nurse.waitForRaw((xml) => xml.includes('<displayed') && xml.includes('unseen'), ms);
    await expect(displayed(2_000)).rejects.toThrow();
    await stage.desktop.tray.activate();
    const shown = await launching;
    try {
      await log(shown.page).getByText('Madam!').waitFor();
      await displayed();
    } finally {
      await shown.close();
    }
    await stage.start();
  });

  it('was closed: none is', async () => {
    await soon(() => phaseOf(stage.page)).toBe('online');
    await composer(stage.page, 'Nurse').waitFor();
    await stage.page.keyboard.press('Control+w');
    await nothingOpen(stage.page);
    // The settings give the keyboard back, to the list where there is no chat that would have it.
    await stage.page.keyboard.press('Control+,');
    await stage.page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    await stage.page.keyboard.press('Tab');
    await stage.page.keyboard.press('Escape');
    await nothingOpen(stage.page);
    await soon(() => stage.page.evaluate(() => document.activeElement?.role)).toBe('listbox');
    await soon(() => kept(stage.page)).toBe(null);
    await nothingOpen(await stage.restart());
  });

  it('is gone by the next start: none is', async () => {
    const { page } = stage;
    await openChat(page, 'Nurse');
    await soon(() => kept(page)).toBe(nurse.bareJid);
    const account = await accountOf(page);
    await ask(page, 'roster.remove', { account, peer: nurse.bareJid });
    await ask(page, 'history.delete', { account, peer: nurse.bareJid, before: null });
    await soon(() => kept(page)).toBe(null);
    const next = await stage.restart();
    await contactRow(next, 'Romeo').waitFor();
    await nothingOpen(next);
    expect(await composer(next, 'Nurse').count()).toBe(0);
  });
});
