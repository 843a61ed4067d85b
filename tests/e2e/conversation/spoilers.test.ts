import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pngOf } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { bringBack, composer, en, log, openChat, putAway, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const SPOILER = 'urn:xmpp:spoiler:0';

describe('spoilers', () => {
  let talk: Talk;
  let look: Look;
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const veil = (hint: string): Locator =>
    log(talk.stage.page).getByRole('button', { name: en('conversation.spoiler-hint', { hint }) });
  const raw = (id: string, body: string, hint: string): Promise<void> =>
    talk.romeo.sendRaw(
      `<message type='chat' id='${id}' to='${talk.juliet.jid}'><body>${body}</body><spoiler xmlns='${SPOILER}'>${hint}</spoiler></message>`,
    );

  it('are hidden until one wants to see them, by click or key; the list and a notification say the hint alone', async () => {
    const { page } = talk.stage;
    await putAway(talk.stage);
    await raw('spoiler-of-romeo', 'They both die', 'the end');
    const told = await talk.stage.desktop.notifications.waitFor(({ summary }) => summary === 'Romeo', 20_000);
    expect(told.body).toBe(en('conversation.spoiler-hint', { hint: 'the end' }));
    await bringBack(talk.stage);
    await veil('the end').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('both die');
    expect(await veil('the end').getAttribute('aria-expanded')).toBe('false');
    await veil('the end').focus();
    await page.keyboard.press('Enter');
    await soon(() => talk.lastBody()).toBe('They both die');
    await look.look('spoiler-open');
    await veil('the end').click();
    await soon(() => talk.bodies().count()).toBe(0);
  });

  it('hide a file too, and what is said of it: neither is asked for before', async () => {
    const { page } = talk.stage;
    const asked: string[] = [];
    const http = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(pngOf(8, [1, 2, 3]));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://localhost:${String((http.address() as AddressInfo).port)}/grave.png`;
      await talk.romeo.sendRaw(
        `<message type='chat' id='file-of-romeo' to='${talk.juliet.jid}'><body>Look who wakes</body>` +
          `<spoiler xmlns='${SPOILER}'>the grave</spoiler>` +
          "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>" +
          '<media-type>image/png</media-type><name>grave.png</name></file><sources>' +
          `<url-data xmlns='http://jabber.org/protocol/url-data' target='${url}'/></sources></file-sharing></message>`,
      );
      const last = log(talk.stage.page).locator('article').last();
      await veil('the grave').waitFor();
      await soon(() => page.locator('body').innerText()).not.toContain('grave.png');
      expect(await last.innerText()).not.toMatch(/wakes|grave\.png/u);
      expect(asked).toEqual([]);
      await veil('the grave').click();
      await last.locator('img').first().waitFor();
      await soon(() => talk.lastBody()).toBe('Look who wakes');
      await look.look('spoiler-file');
    } finally {
      http.closeAllConnections();
      http.close();
    }
  });

  it('are written with a hint, from the formatting buttons', async () => {
    const { page } = talk.stage;
    await page.getByRole('button', { name: en('conversation.styling') }).click();
    const toggle = page.getByRole('button', { name: en('conversation.spoiler-write') });
    await toggle.click();
    const hint = page.getByRole('textbox', { name: en('conversation.spoiler-field') });
    await soon(() => hint.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await hint.waitFor({ state: 'detached' });
    await toggle.click();
    await page.keyboard.type('who did it');
    await page.keyboard.press('Enter');
    await soon(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('The apothecary');
    await look.lookAround('spoiler-written');
    await look.narrowly(() => look.look('spoiler-written-narrow'));
    await page.keyboard.press('Enter');
    const xml = await talk.romeo.waitForRaw((one) => one.includes(SPOILER));
    expect(xml).toMatch(/<spoiler[^>]*>who did it<\/spoiler>/u);
    await veil('who did it').waitFor();
    // The next one is none.
    await hint.waitFor({ state: 'detached' });
    await talk.write('plain again');
    await soon(() => talk.lastBody()).toBe('plain again');
    await look.lookAround('spoilers');
    await look.lookForced('spoilers-forced');
  });

  it('one that is being written stays one when the chat is left and come back to', async () => {
    const { page } = talk.stage;
    const hint = page.getByRole('textbox', { name: en('conversation.spoiler-field') });
    await page.getByRole('button', { name: en('conversation.spoiler-write') }).click();
    await hint.fill('again the end');
    await composer(page).fill('They still die');
    await openChat(page, 'Nurse');
    await hint.waitFor({ state: 'detached' });
    await openChat(page);
    await soon(() => hint.inputValue()).toBe('again the end');
    await soon(() => composer(page).inputValue()).toBe('They still die');
    await composer(page).press('Enter');
    await talk.romeo.waitForRaw((one) => one.includes(SPOILER) && one.includes('again the end'));
  });
});
