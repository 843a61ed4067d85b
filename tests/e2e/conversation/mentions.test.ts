import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins, peerSays } from '../../core/rooms-support';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('mentions in a room', () => {
  let talk: Talk;
  let look: Look;
  let room = '';
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    const { page } = talk.stage;
    room = `verona@conference.${talk.server.domain}`;
    await peerJoins(talk.romeo, room, 'Romeo');
    await configure(talk.romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await peerJoins(talk.nurse, room, 'Rosaline Capulet').catch(() => undefined);
    const account = await accountOf(page);
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    await row().click();
    await field().waitFor();
  });
  afterAll(() => talk.stop());

  const row = (): Locator =>
    sidebar(talk.stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Verona' });
  const field = (): Locator => composer(talk.stage.page, 'Verona');
  const list = (): Locator => talk.stage.page.getByRole('listbox', { name: en('room.mention') });
  const message = (text: string): Locator =>
    log(talk.stage.page).locator('article').filter({ hasText: text });

  it('an @ opens the list of those who are there; Enter takes one, and the message says whom it calls', async () => {
    const { page } = talk.stage;
    await field().focus();
    await page.keyboard.type('hi @');
    await soon(() => list().getByRole('option').allInnerTexts()).toHaveLength(2);
    await page.keyboard.type('cap');
    await soon(() => list().getByRole('option').allInnerTexts()).toHaveLength(1);
    await look.lookAround('mention-list');
    await look.narrowly(() => look.look('mention-list-narrow'));
    await page.keyboard.press('Enter');
    await soon(() => field().inputValue()).toBe('hi @Rosaline Capulet ');
    await page.keyboard.press('Enter');
    const xml = await talk.romeo.waitForRaw((one) => one.includes('urn:xmpp:reference:0'));
    expect(xml).toContain(`xmpp:${room}/Rosaline%20Capulet`);
  });

  it('Tab completes the word and goes on to the next that fits; without one it leaves the field', async () => {
    const { page } = talk.stage;
    await page.keyboard.type('Ro');
    await page.keyboard.press('Tab');
    const first = await field().inputValue();
    expect(['Romeo, ', 'Rosaline Capulet, ']).toContain(first);
    await page.keyboard.press('Tab');
    const second = await field().inputValue();
    expect([first, second].sort()).toEqual(['Romeo, ', 'Rosaline Capulet, ']);
    await page.keyboard.press('Shift+Tab');
    expect(await field().inputValue()).toBe(first);
    // Where nothing else fits Tab is no trap.
    await field().fill('Rosa');
    await page.keyboard.press('Tab');
    await soon(() => field().inputValue()).toBe('Rosaline Capulet, ');
    await page.keyboard.press('Tab');
    await soon(() => field().evaluate((one) => one === document.activeElement)).toBe(false);
    await field().fill('');
    await field().focus();
    await page.keyboard.press('Tab');
    await soon(() => field().evaluate((one) => one === document.activeElement)).toBe(false);
  });

  it('the list is about what was typed: elsewhere in the line Enter sends all of it', async () => {
    const { page } = talk.stage;
    await field().fill('see you there');
    await field().evaluate((one: HTMLTextAreaElement) => one.setSelectionRange(4, 4));
    await page.keyboard.type('@Ros');
    await list().waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await talk.romeo.waitForMessage(({ body }) => body === 'see @Rosyou there');
  });

  it('our own name is marked in what others say, and counted in the list where we do not look', async () => {
    await peerSays(talk.romeo, room, 'Juliet is the sun, @juliet! Juliets are many.');
    await soon(() => message('is the sun').locator('mark').allInnerTexts()).toEqual(['Juliet', '@juliet']);
    await openChat(talk.stage.page);
    await peerSays(talk.romeo, room, 'nobody is named');
    await peerSays(talk.romeo, room, 'Arise, fair Juliet');
    await soon(() => talk.chatRow('Verona').innerText()).toContain(en('room.mentions', { count: 1 }));
    await row().click();
    await message('Arise').waitFor();
    await look.lookAround('mentions');
    await look.lookForced('mentions-forced');
    // Its edge is where the line begins, whichever side that is.
    const edge = (): Promise<string> =>
      message('Arise').evaluate((one) =>
        getComputedStyle(one)
          .boxShadow.replace(/^\w+\([^)]*\)/, '')
          .trim(),
      );
    expect(await edge()).toMatch(/^\d/);
    await talk.stage.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await soon(edge).toMatch(/^-\d/);
    await talk.stage.page.evaluate(() => {
      document.documentElement.dir = 'ltr';
    });
  });
});
