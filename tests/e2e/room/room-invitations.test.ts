import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins } from '../../core/rooms-support';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

describe('invitations to rooms', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let view: Look;
  const unique = Date.now().toString(36);
  const room = (name: string): string => `${name}-${unique}@conference.${server.domain}`;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    const romeoAccount = await server.newAccount('romeo');
    [stage, romeo] = await Promise.all([openStage(), connectPeer(server, romeoAccount)]);
    for (const name of ['feast', 'tomb']) await peerJoins(romeo, room(name), 'Romeo');
    await configure(romeo, room('feast'), { 'muc#roomconfig_roomname': 'The feast' });
    await signIn(stage.page, juliet, server.wsUrl);
    await ask(stage.page, 'roster.add', {
      account: await accountOf(stage.page),
      peer: romeoAccount.jid,
      name: 'Romeo Montague',
      groups: [],
      message: null,
    });
    view = lookAt(stage);
    await view.resize(WIDE);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const entry = (name: string): Locator =>
    sidebar(stage.page)
      .getByRole('listitem')
      .filter({ hasText: room(name) });

  it('T7 stand among the requests, and are joined or declined', async () => {
    await romeo.sendRaw(
      `<message to='${juliet.jid}'><x xmlns='jabber:x:conference' jid='${room('feast')}' reason='Bring a mask'/></message>`,
    );
    await romeo.sendRaw(
      `<message to='${room('tomb')}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='${juliet.jid}'/></x></message>`,
    );
    await entry('feast')
      .getByText(en('room.invitation-by', { name: 'Romeo Montague' }))
      .waitFor();
    await entry('tomb').waitFor();
    await view.lookAround('rooms-invitations');
    await entry('tomb')
      .getByRole('button', { name: en('room.invitation-decline-label', { room: room('tomb') }) })
      .click();
    await entry('tomb').waitFor({ state: 'detached' });
    await romeo.waitForRaw((xml) => xml.includes('<decline') && xml.includes(juliet.jid));
    await entry('feast')
      .getByRole('button', { name: en('room.invitation-join', { room: room('feast') }), exact: true })
      .click();
    await composer(stage.page, 'The feast').waitFor();
    await entry('feast').waitFor({ state: 'detached' });
  });

  it('others are invited from the menu of the room, found by their names', async () => {
    const { page } = stage;
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The feast' })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.invite-more') }).click();
    const dialog = page.getByRole('dialog', { name: en('room.invite-title', { name: 'The feast' }) });
    await dialog.getByLabel(en('selection.forward-find')).fill('monta');
    await dialog.getByRole('option', { name: 'Romeo Montague' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByLabel(en('room.invite-reason')).fill('It begins at nine');
    await view.lookAround('rooms-invite');
    await dialog.getByRole('button', { name: en('room.invite-action-many', { count: 1 }) }).click();
    await dialog.waitFor({ state: 'detached' });
    await romeo.waitForRaw((xml) => xml.includes('jabber:x:conference') && xml.includes('It begins at nine'));
    await soon(() => page.getByText(en('room.invited', { names: 'Romeo Montague' })).count()).toBe(1);
  });

  it('whoever is in the room already is not offered, though no details are open', async () => {
    const { page } = stage;
    await peerJoins(romeo, room('ball'), 'Romeo');
    const ball = { 'muc#roomconfig_roomname': 'The ball', 'muc#roomconfig_whois': 'anyone' };
    await configure(romeo, room('ball'), ball);
    const into = { peer: room('ball'), nick: null, password: null, create: false };
    await ask(page, 'room.join', { account: await accountOf(page), ...into });
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The ball' })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.invite-more') }).click();
    const dialog = page.getByRole('dialog', { name: en('room.invite-title', { name: 'The ball' }) });
    await dialog.getByLabel(en('selection.forward-find')).fill('monta');
    await dialog.getByText(en('selection.forward-none', { query: 'monta' })).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('a subject that the room does not take is said so, and then not offered', async () => {
    const { page } = stage;
    const allow = (all: '0' | '1') => configure(romeo, room('ball'), { 'muc#roomconfig_changesubject': all });
    const option = sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The ball' });
    const item = page.getByRole('menuitem', { name: en('room.subject-change') });
    const offered = async (): Promise<number> => {
      await option.click({ button: 'right' });
      await page.getByRole('menuitem', { name: en('room.invite-more') }).waitFor();
      const count = await item.count();
      await page.keyboard.press('Escape');
      await item.waitFor({ state: 'detached' });
      return count;
    };
    expect(await offered()).toBe(0);
    await allow('1');
    await soon(offered).toBe(1);
    await option.click({ button: 'right' });
    await item.click();
    const dialog = page.getByRole('dialog', { name: en('room.subject-title', { name: 'The ball' }) });
    await dialog.getByLabel(en('room.subject')).fill('Dancing');
    await allow('0');
    await dialog.getByRole('button', { name: en('common.save') }).click();
    await dialog.getByText(en('error.server-refused', { condition: 'forbidden' })).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await soon(offered).toBe(0);
  });

  it('a private group is made out of a conversation, with both in it', async () => {
    const { page } = stage;
    const contact = sidebar(page).getByRole('treeitem', { name: 'Romeo Montague' }).first();
    await contact.click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.add-people') }).waitFor();
    await page.keyboard.press('Escape');
    await contact.dblclick();
    await composer(page, 'Romeo Montague').waitFor();
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page
      .getByRole('complementary', { name: en('shell.details') })
      .getByRole('button', { name: en('room.add-people') })
      .waitFor();
    await view.look('add-people');
    await page.getByRole('button', { name: en('conversation.details'), exact: true }).click();
    await page.getByRole('button', { name: en('conversation.menu') }).click();
    await page.getByRole('menuitem', { name: en('room.add-people') }).click();
    const dialog = page.getByRole('dialog', { name: en('room.create-group') });
    await dialog.getByLabel(en('room.create-name')).fill('The wedding');
    await view.lookAround('rooms-create-group');
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    await composer(page, 'The wedding').waitFor();
    await romeo.waitForRaw((xml) => xml.includes('<invite') && xml.includes('muc#user'));
  });

  it('an open channel is two clicks away, and closed for good by its owner', async () => {
    const { page } = stage;
    await sidebar(page)
      .getByRole('button', { name: en('room.more') })
      .click();
    await view.look('rooms-more');
    await page.getByRole('menuitem', { name: en('room.create-channel') }).click();
    const dialog = page.getByRole('dialog', { name: en('room.create-channel') });
    await dialog.getByLabel(en('room.create-name')).fill(`Market ${unique}`);
    await dialog.getByLabel(en('room.description')).fill('Fruit and fish');
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    await composer(page, `Market ${unique}`).waitFor();
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page.getByRole('listbox', { name: en('room.people') }).waitFor();
    await page.getByText('Fruit and fish').waitFor();
    await view.lookAround('rooms-own');
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: `Market ${unique}` })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.destroy') }).click();
    const asks = page.getByRole('dialog', {
      name: en('room.destroy-title', { name: `Market ${unique}` }),
    });
    await asks.getByLabel(en('room.reason')).fill('No more fish');
    await view.look('rooms-destroy');
    await asks.getByRole('button', { name: en('room.destroy-action') }).click();
    const bar = page.getByRole('form', { name: en('room.out-destroyed-title') });
    await soon(() => bar.innerText()).toContain('No more fish');
  });
});
