import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, configure, peerJoins } from '../../core/rooms-support';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

describe('the people of a room', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;
  let tybalt: TestAccount;
  let view: Look;
  let room = '';

  const enter = (peer: Peer, nick: string): Promise<void> =>
    peer.sendRaw(`<presence to='${room}/${nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`);

  beforeAll(async () => {
    server = connectServer('prosody');
    [juliet, tybalt] = await Promise.all([server.newAccount('juliet'), server.newAccount('tybalt')]);
    const peer = async (who: string): Promise<Peer> => connectPeer(server, await server.newAccount(who));
    [stage, romeo, nurse] = await Promise.all([openStage(), peer('romeo'), peer('nurse')]);
    room = `court-${Date.now().toString(36)}@conference.${server.domain}`;
    await peerJoins(romeo, room, 'Romeo');
    await configure(romeo, room, {
      'muc#roomconfig_roomname': 'The court',
      'muc#roomconfig_moderatedroom': '1',
    });
    await admin(romeo, room, `<item jid='${juliet.jid}' affiliation='owner'/>`);
    await enter(nurse, 'Nurse');
    await signIn(stage.page, juliet, server.wsUrl);
    view = lookAt(stage);
    await view.resize(WIDE);
    const account = await accountOf(stage.page);
    await ask(stage.page, 'room.join', {
      account,
      peer: room,
      nick: 'Juliet',
      password: null,
      create: false,
    });
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The court' })
      .click();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), nurse.disconnect()]);
    await stage.stop();
  });

  const person = (nick: string): Locator =>
    stage.page.getByRole('listbox', { name: en('room.people') }).getByRole('option', { name: nick });
  const menu = (act: string): Locator => stage.page.getByRole('menuitem', { name: act });

  it('somebody who asks to speak is shown above the composer, and let', async () => {
    await nurse.sendRaw(
      `<message to='${room}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#request</value></field>` +
        `<field var='muc#role' type='list-single'><value>participant</value></field></x></message>`,
    );
    await stage.page.getByText(en('moderation.asks', { nick: 'Nurse' })).waitFor();
    await view.lookAround('moderation-asks');
    await view.narrowly(() => view.look('moderation-asks-narrow'));
    await stage.page.getByRole('button', { name: en('moderation.let-label', { nick: 'Nurse' }) }).click();
    await soon(() => stage.page.getByText(en('moderation.asks', { nick: 'Nurse' })).count()).toBe(0);
    await nurse.waitForRaw((xml) => xml.includes(`${room}/Nurse`) && xml.includes('participant'));
  });

  it('whose nick it is, where the room tells, the card of that person says', async () => {
    const { page } = stage;
    await page.mouse.move(700, 700);
    await page.getByRole('listbox', { name: en('room.people') }).focus();
    await page.keyboard.press('End');
    await soon(() => person('Nurse').getAttribute('class')).toContain('is-active');
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('dialog').getByText(nurse.bareJid).waitFor();
    await view.look('rooms-person-card');
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('and so do the details of a conversation with one of them alone', async () => {
    const { page } = stage;
    const details = page.getByRole('complementary', { name: en('shell.details') });
    expect(await details.getByText(en('room.address-of', { nick: 'Nurse' })).count()).toBe(0);
    await person('Nurse').dblclick();
    await composer(page, en('room.private-name', { nick: 'Nurse', room: 'The court' })).waitFor();
    await details.getByText(en('room.address-of', { nick: 'Nurse' })).waitFor();
    await details.getByText(nurse.bareJid).waitFor();
    await view.lookAround('rooms-alone-details');
    await view.narrowly(() => view.look('rooms-alone-details-narrow'));
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The court' })
      .click();
    await composer(page, 'The court').waitFor();
  });

  it('the menu has what the room allows, and asks for a reason', async () => {
    await person('Nurse').click({ button: 'right' });
    await menu(en('moderation.kick')).waitFor();
    expect(await menu(en('moderation.no-admin')).count()).toBe(0);
    await view.lookAround('moderation-menu');
    await menu(en('moderation.kick')).click();
    const dialog = stage.page.getByRole('dialog', { name: en('moderation.kick-title', { nick: 'Nurse' }) });
    await dialog.getByLabel(en('room.reason')).fill('It is late');
    await view.lookAround('moderation-kick');
    await dialog.getByRole('button', { name: en('moderation.kick') }).click();
    await dialog.waitFor({ state: 'detached' });
    const told = await nurse.waitForRaw((xml) => xml.includes('unavailable') && xml.includes('307'));
    expect(told).toContain('It is late');
    await person('Nurse').waitFor({ state: 'detached' });
    await enter(nurse, 'Nurse');
    await person('Nurse').waitFor();
  });

  it('people are banned by their address, and let in again', async () => {
    await stage.page.getByRole('button', { name: en('moderation.lists') }).click();
    const dialog = stage.page.getByRole('dialog', {
      name: en('moderation.lists-title', { name: 'The court' }),
    });
    await dialog.getByText(en('moderation.list-empty')).waitFor();
    await dialog.getByRole('radio', { name: en('moderation.list-outcast') }).click();
    await dialog.getByLabel(en('moderation.address')).fill('nobody');
    await stage.page.keyboard.press('Enter');
    await dialog.getByText(en('moderation.address-wrong')).waitFor();
    await dialog.getByLabel(en('moderation.address')).fill(tybalt.jid);
    await dialog.getByLabel(en('moderation.reason')).fill('Draws his sword at once');
    await stage.page.keyboard.press('Enter');
    await dialog.getByRole('listitem').filter({ hasText: tybalt.jid }).waitFor();
    await view.lookAround('moderation-lists');
    await view.narrowly(() => view.look('moderation-lists-narrow'));
    await dialog.getByRole('button', { name: en('moderation.remove', { jid: tybalt.jid }) }).click();
    await dialog.getByText(en('moderation.list-empty')).waitFor();
    await stage.page.keyboard.press('Escape');
  });

  it('whoever loses the right meanwhile is told so, and may ask to speak like others', async () => {
    await person('Nurse').click({ button: 'right' });
    await menu(en('moderation.ban')).click();
    const dialog = stage.page.getByRole('dialog', { name: en('moderation.ban-title', { nick: 'Nurse' }) });
    await admin(romeo, room, `<item jid='${juliet.jid}' affiliation='none'/>`);
    await stage.page
      .getByRole('region', { name: en('moderation.read-only'), includeHidden: true })
      .waitFor({ state: 'attached' });
    await dialog.getByRole('button', { name: en('moderation.ban') }).click();
    await dialog.getByText(en('moderation.no-longer')).waitFor();
    await view.look('moderation-no-longer');
    await stage.page.keyboard.press('Escape');
    const bar = stage.page.getByRole('region', { name: en('moderation.read-only') });
    await view.lookAround('moderation-read-only');
    await bar.getByRole('button', { name: en('moderation.ask-voice') }).click();
    await bar.getByText(en('moderation.asked-voice')).waitFor();
    await romeo.waitForRaw((xml) => xml.includes('muc#request') && xml.includes('Juliet'));
    await admin(romeo, room, `<item nick='Juliet' role='participant'/>`);
    await composer(stage.page, 'The court').waitFor();
  });

  it('nobody is told to say hello where one may only read', async () => {
    const silent = room.replace('@', '-silent@');
    await peerJoins(romeo, silent, 'Romeo');
    await configure(romeo, silent, { 'muc#roomconfig_moderatedroom': '1' });
    const account = await accountOf(stage.page);
    await ask(stage.page, 'room.join', { account, peer: silent, nick: 'J', password: null, create: false });
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'silent' })
      .click();
    await stage.page.getByRole('region', { name: en('moderation.read-only') }).waitFor();
    await stage.page.getByText(en('room.empty-text')).waitFor();
    expect(await stage.page.getByText(en('conversation.empty-title')).count()).toBe(0);
    // Who is out cannot know what was said.
    await ask(stage.page, 'room.leave', { account, peer: silent });
    await stage.page.getByText(en('room.empty-out')).waitFor();
  });
});
