import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright';
import { pngOf } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { en, log, openChat, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const TITLE = 'Flint strikes: a messenger that keeps what it promises, and says so in one line';
const TEXT =
  'It signs in over WebSocket, stays signed in, and loses no message. A report from Verona, with pictures.';

describe('what is behind a link', () => {
  let talk: Talk;
  let look: Look;
  let http: Server;
  let base = '';
  const asked: string[] = [];
  beforeAll(async () => {
    http = createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url === '/p.png') response.writeHead(200).end(pngOf(120, [196, 70, 40]));
      else if (url === '/plain') response.writeHead(200).end('<title>Plain words</title>');
      else
        response
          .writeHead(200)
          .end(
            `<title>x</title><meta property="og:title" content="${TITLE}"><meta property="og:description" content="${TEXT}"><meta property="og:image" content="/p.png">`,
          );
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    base = `http://localhost:${String((http.address() as AddressInfo).port)}`;
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(async () => {
    await talk.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  const question = (): Locator =>
    log(talk.stage.page).getByRole('group', { name: en('conversation.preview-ask') });
  const card = (title: string): Locator => log(talk.stage.page).getByRole('button', { name: title });
  const says = (body: string): Promise<void> =>
    talk.romeo.sendRaw(`<message type='chat' to='${talk.juliet.jid}'><body>${body}</body></message>`);

  it('T17 is asked about once, under one message, and until then nobody fetches anything', async () => {
    await says(`Read this: ${base}/story`);
    await question().waitFor();
    await says(`And this: ${base}/plain`);
    await log(talk.stage.page).getByText('And this:').waitFor();
    await look.rest();
    expect(await question().count()).toBe(1);
    expect(asked).toEqual([]);
    // It is not gone with the row that asked.
    await openChat(talk.stage.page, 'Nurse');
    await openChat(talk.stage.page);
    await question().waitFor();
    await look.lookAround('link-ask');
  });

  it('after a yes is its title, words and picture; the card goes where the link goes', async () => {
    await question()
      .getByRole('button', { name: en('conversation.preview-yes') })
      .click();
    await card(TITLE).waitFor();
    await card('Plain words').waitFor();
    await soon(() =>
      card(TITLE)
        .locator('img')
        .evaluate((img: HTMLImageElement) => img.naturalWidth),
    ).toBe(120);
    expect([...asked].sort()).toEqual(['/p.png', '/plain', '/story']);
    await look.lookAround('link-card');
    await look.narrowly(() => look.look('link-card-narrow'));
  });

  it('is not fetched again, in another chat and back', async () => {
    const { page } = talk.stage;
    await openChat(page, 'Nurse');
    await openChat(page);
    await card(TITLE).waitFor();
    expect(asked).toHaveLength(3);
  });

  it('goes away with the setting', async () => {
    const { page } = talk.stage;
    await settings(page, { linkPreviews: 'off' });
    await card(TITLE).waitFor({ state: 'detached' });
    expect(await question().count()).toBe(0);
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: en('settings.privacy'), exact: true }).click();
    const toggle = page.getByRole('switch', { name: en('settings.link-previews') });
    expect(await toggle.isChecked()).toBe(false);
    await toggle.click();
    await page.keyboard.press('Escape');
    await card(TITLE).waitFor();
  });
});
