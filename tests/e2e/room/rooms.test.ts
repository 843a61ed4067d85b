import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, configure, peerJoins, peerSays } from '../../core/rooms-support';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { meddler, type Meddler } from '../../support/meddler';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openStage, sidebar, signIn, soon, type Stage } from '../support';

describe('rooms', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;
  let view: Look;
  const name = `verona-${Date.now().toString(36)}`;
  let room = '';
  let between: Meddler;
  /** The room, or the service, whose trouble this is. */
  let troubled = '';
  const troubles = (frame: string): string => {
    const [, kind = '', rest = ''] = /^<(iq|presence)([^>]*)>/.exec(frame) ?? [];
    const attribute = (name: string): string => new RegExp(` ${name}=["']([^"']*)`).exec(rest)?.[1] ?? '';
    const [from, id] = [attribute('from'), attribute('id')];
    const error = (condition: string): string =>
      `<${kind} xmlns='jabber:client' type='error' id='${id}' from='${from}'><error type='wait'>` +
      `<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></${kind}>`;
    if (troubled === '' || !from.includes(troubled)) return frame;
    if (kind === 'iq') return troubled.includes('@') ? frame : error('remote-server-not-found');
    return kind === 'presence' && frame.includes('110') ? error('internal-server-error') : frame;
  };

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    const peer = async (who: string): Promise<Peer> => connectPeer(server, await server.newAccount(who));
    [stage, romeo, nurse] = await Promise.all([openStage(), peer('romeo'), peer('nurse')]);
    room = `${name}@conference.${server.domain}`;
    await peerJoins(romeo, room, 'Romeo');
    await configure(romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await peerJoins(nurse, room, 'Nurse', '').catch(() => undefined);
    between = await meddler(server.wsUrl, (way, frame) => (way === 'down' ? troubles(frame) : frame));
    await signIn(stage.page, juliet, between.url);
    view = lookAt(stage);
    await view.resize(WIDE);
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), nurse.disconnect()]);
    await stage.stop();
    await between.stop();
  });

  const rooms = (): Locator => sidebar(stage.page).getByRole('listbox', { name: en('room.rooms') });
  const dialog = (): Locator => stage.page.getByRole('dialog', { name: en('room.join'), exact: true });
  const field = (label: string): Locator => dialog().getByLabel(label, { exact: true });
  const bodies = (): Locator => log(stage.page).locator('article p.body');
  const write = async (text: string): Promise<void> => {
    await composer(stage.page, 'Verona').focus();
    await stage.page.keyboard.insertText(text);
    await stage.page.keyboard.press('Enter');
  };

  it('is joined by its name; a name that is taken is answered with another', async () => {
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.join') })
      .first()
      .click();
    await soon(() => dialog().innerText()).toContain(`conference.${server.domain}`);
    await view.lookAround('rooms-join');
    await field(en('room.join-address')).fill(name);
    await field(en('room.join-nick')).fill('Romeo');
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await dialog()
      .getByText(en('room.refused-nick-taken-title', { nick: 'Romeo' }))
      .waitFor();
    await view.look('rooms-nick-taken');
    await field(en('room.join-nick')).fill('Juliet');
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await composer(stage.page, 'Verona').waitFor();
    await rooms().getByRole('option', { name: 'Verona' }).waitFor();
    await soon(() => rooms().innerText()).toContain('3');
  });

  it('what is said has its nick; what names us is told apart, and told', async () => {
    await peerSays(romeo, room, 'It is the east', 'what-romeo-says');
    await soon(() => bodies().allInnerTexts()).toEqual(['It is the east']);
    await peerSays(nurse, room, 'Juliet! Your lady mother is coming.');
    await soon(() => log(stage.page).locator('article.mention').count()).toBe(1);
    await write('Anon, good nurse!');
    const heard = await romeo.waitForMessage(({ body }) => body === 'Anon, good nurse!');
    expect(heard.from).toBe(`${room}/Juliet`);
    await soon(() => log(stage.page).locator('article .state').last().innerText()).toBe(
      en('common.delivery-sent'),
    );
    await romeo.sendRaw(
      `<message type='groupchat' to='${room}'><subject>The balcony, after dark</subject></message>`,
    );
    await log(stage.page)
      .getByText(en('room.event-subject', { nick: 'Romeo', text: 'The balcony, after dark' }))
      .waitFor();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
    const people = stage.page.getByRole('listbox', { name: en('room.people') });
    await people.getByRole('option', { name: 'Romeo' }).waitFor();
    await view.lookAround('rooms');
    await view.narrowly(() => view.look('rooms-narrow'));
  });

  it('one’s own comes back with ↑ to be corrected, or can be deleted for everyone; what others correct says so', async () => {
    const { page } = stage;
    await composer(page, 'Verona').focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => composer(page, 'Verona').inputValue()).toBe('Anon, good nurse!');
    await composer(page, 'Verona').fill('Anon, sweet nurse!');
    await page.keyboard.press('Enter');
    const corrected = await romeo.waitForMessage(({ body }) => body === 'Anon, sweet nurse!');
    expect(corrected).toMatchObject({ from: `${room}/Juliet`, type: 'groupchat' });
    expect(corrected.replaces).toBeTruthy();
    await romeo.sendRaw(
      `<message type='groupchat' id='corrected' to='${room}'><body>It is the east, and Juliet is the sun</body><replace xmlns='urn:xmpp:message-correct:0' id='what-romeo-says'/></message>`,
    );
    await log(page).getByText('It is the east, and Juliet is the sun').waitFor();
    await soon(() => log(page).locator('button.edited').count()).toBe(2);
    expect(await bodies().count()).toBe(3);
    await log(page).getByText('Anon, sweet nurse!').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('conversation.retract'), exact: true }).waitFor();
    await view.look('rooms-corrected');
    await page.keyboard.press('Escape');
  });

  it('T10 who writes to us alone has a conversation of his own', async () => {
    await nurse.sendRaw(
      `<message type='chat' id='alone' to='${room}/Juliet'><body>Peace!</body><x xmlns='http://jabber.org/protocol/muc#user'/></message>`,
    );
    const title = en('room.private-name', { nick: 'Nurse', room: 'Verona' });
    const row = sidebar(stage.page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name: title });
    await row.click();
    await composer(stage.page, title).waitFor();
    // With all that one can do in any other.
    const said = log(stage.page).locator('article').filter({ hasText: 'Peace!' });
    await said.hover();
    await said.getByRole('button', { name: en('conversation.reply'), exact: true }).click();
    await stage.page.keyboard.insertText('Madam?');
    await stage.page.keyboard.press('Enter');
    const answer = await nurse.waitForMessage(({ body }) => body?.endsWith('Madam?') === true);
    expect(answer).toMatchObject({ from: `${room}/Juliet`, type: 'chat', body: '> Peace!\nMadam?' });
    await nurse.sendRaw(
      `<message type='chat' id='heard' to='${room}/Juliet'><reactions xmlns='urn:xmpp:reactions:0' id='${answer.id ?? ''}'>` +
        `<reaction>👍</reaction></reactions><x xmlns='http://jabber.org/protocol/muc#user'/></message>`,
    );
    await log(stage.page).getByRole('button', { name: /👍/u }).waitFor();
    await view.look('rooms-private');
  });

  it('whoever is removed is told so where it happened, and may come back', async () => {
    await rooms().getByRole('option', { name: 'Verona' }).click();
    await admin(romeo, room, `<item nick='Juliet' role='none'><reason>Too late for you</reason></item>`);
    const bar = stage.page.getByRole('form', { name: en('room.out-kicked-title') });
    await bar.waitFor();
    expect(await bar.innerText()).toContain('Too late for you');
    await view.lookAround('rooms-kicked');
    const service = `conference.${server.domain}`;
    troubled = service;
    await bar.getByRole('button', { name: en('room.join-again') }).click();
    const away = stage.page.getByRole('form', { name: en('room.refused-no-service-title', { service }) });
    await away.waitFor();
    await view.look('rooms-away');
    troubled = '';
    await away.getByRole('button', { name: en('room.join-again') }).click();
    await composer(stage.page, 'Verona').waitFor();
    await soon(() => bodies().count()).toBe(3);
  });

  it('after a restart it is there again by itself, nothing twice', async () => {
    await stage.restart();
    await rooms().getByRole('option', { name: 'Verona' }).click();
    await soon(() => rooms().innerText()).toContain('3');
    await soon(() => bodies().count()).toBe(3);
    await write('Still here');
    await romeo.waitForMessage(({ body }) => body === 'Still here');
    const account = await accountOf(stage.page);
    const page = () => ask(stage.page, 'messages.page', { account, peer: room, anchor: null, limit: 50 });
    await soon(async () => (await page()).value.messages.filter(({ kind }) => kind === 'chat').length).toBe(
      4,
    );
  });

  it('another is joined from the menu of the list, with the password that it asks for', async () => {
    const cellar = `cellar-${name}`;
    await peerJoins(romeo, `${cellar}@conference.${server.domain}`, 'Romeo');
    await configure(romeo, `${cellar}@conference.${server.domain}`, {
      'muc#roomconfig_roomname': 'Cellar',
      'muc#roomconfig_passwordprotectedroom': '1',
      'muc#roomconfig_roomsecret': 'birch',
    });
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.more') })
      .click();
    await stage.page.getByRole('menuitem', { name: en('room.join') }).click();
    await field(en('room.join-address')).fill(cellar);
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await field(en('room.join-password')).fill('birch');
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await composer(stage.page, 'Cellar').waitFor();
    await rooms().getByRole('option', { name: 'Verona' }).click();
    await composer(stage.page, 'Verona').waitFor();
  });

  it('another is joined by what it is called, written in full width', async () => {
    const local = `team-lunch-${name}`;
    await peerJoins(romeo, `${local}@conference.${server.domain}`, 'Romeo');
    await configure(romeo, `${local}@conference.${server.domain}`, {
      'muc#roomconfig_roomname': 'Team Lunch',
    });
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.more') })
      .click();
    await stage.page.getByRole('menuitem', { name: en('room.join') }).click();
    await field(en('room.join-address')).fill(`Ｔｅａｍ Ｌｕｎｃｈ ${name}`);
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await composer(stage.page, 'Team Lunch').waitFor();
    await rooms().getByRole('option', { name: 'Verona' }).click();
    await composer(stage.page, 'Verona').waitFor();
  });

  it('one that has trouble is tried again, and gone into when it has none, with what was asked still open', async () => {
    const attic = `attic-${name}@conference.${server.domain}`;
    await peerJoins(romeo, attic, 'Romeo');
    await configure(romeo, attic, { 'muc#roomconfig_roomname': 'Attic' });
    troubled = attic;
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.more') })
      .click();
    await stage.page.getByRole('menuitem', { name: en('room.join') }).click();
    await field(en('room.join-address')).fill(attic);
    await dialog()
      .getByRole('button', { name: en('room.join-done') })
      .click();
    await dialog().getByText(en('room.timed-out')).waitFor();
    await view.look('rooms-troubled');
    troubled = '';
    await dialog().waitFor({ state: 'hidden' });
    await composer(stage.page, 'Attic').waitFor();

    const [nick = ''] = juliet.jid.split('@');
    await admin(romeo, attic, `<item nick='${nick}' role='none'/>`);
    const again = stage.page.getByRole('button', { name: en('room.join-again') });
    await again.waitFor();
    troubled = attic;
    await again.click();
    await composer(stage.page, 'Attic').waitFor();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
    const pane = stage.page.getByRole('complementary', { name: en('shell.details') });
    for (const where of [pane, stage.page.getByRole('status')])
      await where.getByText(en('room.is-waiting')).waitFor();
    await view.lookAround('rooms-waiting');
    troubled = '';
    await pane.getByText(en('room.people-count', { count: 2 })).waitFor();
    await pane.getByRole('button', { name: en('shell.close-details') }).click();
    await rooms().getByRole('option', { name: 'Verona' }).click();
    await composer(stage.page, 'Verona').waitFor();
  });

  it('is left with a question, and what was said stays', async () => {
    await rooms().getByRole('option', { name: 'Verona' }).click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('room.leave') }).click();
    await stage.page.getByRole('button', { name: en('room.leave-action'), exact: true }).click();
    await stage.page.getByRole('form', { name: en('room.out-left-title') }).waitFor();
    expect(await bodies().count()).toBe(4);
    // Still in the list that all devices share.
    await soon(() => rooms().getByRole('option', { name: 'Verona' }).innerText()).toContain(
      en('room.is-out'),
    );
    await view.look('rooms-left');
    await rooms().getByRole('option', { name: 'Verona' }).click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('room.forget') }).click();
    await soon(() => rooms().getByRole('option', { name: 'Verona' }).count()).toBe(0);
    expect(await bodies().count()).toBe(4);
  });
});
