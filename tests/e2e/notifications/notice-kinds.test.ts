import type { Locator } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultQuietHours } from '../../../src-shared/model/quiet-hours';
import { defaultSettings } from '../../../src-shared/model/settings';
import type { ShownNotification } from '../../desktop/notifications';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { startCore, type TestCore } from '../../support/core';
import { lookAt, WIDE } from '../look';
import {
  accountOf,
  ask,
  befriend,
  bringBack,
  contactRow,
  en,
  inMain,
  openStage,
  putAway,
  settings,
  settled,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('notifications, each kind by its own rule', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let signedIn: number;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
    signedIn = Date.now();
    await befriend(stage.page, romeo);
    await stage.desktop.tray.waitForItem();
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });
  beforeEach(async () => {
    const { notices, noticesLocked } = defaultSettings;
    await settings(stage.page, { notices, noticesLocked, quietHours: defaultQuietHours });
    await ask(stage.page, 'chat.read', { account: await accountOf(stage.page), peer: romeo.bareJid });
    stage.desktop.notifications.clear();
  });

  const away = async (): Promise<void> => {
    if (await inMain(stage, (window) => window.isVisible())) await putAway(stage);
  };
  const shown = (fits: (one: ShownNotification) => boolean): Promise<ShownNotification> =>
    stage.desktop.notifications.waitFor((one) => fits(one) && !one.closed, 20_000);
  const isClosed = (id: number): boolean | undefined =>
    stage.desktop.notifications.list().find((one) => one.id === id)?.closed;
  const unread = async (): Promise<number | undefined> => {
    const account = await accountOf(stage.page);
    const chats = (await ask(stage.page, 'chats.list', { account })).value;
    return chats.find(({ peer }) => peer === romeo.bareJid)?.unread;
  };
  const openPage = async (): Promise<void> => {
    await bringBack(stage);
    await stage.page.keyboard.press('Control+,');
    await stage.page.getByRole('button', { name: en('settings.notifications'), exact: true }).click();
    await stage.page.getByRole('heading', { name: en('settings.notifications') }).waitFor();
  };
  const chip = (kind: string, part: string): Locator =>
    stage.page.getByRole('group', { name: kind }).getByRole('button', { name: part, exact: true });

  it('the page: what is chosen there is what is shown', async () => {
    await openPage();
    const view = lookAt(stage);
    await view.resize(WIDE);
    const quiet = stage.page.getByRole('switch', { name: en('settings.quiet') });
    await quiet.click();
    await stage.page.getByLabel(en('settings.quiet-from')).fill('22.30');
    await stage.page.getByLabel(en('settings.quiet-from')).press('Enter');
    await soon(() => stage.page.getByLabel(en('settings.quiet-from')).inputValue()).toBe('22:30');
    await stage.page.getByRole('button', { name: 'Sat', exact: true }).click();
    const kept = async () => (await ask(stage.page, 'app.state', {})).value.settings.quietHours;
    await soon(kept).toEqual({ on: true, from: 22 * 60 + 30, to: 7 * 60, days: [0, 1, 2, 3, 4, 5] });
    await view.lookAround('settings-notifications');
    await view.narrowly(() => view.look('settings-notifications-narrow'));
    await quiet.click();

    await chip(en('settings.notice-message'), en('settings.notice-text')).click();
    await chip(en('settings.notice-message'), en('settings.notice-sound')).click();
    await soon(async () => (await ask(stage.page, 'app.state', {})).value.settings.notices.message).toEqual({
      show: true,
      text: false,
      sound: false,
    });
    await stage.page.keyboard.press('Escape');
    await putAway(stage);
    await romeo.sendMessage(juliet.jid, 'canary');
    const one = await shown(({ body }) => body === en('notification.newMessage', { count: 1 }));
    expect(one.hints).toMatchObject({ 'suppress-sound': true });
    expect(JSON.stringify(stage.desktop.notifications.list())).not.toContain('canary');
  });

  it('quiet hours: nothing is shown, all is counted, the tray and the menu say until when', async () => {
    await away();
    // From midnight to midnight, whenever this runs.
    await settings(stage.page, { quietHours: { on: true, from: 0, to: 0, days: [0, 1, 2, 3, 4, 5, 6] } });
    const words = en('tray.quiet', { time: '00:00' });
    await soon(async () => (await stage.desktop.tray.menu()).map(({ label }) => label)).toContain(words);
    await soon(() => stage.desktop.tray.tooltip()).toContain(words);
    await romeo.sendMessage(juliet.jid, 'shh');
    await soon(unread).toBe(1);
    expect(stage.desktop.notifications.list()).toEqual([]);
    await bringBack(stage);
    await stage.page.getByRole('button', { name: en('shell.me-menu') }).click();
    await stage.page.getByRole('menuitem', { name: words }).waitFor();
    await lookAt(stage).look('quiet-hours-menu');
    await stage.page.keyboard.press('Escape');
    await settings(stage.page, { quietHours: defaultQuietHours });
    await soon(() => stage.desktop.tray.tooltip()).not.toContain(words);
    await putAway(stage);
    await romeo.sendMessage(juliet.jid, 'awake');
    await shown(({ body }) => body === 'awake');
  });

  it('while the screen is locked: no text, or nothing at all, and away to others', async () => {
    await away();
    stage.desktop.screen.lock();
    await romeo.waitForPresence(juliet.jid, ({ show }) => show === 'away');
    await romeo.sendMessage(juliet.jid, 'canary behind the lock');
    await shown(({ body }) => body === en('notification.newMessage', { count: 1 }));
    expect(JSON.stringify(stage.desktop.notifications.list())).not.toContain('canary');
    await ask(stage.page, 'chat.read', { account: await accountOf(stage.page), peer: romeo.bareJid });
    await settings(stage.page, { noticesLocked: 'nothing' });
    stage.desktop.notifications.clear();
    await romeo.sendMessage(juliet.jid, 'nothing of this');
    await soon(unread).toBe(1);
    expect(stage.desktop.notifications.list()).toEqual([]);
    stage.desktop.screen.unlock();
    await romeo.waitForPresence(juliet.jid, ({ available, show }) => available && show === undefined);
    await romeo.sendMessage(juliet.jid, 'here again');
    await shown(({ body }) => body === 'here again' || body === 'nothing of this\nhere again');
  });

  it('read on another device it goes here, and is not told again', async () => {
    await away();
    const laptop: TestCore = await startCore();
    try {
      const account = await laptop.signIn(juliet.jid, juliet.password, { server: server.wsUrl });
      await laptop.ask('contact.card', { account, peer: juliet.jid });
      await romeo.sendMessage(juliet.jid, 'on which screen?');
      const one = await shown(({ body }) => body === 'on which screen?');
      await laptop.until(async () => {
        const { value } = await laptop.ask('chats.list', { account });
        return value.find(({ peer, unread: count }) => peer === romeo.bareJid && count > 0);
      }, 'the message on the other device');
      await laptop.ask('chat.read', { account, peer: romeo.bareJid });
      await soon(() => isClosed(one.id)).toBe(true);
      await soon(unread).toBe(0);
      await romeo.sendMessage(juliet.jid, 'another');
      const next = await shown(({ body }) => body.includes('another'));
      expect(next).toMatchObject({ summary: 'Romeo', body: 'another' });
    } finally {
      await laptop.stop();
    }
  });

  it('a contact request: its address, quietly; a click shows it whatever was looked for, an answer takes it away', async () => {
    await bringBack(stage);
    const search = sidebar(stage.page).getByRole('searchbox');
    await search.fill('romeo');
    await away();
    const nurse = await connectPeer(server, await server.newAccount('nurse'), { autoAccept: false });
    await nurse.subscribe(juliet.jid);
    const one = await shown(({ body }) => body === nurse.bareJid);
    expect(one).toMatchObject({ summary: en('notification.contactRequest', { count: 1 }) });
    expect(one.hints).toMatchObject({ urgency: 0, 'suppress-sound': true });
    stage.desktop.notifications.click(one.id);
    await soon(() => inMain(stage, (window) => window.isVisible())).toBe(true);
    const asker = sidebar(stage.page).getByRole('listitem').filter({ hasText: nurse.bareJid });
    await asker.waitFor();
    await soon(() => asker.evaluate((row) => row === document.activeElement)).toBe(true);
    expect(await search.inputValue()).toBe('');
    await putAway(stage);
    const paris = await connectPeer(server, await server.newAccount('paris'), { autoAccept: false });
    await paris.subscribe(juliet.jid);
    const other = await shown(({ body }) => body.includes(paris.bareJid));
    const account = await accountOf(stage.page);
    for (const peer of [paris, nurse]) await ask(stage.page, 'roster.deny', { account, peer: peer.bareJid });
    await soon(() => isClosed(other.id)).toBe(true);
    await Promise.all([nurse.disconnect(), paris.disconnect()]);
  });

  it('in a narrow window a click leads to what was said, and to no details over it', async () => {
    await bringBack(stage);
    await lookAt(stage).narrowly(async () => {
      const close = stage.page.getByRole('button', { name: en('shell.close-details') });
      await contactRow(stage.page, 'Romeo').click();
      await stage.page.getByRole('button', { name: en('conversation.details') }).click();
      await close.waitFor();
      await putAway(stage);
      await romeo.sendMessage(juliet.jid, 'behind nothing');
      const one = await shown(({ body }) => body === 'behind nothing');
      stage.desktop.notifications.click(one.id);
      await soon(unread).toBe(0);
      expect(await close.count()).toBe(0);
      await stage.page.keyboard.press('Escape');
    });
  });

  it('a contact comes online, where that is wanted', async () => {
    await away();
    const { notices } = defaultSettings;
    await settings(stage.page, { notices: { ...notices, online: { show: true, text: true, sound: false } } });
    await romeo.goUnavailable();
    const account = await accountOf(stage.page);
    const romeoNow = async () => {
      const { contacts } = (await ask(stage.page, 'roster.state', { account })).value;
      return contacts.find(({ jid }) => jid === romeo.bareJid)?.presence.kind;
    };
    await soon(romeoNow).toBe('offline');
    await settled(signedIn);
    await romeo.setPresence({ status: 'under the balcony' });
    const one = await shown(({ summary }) => summary === en('notification.online', { name: 'Romeo' }));
    expect(one.body).toBe('under the balcony');
    await romeo.goUnavailable();
    await soon(() => isClosed(one.id)).toBe(true);
    await romeo.setPresence({});
  });
});
