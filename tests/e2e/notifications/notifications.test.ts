import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src-shared/model/settings';
import type { ShownNotification } from '../../desktop/notifications';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer } from '../../servers/shared';
import {
  ask,
  accountOf,
  befriend,
  bringBack,
  composer,
  en,
  inMain,
  log,
  openChat,
  openStage,
  putAway,
  settings,
  signIn,
  soon,
  type Stage,
} from '../support';

describe.each([true, false])('notifications over D-Bus, inline-reply offered: %s', (inlineReply) => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: { readonly jid: string; readonly password: string };
  let romeo: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    [stage, romeo] = await Promise.all([
      openStage({ inlineReply }),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });
  beforeEach(async () => {
    await ask(stage.page, 'chat.read', { account: await accountOf(stage.page), peer: romeo.bareJid });
    stage.desktop.notifications.clear();
    if (await inMain(stage, (window) => window.isVisible())) await putAway(stage);
  });

  const shownWith = (body: string): Promise<ShownNotification> =>
    stage.desktop.notifications.waitFor((one) => one.body === body && !one.closed, 20_000);
  const isClosed = (id: number): boolean | undefined =>
    stage.desktop.notifications.list().find((one) => one.id === id)?.closed;
  const unread = async (): Promise<number | undefined> => {
    const account = await accountOf(stage.page);
    const chats = (await ask(stage.page, 'chats.list', { account })).value;
    return chats.find(({ peer }) => peer === romeo.bareJid)?.unread;
  };

  it('says who and what, with the buttons that this daemon can have', async () => {
    await romeo.sendMessage(juliet.jid, 'Is it <b>you</b> & me?');
    const one = await shownWith('Is it &lt;b&gt;you&lt;/b&gt; &amp; me?');
    expect(one).toMatchObject({ appName: 'Flint', summary: 'Romeo' });
    expect(one.hints).toMatchObject({ 'desktop-entry': 'flint', category: 'im.received' });
    expect(one.actions.map(({ key }) => key)).toEqual([
      'default',
      ...(inlineReply ? ['inline-reply'] : []),
      'mark-read',
    ]);
  });

  it('a second message of the same conversation takes the place of the first, and says both', async () => {
    await romeo.sendMessage(juliet.jid, 'one');
    const first = await shownWith('one');
    await romeo.sendMessage(juliet.jid, 'two');
    expect((await shownWith('one\ntwo')).id).toBe(first.id);
    expect(stage.desktop.notifications.list().map(({ summary }) => summary)).toEqual(['Romeo (2)']);
  });

  it('a click opens the conversation in the window', async () => {
    await romeo.sendMessage(juliet.jid, 'click me');
    stage.desktop.notifications.click((await shownWith('click me')).id);
    await soon(() => inMain(stage, (window) => [window.isVisible(), window.isFocused()])).toEqual([
      true,
      true,
    ]);
    await composer(stage.page).waitFor();
    await soon(() => log(stage.page).innerText()).toContain('click me');
    await soon(unread).toBe(0);
  });

  it('marking it as read takes the unread mark away without opening anything', async () => {
    await romeo.sendMessage(juliet.jid, 'read me');
    const one = await shownWith('read me');
    await soon(unread).toBe(1);
    stage.desktop.notifications.invoke(one.id, 'mark-read');
    await soon(unread).toBe(0);
    expect(await inMain(stage, (window) => window.isVisible())).toBe(false);
  });

  if (inlineReply) {
    it('a reply from it is sent, and counts as having read', async () => {
      await romeo.sendMessage(juliet.jid, 'answer me');
      stage.desktop.notifications.reply((await shownWith('answer me')).id, '好 <&> 👋');
      expect(await romeo.waitForMessage(({ body }) => body === '好 <&> 👋')).toMatchObject({ type: 'chat' });
      await soon(unread).toBe(0);
      expect(await inMain(stage, (window) => window.isVisible())).toBe(false);
    });
  }

  it('goes when the conversation is read in the window', async () => {
    await romeo.sendMessage(juliet.jid, 'seen in the window');
    const one = await shownWith('seen in the window');
    await bringBack(stage);
    await openChat(stage.page);
    await soon(() => isClosed(one.id)).toBe(true);
  });

  it('hides the text where the settings say so', async () => {
    const { notices } = defaultSettings;
    await settings(stage.page, { notices: { ...notices, message: { ...notices.message, text: false } } });
    await romeo.sendMessage(juliet.jid, 'canary in the notification');
    await shownWith(en('notification.newMessage', { count: 1 }));
    expect(JSON.stringify(stage.desktop.notifications.list())).not.toContain('canary');
    await settings(stage.page, { notices });
  });

  it('there is none for the conversation in front, nor in do not disturb', async () => {
    await bringBack(stage);
    await openChat(stage.page);
    await romeo.sendMessage(juliet.jid, 'you are looking at it');
    await soon(() => log(stage.page).innerText()).toContain('you are looking at it');
    await stage.desktop.tray.choose(en('presence.dnd'));
    await putAway(stage);
    await romeo.sendMessage(juliet.jid, 'shh');
    await soon(unread).toBe(1);
    expect(stage.desktop.notifications.list()).toEqual([]);
    await stage.desktop.tray.choose(en('presence.online'));
  });
});
