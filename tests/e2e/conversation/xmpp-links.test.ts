import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins } from '../../core/rooms-support';
import { startAgain } from '../../desktop/app';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import {
  accountOf,
  ask,
  befriend,
  composer,
  en,
  log,
  openChat,
  openStage,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('links to people and rooms', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: TestAccount;
  let view: Look;
  let room = '';

  beforeAll(async () => {
    server = connectServer('prosody');
    [juliet, nurse] = await Promise.all([server.newAccount('juliet'), server.newAccount('nurse')]);
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    room = `feast-${Date.now().toString(36)}@conference.${server.domain}`;
    await peerJoins(romeo, room, 'Romeo');
    await configure(romeo, room, { 'muc#roomconfig_roomname': 'The feast' });
    await signIn(stage.page, juliet, server.wsUrl);
    view = lookAt(stage);
    await view.resize(WIDE);
    await befriend(stage.page, romeo);
    await openChat(stage.page);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const link = (text: string): Locator => log(stage.page).getByRole('link', { name: text, exact: true });
  const said = async (text: string): Promise<Locator> => {
    await romeo.sendMessage(juliet.jid, text);
    await link(text).last().waitFor();
    return link(text).last();
  };
  const joined = async (): Promise<readonly string[]> => {
    const { rooms } = (await ask(stage.page, 'rooms.state', { account: await accountOf(stage.page) })).value;
    return rooms.map(({ jid }) => jid);
  };
  const ownFlint = () => startAgain({ desktop: stage.desktop, userData: stage.flint.userData });

  it('T22 a room is joined only once the dialog is answered', async () => {
    await (await said(`xmpp:${room}?join`)).click();
    const dialog = stage.page.getByRole('dialog', { name: en('room.join'), exact: true });
    await soon(() => dialog.getByLabel(en('room.join-address'), { exact: true }).inputValue()).toBe(room);
    await view.look('link-join');
    await stage.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await joined()).toEqual([]);
    await link(`xmpp:${room}?join`).last().click();
    await dialog.getByRole('button', { name: en('room.join-done') }).click();
    await composer(stage.page, 'The feast').waitFor();
    await openChat(stage.page);
  });

  it('T22 somebody new is asked about; a text is put where one writes, and never sent', async () => {
    const text = `xmpp:${nurse.jid}?message;body=Good%20nurse%0Acome`;
    await (await said(text)).click();
    const dialog = stage.page.getByRole('alertdialog', { name: en('link.chat-title', { jid: nurse.jid }) });
    await dialog.getByText('Good nurse').waitFor();
    await view.lookAround('link-chat');
    await view.narrowly(() => view.look('link-chat-narrow'));
    await dialog.getByRole('button', { name: en('common.cancel') }).click();
    await composer(stage.page).waitFor();
    await link(text).last().click();
    await dialog.getByRole('button', { name: en('link.chat-open') }).click();
    await soon(() => composer(stage.page, nurse.name).inputValue()).toBe('Good nurse\ncome');
    const account = await accountOf(stage.page);
    const page = await ask(stage.page, 'messages.page', {
      account,
      peer: nurse.jid,
      anchor: null,
      limit: 10,
    });
    expect(page.value.messages).toEqual([]);
    await openChat(stage.page);
  });

  it('T22 what a link may not want is refused in words', async () => {
    await (await said(`xmpp:${nurse.jid}?subscribe`)).click();
    await stage.page.getByText(en('link.refused')).waitFor();
    await view.look('link-refused');
    const state = await ask(stage.page, 'roster.state', { account: await accountOf(stage.page) });
    expect(state.value.contacts.some(({ jid }) => jid === nurse.jid)).toBe(false);
  });

  it('T22 one that the system hands over is asked about in the window that is there', async () => {
    // The settings are in the way of no question.
    await stage.page.keyboard.press('Control+,');
    await stage.page.getByRole('button', { name: en('settings.privacy'), exact: true }).waitFor();
    const args = [`xmpp:${romeo.bareJid}?message;body=From%20outside`];
    const second = await startAgain({ desktop: stage.desktop, userData: stage.flint.userData, args });
    expect(second.code).toBe(0);
    // A contact: shown at once, the text after what stands there.
    await soon(() => composer(stage.page).inputValue()).toBe('From outside');
    const other = `tybalt-${Date.now().toString(36)}@${server.domain}`;
    await startAgain({
      desktop: stage.desktop,
      userData: stage.flint.userData,
      args: [`xmpp:${other}?subscribe`, `xmpp:${other}`],
    });
    await stage.page.getByRole('alertdialog', { name: en('link.chat-title', { jid: other }) }).waitFor();
    await stage.page.keyboard.press('Escape');
    expect((await ownFlint()).code).toBe(0);
    expect(
      await romeo.waitForMessage(({ body }) => body === 'From outside', 500).catch(() => null),
    ).toBeNull();
  });
});
