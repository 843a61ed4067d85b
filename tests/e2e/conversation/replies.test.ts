import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins, peerSays } from '../../core/rooms-support';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const REPLY = 'urn:xmpp:reply:0';

describe('answers to a message', () => {
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
  const bar = (name: string): Locator =>
    talk.stage.page.locator('.composer').getByText(en('conversation.replying', { name }));
  const raw = (id: string, inside: string): Promise<void> =>
    talk.romeo.sendRaw(`<message type='chat' id='${id}' to='${talk.juliet.jid}'>${inside}</message>`);
  const act = (text: string): Locator =>
    message(text).getByRole('button', { name: en('conversation.reply'), exact: true });

  it('begin at the message, with the pointer, its menu or a key; Escape leaves them, and a restart does not', async () => {
    const { page } = talk.stage;
    await talk.romeo.sendMessage(talk.juliet.jid, 'Wilt thou leave me so unsatisfied?', {
      id: 'the-question-of-romeo',
    });
    await message('unsatisfied').hover();
    await act('unsatisfied').click();
    await bar('Romeo').waitFor();
    await soon(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await bar('Romeo').waitFor({ state: 'detached' });
    await message('unsatisfied').focus();
    await page.keyboard.press('r');
    await bar('Romeo').waitFor();
    await page
      .locator('.composer')
      .getByRole('button', { name: en('conversation.reply-stop') })
      .click();
    await bar('Romeo').waitFor({ state: 'detached' });
    await message('unsatisfied').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('conversation.reply') }).click();
    await bar('Romeo').waitFor();
    await composer(page).fill('What satisfaction canst thou have tonight?');
    await look.lookAround('reply-bar');
    await look.narrowly(() => look.look('reply-bar-narrow'));
    const account = await accountOf(page);
    const kept = async () =>
      (await ask(page, 'chats.list', { account })).value.find(({ peer }) => peer === talk.romeo.bareJid);
    await soon(async () => (await kept())?.answering?.text).toBe('Wilt thou leave me so unsatisfied?');
    await talk.stage.restart();
    await openChat(talk.stage.page);
    await bar('Romeo').waitFor();
    await soon(() => composer(talk.stage.page).inputValue()).toBe(
      'What satisfaction canst thou have tonight?',
    );
  });

  it('go out with a quote for old clients, and stand below what they answer; a click goes there', async () => {
    const { page } = talk.stage;
    await composer(page).focus();
    await page.keyboard.press('Enter');
    const sent = await talk.nextFor(talk.romeo);
    expect(sent.body).toBe(
      '> Wilt thou leave me so unsatisfied?\nWhat satisfaction canst thou have tonight?',
    );
    await bar('Romeo').waitFor({ state: 'detached' });
    const card = message('satisfaction canst').getByRole('button', {
      name: `${en('conversation.quoted')} Romeo Wilt thou leave me so unsatisfied?`,
    });
    await card.waitFor();
    expect(await talk.lastBody()).toContain('What satisfaction');
    for (let n = 1; n <= 60; n += 1)
      await talk.romeo.sendMessage(talk.juliet.jid, `line ${String(n)} of the orchard`);
    await message('line 60').waitFor();
    await raw(
      'an-answer-of-romeo',
      `<body>&gt; x\nThe exchange of thy love’s faithful vow</body><reply xmlns='${REPLY}' id='the-question-of-romeo'/>` +
        `<fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'><body start='0' end='4'/></fallback>`,
    );
    await message('faithful vow')
      .getByRole('button', { name: /Wilt thou/u })
      .click();
    await soon(() => message('unsatisfied').first().getAttribute('class')).toContain('hit');
    await log(page).press('End');
    await message('faithful vow').waitFor();
  });

  it('never give somebody words that are not his: what is not here is shown as quoted', async () => {
    const { page } = talk.stage;
    await raw(
      'an-answer-to-nothing',
      `<body>&gt; I hate thee\nThus she said</body><reply xmlns='${REPLY}' id='never-seen-here' to='${talk.juliet.jid}'/>` +
        `<fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'><body start='0' end='14'/></fallback>`,
    );
    const card = message('Thus she said').locator('.missing');
    await soon(() => card.innerText()).toContain(en('conversation.quoted-by', { name: 'Romeo' }));
    expect(await card.innerText()).toContain('I hate thee');
    await card.click();
    await page.getByText(en('conversation.quoted-gone')).first().waitFor();
    // What was taken back is quoted as that.
    await raw('to-be-taken-back', '<body>O, I am fortune’s fool</body>');
    await raw(
      'answers-a-retraction',
      `<body>so you are</body><reply xmlns='${REPLY}' id='to-be-taken-back'/>`,
    );
    await raw('takes-it-back', "<retract xmlns='urn:xmpp:message-retract:1' id='to-be-taken-back'/>");
    await soon(() => message('so you are').innerText()).toContain(en('conversation.retracted'));
    await composer(page).focus();
    await look.lookAround('replies');
    await look.lookForced('replies-forced');
    await look.narrowly(() => look.look('replies-narrow'));
  });

  it('in a room say whose words they answer', async () => {
    const { page } = talk.stage;
    const room = `verona@conference.${talk.server.domain}`;
    const account = await accountOf(page);
    await peerJoins(talk.romeo, room, 'Romeo');
    await configure(talk.romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Verona' })
      .click();
    await composer(page, 'Verona').waitFor();
    await peerSays(talk.romeo, room, 'A thousand times the worse');
    await message('A thousand').hover();
    await act('A thousand').click();
    await bar('Romeo').waitFor();
    await talk.write('to want thy light', 'Verona');
    const seen = await talk.romeo.waitForMessage(({ body }) => body?.includes('thy light') === true);
    expect(seen.body).toBe('> Romeo:\n> A thousand times the worse\nto want thy light');
    await message('to want thy light')
      .getByRole('button', {
        name: `${en('conversation.quoted')} Romeo A thousand times the worse`,
      })
      .waitFor();
    await look.look('replies-room');
    // A file is an answer as a text is; then nothing is being answered.
    await message('A thousand').first().hover();
    await act('A thousand').first().click();
    await bar('Romeo').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'love goes.txt', mimeType: 'text/plain', buffer: Buffer.from('Love goes toward love') },
    });
    await bar('Romeo').waitFor({ state: 'detached' });
    const shared = await talk.romeo.waitForMessage(({ body }) => body?.includes('love') === true);
    expect(shared.body).toMatch(/^> Romeo:\n> A thousand times the worse\nhttps?:/u);
    await message('love goes.txt').locator('.file').waitFor();
    await message('love goes.txt')
      .getByRole('button', { name: `${en('conversation.quoted')} Romeo A thousand times the worse` })
      .waitFor();
    await look.lookAround('replies-file');
  });
});
