import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer } from '../../servers/shared';
import { plainOptions } from '../../support/core';
import {
  accountOf,
  ask,
  befriend,
  bringBack,
  en,
  inMain,
  openChat,
  openStage,
  putAway,
  settings,
  signIn,
  signOut,
  soon,
  zh,
  type Stage,
} from '../support';

describe('the tray icon, seen from outside over D-Bus', () => {
  let server: SharedServer;
  let stage: Stage;
  /** Takes connections and never says a word. */
  let silent: Server;

  beforeAll(async () => {
    server = connectServer('prosody');
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    stage = await openStage();
    await stage.desktop.tray.waitForItem();
  });
  afterAll(async () => {
    await stage.stop();
    silent.close();
  });

  const tooltip = (): Promise<string> => stage.desktop.tray.tooltip();
  const labels = async (): Promise<readonly string[]> =>
    (await stage.desktop.tray.menu()).flatMap(({ label, type }) => (type === 'separator' ? [] : [label]));
  const hash = async (): Promise<string> => (await stage.desktop.tray.icon()).hash;

  it('with nobody signed in it says so, offers no presence, and opens and quits', async () => {
    await soon(tooltip).toBe(`Flint · ${en('tray.signedOut')}`);
    await soon(labels).toEqual([en('tray.signedOut'), en('tray.open'), en('tray.quit')]);
    expect(await stage.desktop.tray.icon()).toMatchObject({ width: 24, height: 24 });
  });

  it('opens the window from its menu', async () => {
    await putAway(stage);
    await stage.desktop.tray.choose(en('tray.open'));
    await soon(() => inMain(stage, (window) => window.isFocused())).toBe(true);
  });

  it('follows the language of the app', async () => {
    await settings(stage.page, { language: 'zh-CN' });
    await soon(labels).toEqual([zh('tray.signedOut'), zh('tray.open'), zh('tray.quit')]);
    await soon(tooltip).toBe(`Flint · ${zh('tray.signedOut')}`);
    await settings(stage.page, { language: 'en' });
    await soon(labels).toContain(en('tray.open'));
  });

  it('has a picture of its own while it connects', async () => {
    const offline = await hash();
    const { port } = silent.address() as AddressInfo;
    await ask(stage.page, 'account.signIn', {
      jid: 'juliet@localhost',
      password: 'secret',
      options: { ...plainOptions, server: `ws://127.0.0.1:${String(port)}/` },
    });
    await soon(tooltip).toBe(`juliet@localhost · ${en('tray.connecting')}`);
    await soon(hash).not.toBe(offline);
    await ask(stage.page, 'account.cancel', { account: await accountOf(stage.page) });
    await soon(hash).toBe(offline);
    await signOut(stage.page);
  });

  describe('with an account', () => {
    let romeo: Peer;
    let juliet: { readonly jid: string; readonly password: string };

    beforeAll(async () => {
      juliet = await server.newAccount('juliet');
      romeo = await connectPeer(server, await server.newAccount('romeo'));
      await signIn(stage.page, juliet, server.wsUrl);
      await befriend(stage.page, romeo);
    });
    afterAll(() => romeo.disconnect());

    /** What the desktop is told of what is unread; a launcher that shows it is not here to be asked. */
    const listenToBadge = (): Promise<void> =>
      stage.flint.app.evaluate(({ app }) => {
        const told: number[] = [];
        Object.assign(globalThis, { told });
        app.setBadgeCount = (count = 0) => told.push(count) > 0;
      });
    const badge = (): Promise<number | undefined> =>
      stage.flint.app.evaluate(() => (globalThis as unknown as { told: number[] }).told.at(-1));

    it('throws sparks while something is unread, and counts it', async () => {
      const calm = await hash();
      await listenToBadge();
      await putAway(stage);
      await romeo.sendMessage(juliet.jid, 'But soft, what light?');
      await soon(tooltip).toBe(
        `${juliet.jid} · ${en('presence.online')}\n${en('tray.unread', { count: 1 })}`,
      );
      await soon(hash).not.toBe(calm);
      await romeo.sendMessage(juliet.jid, 'It is the east.');
      await soon(tooltip).toContain(en('tray.unread', { count: 2 }));
      await soon(badge).toBe(2);
      await bringBack(stage);
      await openChat(stage.page);
      await soon(hash).toBe(calm);
      await soon(tooltip).toBe(`${juliet.jid} · ${en('presence.online')}`);
      await soon(badge).toBe(0);
    });

    it('keeps quiet for an hour, and no longer where one does not want it; leads to the settings', async () => {
      const { tray, notifications } = stage.desktop;
      const ticked = async (): Promise<boolean | undefined> =>
        (await tray.menu()).find(({ label }) => label === en('tray.silent'))?.ticked;
      await soon(ticked).toBe(false);
      await tray.choose(en('tray.silent'));
      await soon(ticked).toBe(true);
      await putAway(stage);
      notifications.clear();
      await romeo.sendMessage(juliet.jid, 'Hush!');
      await soon(tooltip).toContain(en('tray.unread', { count: 1 }));
      expect(notifications.list()).toEqual([]);
      await tray.choose(en('tray.silent'));
      await soon(ticked).toBe(false);
      await romeo.sendMessage(juliet.jid, 'She speaks.');
      await notifications.waitFor(({ body }) => body.includes('She speaks.'));
      expect(notifications.list().some(({ body }) => body.includes('Hush!'))).toBe(false);
      await tray.choose(en('shell.settings'));
      await soon(() => inMain(stage, (window) => window.isFocused())).toBe(true);
      await stage.page.getByRole('searchbox', { name: en('settings.search') }).waitFor();
      await stage.page.keyboard.press('Escape');
    });

    it('ticks what holds, also where that is chosen again', async () => {
      const saved = { text: 'Out for lunch', kind: 'away', priority: null, clearAfter: 'never' } as const;
      await settings(stage.page, { savedPresences: [saved] });
      const { tray } = stage.desktop;
      const ticked = async (): Promise<readonly string[]> =>
        (await tray.menu()).filter((one) => one.ticked).map(({ label }) => label);
      const label = en('tray.saved', { text: saved.text, presence: en('presence.away') });
      await soon(labels).toContain(label);
      for (let turn = 0; turn < 2; turn++) {
        await tray.choose(label);
        await soon(ticked).toEqual([en('presence.away'), label]);
      }
      await tray.choose(en('presence.online'));
      await soon(ticked).toEqual([en('presence.online')]);
      await settings(stage.page, { savedPresences: [] });
    });

    it('says what does not work, in the window', async () => {
      await putAway(stage);
      const file = join(stage.flint.userData, 'accounts.json');
      const kept = readFileSync(file);
      rmSync(file);
      // What is to be written there cannot be.
      mkdirSync(join(file, 'in-the-way'), { recursive: true });
      try {
        await stage.desktop.tray.choose(en('presence.dnd'));
        await soon(() => inMain(stage, (window) => window.isFocused())).toBe(true);
        await stage.page.getByText(en('error.internal')).waitFor();
      } finally {
        rmSync(file, { recursive: true });
        writeFileSync(file, kept);
      }
      await stage.desktop.tray.choose(en('presence.online'));
    });

    it('is put there anew when the tray host comes back', async () => {
      await stage.desktop.tray.setHost(false);
      await stage.desktop.tray.setHost(true);
      await stage.desktop.tray.waitForItem();
      await soon(tooltip).toBe(`${juliet.jid} · ${en('presence.online')}`);
      await soon(labels).toContain(en('presence.away'));
    });
  });
});
