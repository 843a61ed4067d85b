import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright';
import type { Peer } from '../../peers/peer';
import { configure, peerJoins, peerSays } from '../../core/rooms-support';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const reactions = (id: string, ...emojis: readonly string[]) =>
  `<reactions xmlns='urn:xmpp:reactions:0' id='${id}'>${emojis.map((one) => `<reaction>${one}</reaction>`).join('')}</reactions><store xmlns='urn:xmpp:hints'/>`;

describe('reactions', () => {
  let talk: Talk;
  let look: Look;
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const message = (text: string): Locator =>
    log(talk.stage.page).locator('article').filter({ hasText: text });
  const chip = (text: string, emoji: string, ...who: readonly string[]): Locator =>
    message(text).getByRole('button', {
      name: `${emoji} ${who.length} ${who.join(' and ')}`,
      exact: true,
    });
  const picker = (): Locator => talk.stage.page.getByRole('dialog', { name: en('conversation.react') });
  const given = (peer: Peer, emoji: string): Promise<string> =>
    peer.waitForRaw((xml) => xml.includes('urn:xmpp:reactions:0') && xml.includes(emoji));

  it('of the other side stand below the message, each with its number', async () => {
    await talk.write('Wherefore art thou Romeo?');
    const { id } = await talk.nextFor(talk.romeo);
    await talk.romeo.sendRaw(
      `<message type='chat' id='r-1' to='${talk.juliet.jid}'>${reactions(id ?? '', '❤️', '🌹')}</message>`,
    );
    await chip('Wherefore', '❤️', 'Romeo').waitFor();
    await chip('Wherefore', '🌹', 'Romeo').waitFor();
    // No message, and nothing that counts as unread.
    expect(await talk.bodies().count()).toBe(1);
  });

  it('a click takes one’s own to them, another takes it away', async () => {
    const { page } = talk.stage;
    await chip('Wherefore', '❤️', 'Romeo').click();
    await given(talk.romeo, '❤️');
    const both = chip('Wherefore', '❤️', 'Romeo', en('conversation.you'));
    await soon(() => both.getAttribute('aria-pressed')).toBe('true');
    await soon(() => both.innerText()).toContain('2');
    await page.mouse.move(0, 0);
    await both.hover();
    await soon(() =>
      page
        .locator('.tip')
        .allTextContents()
        .then((all) => all.join()),
    ).toContain('Romeo and You');
    await both.click();
    await soon(() => chip('Wherefore', '❤️', 'Romeo').getAttribute('aria-pressed')).toBe('false');
  });

  it('the picker opens from the message, with the pointer and by key, and the focus comes back', async () => {
    const { page } = talk.stage;
    await talk.romeo.sendRaw(
      `<message type='chat' id='by-yonder-moon' to='${talk.juliet.jid}'><body>Lady, by yonder blessed moon I vow</body></message>`,
    );
    await message('yonder').hover();
    await message('yonder')
      .getByRole('button', { name: en('conversation.react') })
      .click();
    await picker().getByRole('combobox').waitFor();
    await page.keyboard.type('crescent moon');
    await picker().locator('[role="option"]').first().waitFor();
    await look.look('reactions-picker');
    await page.keyboard.press('Escape');
    await picker().waitFor({ state: 'detached' });
    await soon(() => message('yonder').evaluate((row) => row === document.activeElement)).toBe(true);

    await message('yonder').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('conversation.react') }).click();
    await picker().getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await picker().waitFor({ state: 'detached' });
    await message('yonder').focus();
    await page.keyboard.press('e');
    await picker().getByRole('combobox').waitFor();
    await page.keyboard.type('heart eyes');
    await picker().locator('[role="option"]').first().waitFor();
    await page.keyboard.press('Enter');
    await picker().waitFor({ state: 'detached' });
    const said = await given(talk.romeo, 'by-yonder-moon');
    expect(said).toContain('😍');
    await chip('yonder', '😍', en('conversation.you')).waitFor();
    await soon(() => message('yonder').evaluate((row) => row === document.activeElement)).toBe(true);
    // A Tab from there goes to them.
    await composer(page).focus();
    await look.lookAround('reactions');
    await look.lookForced('reactions-forced');
    await look.narrowly(() => look.look('reactions-narrow'));
  });

  it('in a room everybody’s are told apart', async () => {
    const { page } = talk.stage;
    const room = `verona@conference.${talk.server.domain}`;
    const account = await accountOf(page);
    await peerJoins(talk.romeo, room, 'Romeo');
    await configure(talk.romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await peerJoins(talk.nurse, room, 'Nurse').catch(() => undefined);
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Verona' })
      .click();
    await composer(page, 'Verona').waitFor();
    await peerSays(talk.romeo, room, 'A thousand times the worse');
    await message('A thousand').waitFor();
    const heard = await talk.nurse.waitForRaw((xml) => xml.includes('A thousand'));
    const id = /\bid=["']([^"']+)/.exec(/<stanza-id[^>]*>/.exec(heard)?.[0] ?? '')?.[1] ?? '';
    const says = (peer: Peer, ...emojis: readonly string[]): Promise<void> =>
      peer.sendRaw(`<message type='groupchat' id='one' to='${room}'>${reactions(id, ...emojis)}</message>`);
    await says(talk.romeo, '👍', '🎉');
    await chip('A thousand', '🎉', 'Romeo').waitFor();
    await says(talk.nurse, '👍', '😮');
    await chip('A thousand', '👍', 'Romeo', 'Nurse').click();
    await given(talk.romeo, '👍');
    const all = message('A thousand').getByRole('button', { name: /Romeo, Nurse,? and You/ });
    await soon(() => all.innerText()).toContain('3');
    await look.lookAround('reactions-room');
  });
});
