import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forGood } from '../../../src-shared/model/conversation';
import { shot } from '../../desktop/app';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE } from '../look';
import {
  accountOf,
  ask,
  befriend,
  composer,
  contactRow,
  en,
  openStage,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('pinned, muted and archived conversations', () => {
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
    await nurse.sendMessage(juliet.jid, 'Your lady mother is coming');
    await row('Nurse').waitFor();
    await romeo.sendMessage(juliet.jid, 'It is the east');
    await row('Romeo').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), nurse.disconnect()]);
    await stage.stop();
  });

  const list = (name = en('roster.chats')): Locator => sidebar(stage.page).getByRole('listbox', { name });
  const row = (name: string, of = en('roster.chats')): Locator => list(of).getByRole('option', { name });
  const names = (): Promise<string[]> => list().locator('.nm').allInnerTexts();
  const item = (name: string): Locator => stage.page.getByRole('menuitem', { name });
  const menu = (name: string): Promise<void> => row(name).click({ button: 'right' });
  const marksOf = async ({ bareJid }: Peer) => {
    const { value } = await ask(stage.page, 'chats.list', { account: await accountOf(stage.page) });
    return value.find(({ peer }) => peer === bareJid)?.marks;
  };
  const title = (): Promise<string> => stage.page.title();

  it('a pinned one stands before all others, the keys do what the menu does', async () => {
    await soon(names).toEqual(['Romeo', 'Nurse']);
    await menu('Nurse');
    await item(en('chats.pin')).click();
    await soon(names).toEqual(['Nurse', 'Romeo']);
    await soon(() => row('Nurse').innerText()).toContain(en('chats.is-pinned'));
    await list().focus();
    await stage.page.keyboard.press('Home');
    await stage.page.keyboard.press('Control+Shift+P');
    await soon(names).toEqual(['Romeo', 'Nurse']);
    await stage.page.keyboard.press('Control+Shift+P');
    await soon(names).toEqual(['Nurse', 'Romeo']);
    // Seen in the window: what it does not know yet the next key would set again.
    const words = (): Promise<string> => row('Nurse').innerText();
    await stage.page.keyboard.press('Control+Shift+M');
    await soon(words).toContain(en('chats.is-muted'));
    await stage.page.keyboard.press('Control+Shift+M');
    await soon(words).not.toContain(en('chats.is-muted'));
    await soon(title).toBe('(2) Flint');
    await stage.page.keyboard.press('Control+Shift+U');
    await soon(title).toBe('(1) Flint');
    await stage.page.keyboard.press('Control+Shift+U');
    await soon(words).toContain(en('chats.is-unread'));
    await nurse.sendMessage(juliet.jid, 'Your lady mother waits');
    await soon(title).toBe('(2) Flint');
  });

  it('a muted one counts nowhere, for as long as was chosen', async () => {
    await soon(title).toBe('(2) Flint');
    const view = lookAt(stage);
    await view.resize(WIDE);
    await menu('Romeo');
    await view.look('chat-marks-menu');
    await item(en('chats.mute')).press('ArrowRight');
    await item(en('chats.mute-hour')).waitFor();
    await shot(stage.page, 'chat-marks-mute');
    await item(en('chats.mute-hour')).click();
    await soon(title).toBe('(1) Flint');
    const until = (await marksOf(romeo))?.mutedUntil ?? 0;
    expect(Math.abs(until - Date.now() - 3_600_000)).toBeLessThan(60_000);
    await soon(() => row('Romeo').innerText()).toContain(en('chats.is-muted'));
    await view.lookAround('chat-marks');
    // What is over is taken back by itself.
    const account = await accountOf(stage.page);
    const marks = { mutedUntil: Date.now() + 1_000 };
    await ask(stage.page, 'chat.mark', { account, peer: romeo.bareJid, marks });
    await soon(title).toBe('(2) Flint');
  });

  it('marked as read and as unread again', async () => {
    await menu('Romeo');
    await item(en('chats.mark-read')).click();
    await soon(title).toBe('(1) Flint');
    await menu('Romeo');
    await item(en('chats.mark-unread')).click();
    await soon(() => row('Romeo').innerText()).toContain(en('chats.is-unread'));
    await row('Romeo').click();
    await soon(() => row('Romeo').innerText()).not.toContain(en('chats.is-unread'));
    await soon(async () => (await marksOf(romeo))?.unread).toBe(false);
  });

  it('is not archived or left by the keys of a text field', async () => {
    await row('Romeo').click();
    const field = composer(stage.page);
    await field.fill('under');
    await field.press('Control+u');
    await field.press('Control+e');
    await field.press('End');
    await field.pressSequentially('lined');
    expect(await field.inputValue()).toBe('underlined');
    expect(await marksOf(romeo)).toMatchObject({ archived: false, unread: false });
    await field.fill('');
  });

  it('one in which nothing was said yet is read too once it is open', async () => {
    const account = await accountOf(stage.page);
    const peer = `tybalt@${server.domain}`;
    await ask(stage.page, 'roster.add', { account, peer, name: 'Tybalt', groups: [], message: null });
    await ask(stage.page, 'chat.mark', { account, peer, marks: { pinned: true, unread: true } });
    await soon(() => row('Tybalt').innerText()).toContain(en('chats.is-unread'));
    await row('Tybalt').click();
    await soon(() => row('Tybalt').innerText()).not.toContain(en('chats.is-unread'));
    await ask(stage.page, 'chat.mark', { account, peer, marks: { pinned: false } });
  });

  it('the bell of an open one says what it notifies of and mutes it; what is set is seen on it', async () => {
    await row('Romeo').click();
    const bell = stage.page.getByRole('main').getByRole('button', { name: en('chats.rule'), exact: true });
    await bell.click();
    await lookAt(stage).look('chat-bell');
    // Escape gives the focus back, and tells nothing unasked.
    await stage.page.keyboard.press('Escape');
    await soon(() => bell.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await stage.page.getByRole('tooltip').count()).toBe(0);
    await bell.click();
    await stage.page.getByRole('menuitemradio', { name: en('chats.rule-none') }).click();
    await soon(async () => (await marksOf(romeo))?.rule).toBe('none');
    await bell.click();
    await stage.page.getByRole('menuitemradio', { name: en('chats.rule-default') }).click();
    await soon(async () => (await marksOf(romeo))?.rule).toBe('default');
    await bell.click();
    await item(en('chats.mute-hours')).click();
    await soon(async () => (await marksOf(romeo))?.mutedUntil ?? null).not.toBeNull();
    await bell.click();
    await stage.page.getByRole('menuitem', { name: /^Unmute/ }).click();
    await soon(async () => (await marksOf(romeo))?.mutedUntil).toBeNull();
    // The keys that its menu shows work there too, and on a contact's row.
    await composer(stage.page).focus();
    await stage.page.keyboard.press('Control+Shift+M');
    await soon(() => row('Romeo').innerText()).toContain(en('chats.is-muted'));
    await contactRow(stage.page, 'Romeo').click();
    await stage.page.getByRole('tree').focus();
    await stage.page.keyboard.press('Control+Shift+M');
    await soon(() => row('Romeo').innerText()).not.toContain(en('chats.is-muted'));
    // Whoever writes quotes by keys that mark a row elsewhere; the second ones are for the list alone.
    await composer(stage.page).focus();
    await stage.page.keyboard.press('Control+Shift+U');
    await soon(() => composer(stage.page).inputValue()).toBe('> ');
    await composer(stage.page).fill('');
  });

  it('an archived one lies under its own head, and comes back with a message unless it is muted', async () => {
    await row('Nurse').click();
    await list().focus();
    await stage.page.keyboard.press('Control+E');
    await soon(names).toEqual(['Romeo']);
    await sidebar(stage.page)
      .getByRole('button', { name: en('chats.archived') })
      .click();
    await row('Nurse', en('chats.archived')).waitFor();
    await lookAt(stage).look('chat-marks-archived');
    await nurse.sendMessage(juliet.jid, 'Madam!');
    await soon(names).toContain('Nurse');
    const account = await accountOf(stage.page);
    const marks = { archived: true, mutedUntil: forGood };
    await ask(stage.page, 'chat.mark', { account, peer: nurse.bareJid, marks });
    await nurse.sendMessage(juliet.jid, 'Anon!');
    await sidebar(stage.page)
      .getByRole('button', { name: en('chats.archived') })
      .click();
    await soon(() => row('Nurse', en('chats.archived')).innerText()).toContain('Anon!');
    expect(await names()).toEqual(['Romeo']);
  });
});
