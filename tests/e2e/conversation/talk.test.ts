import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldBy } from '../../support/held';
import { accountOf, ask, composer, contactRow, en, log, openChat, phaseOf, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const EXACT = [
  'emoji with joiners 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 and 👨🏿‍🚀',
  '苏州这边也一样，已经改好了。',
  'שלום עולם, مرحبا بالعالم',
  `<&>"' ]]> &amp; <b>not bold</b> <!-- -->`,
  '  line 1\n\n\n  indented\n\tafter blank lines\n',
  '𝒳𝓎 e\u0301 \u202ebidi\u202c \u200d',
];

/** What others send to become more than text. */
const PAYLOADS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)><style>*{display:none}</style></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '</p></article><base href=https://evil.example/><img src=x onerror=alert(1)>',
  '{{ constructor.constructor("alert(1)")() }} ${alert(1)}',
  '[x](javascript:alert(1)) ![x](https://evil.example/pixel.png)',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#x3C;img src=x&#x3E;',
];

describe('talking', () => {
  let talk: Talk;
  let stage: Talk['stage'];
  let juliet: Talk['juliet'];
  let romeo: Talk['romeo'];
  let bodies: Talk['bodies'];
  let lastBody: Talk['lastBody'];
  let write: Talk['write'];
  let chatRow: Talk['chatRow'];
  let nextFor: Talk['nextFor'];

  beforeAll(async () => {
    talk = await openTalk();
    ({ stage, juliet, romeo, bodies, lastBody, write, chatRow, nextFor } = talk);
  });
  afterAll(() => talk.stop());

  it('a new conversation teaches; the first message gives it a day line', async () => {
    await openChat(stage.page);
    await stage.page.getByText(en('conversation.empty-title'), { exact: true }).waitFor();
    await write('Good morning');
    expect((await nextFor(romeo)).body).toBe('Good morning');
    const today = log(stage.page).locator('.line.day');
    await soon(() => today.first().innerText()).toMatch(/^Today, /);
    await soon(() => chatRow('Romeo').innerText()).toContain('Good morning');
  });

  it('text arrives exactly as typed, and as it was sent', async () => {
    for (const text of EXACT) {
      await write(text);
      expect((await nextFor(romeo)).body).toBe(text);
      await soon(lastBody).toBe(text);
    }
    for (const text of EXACT) {
      await romeo.sendMessage(juliet.jid, text);
      await soon(lastBody).toBe(text);
    }
  });

  it('each Enter sends what was written since the one before, however quick', async () => {
    // All within one task of the window: main has none of them before the last Enter.
    await composer(stage.page).evaluate((field: HTMLTextAreaElement) => {
      for (const word of ['quick', 'quicker', 'quickest']) {
        field.value += word;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      }
    });
    for (const word of ['quick', 'quicker', 'quickest']) expect((await nextFor(romeo)).body).toBe(word);
    await soon(() => composer(stage.page).inputValue()).toBe('');
  });

  it('Shift+Enter begins a line, Enter sends', async () => {
    await composer(stage.page).focus();
    await stage.page.keyboard.type('one');
    await stage.page.keyboard.press('Shift+Enter');
    await stage.page.keyboard.type('two');
    await stage.page.keyboard.press('Enter');
    expect((await nextFor(romeo)).body).toBe('one\ntwo');
    await soon(() => composer(stage.page).inputValue()).toBe('');
  });

  it('60,000 characters, pasted, arrive whole; both sides show them folded and whole', async () => {
    const text = 'Sixty thousand characters, 六万个字符, 👍🏽. '.repeat(2000).slice(0, 60_000);
    await stage.flint.app.evaluate(({ clipboard }, words) => clipboard.writeText(words), text);
    await composer(stage.page).focus();
    await stage.page.keyboard.press('Control+V');
    await soon(() => composer(stage.page).inputValue()).toBe(text);
    await stage.page.keyboard.press('Enter');
    expect((await nextFor(romeo)).body).toBe(text);
    const all = log(stage.page).getByRole('button', { name: en('conversation.show-all', { count: 60_000 }) });
    await all.last().click();
    await soon(lastBody).toBe(text);
    await log(stage.page)
      .getByRole('button', { name: en('conversation.show-less') })
      .last()
      .click();
    await soon(async () => ((await lastBody()) ?? '').length).toBeLessThan(5_000);
  });

  it('what XML forbids is taken out, and the stream lives on', async () => {
    await stage.flint.app.evaluate(({ clipboard }) => clipboard.writeText('a\u0008b\u000bc\ud83dd\uffff'));
    await composer(stage.page).focus();
    await stage.page.keyboard.press('Control+V');
    await stage.page.keyboard.press('Enter');
    expect((await nextFor(romeo)).body).toMatch(/^abc\ufffd?d$/);
    expect(await phaseOf(stage.page)).toBe('online');
  });

  it('T13 nothing that is sent becomes an element, in a message, a status, a name', async () => {
    const dialogs: string[] = [];
    stage.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const payload of PAYLOADS) {
      await romeo.sendMessage(juliet.jid, payload);
      await soon(lastBody).toBe(payload);
      await romeo.setPresence({ status: payload });
      await soon(() => contactRow(stage.page, 'Romeo').locator('.st').textContent()).toBe(payload);
    }
    const html = `<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><p><img src='x'/>rich</p></body></html>`;
    await romeo.sendRaw(
      `<message type='chat' to='${juliet.jid}' id='xhtml'><body>plain</body>${html}</message>`,
    );
    await soon(lastBody).toBe('plain');
    const strange = await stage.page.evaluate(() => {
      const inText = [...document.querySelectorAll('p.body, .st, .nm, .pv, header.bar')].flatMap((text) => [
        ...text.querySelectorAll('*'),
      ]);
      const forbidden = 'script, iframe, style, base, object, embed, link[rel=stylesheet], form, img, math';
      return [
        ...inText.filter((one) => one.matches(forbidden)).map((one) => one.outerHTML),
        ...[...document.body.querySelectorAll('script, iframe, base, object, embed')].map(
          (one) => one.tagName,
        ),
        ...[...document.querySelectorAll('p.body a')]
          .map((one) => one.getAttribute('href') ?? '')
          .filter((href) => !/^https:\/\//.test(href)),
      ];
    });
    expect(strange).toEqual([]);
    expect(dialogs).toEqual([]);
    await romeo.setPresence({});
  });

  it('links become links, and open outside', async () => {
    await romeo.sendMessage(juliet.jid, 'see https://example.org/a?b=c#d, or <http://example.org/>.');
    await soon(lastBody).toContain('see https://example.org/a?b=c#d');
    const links = bodies().last().getByRole('link');
    await soon(() => links.allInnerTexts()).toEqual(['https://example.org/a?b=c#d', 'http://example.org/']);
  });

  it('typing shows, both ways, and ends with the message', async () => {
    const strip = stage.page
      .getByRole('status')
      .filter({ hasText: en('conversation.typing', { name: 'Romeo' }) });
    await romeo.sendChatState(juliet.jid, 'composing');
    await strip.waitFor();
    await romeo.sendMessage(juliet.jid, 'typed');
    await strip.waitFor({ state: 'detached' });
    await romeo.sendChatState(juliet.jid, 'composing');
    await strip.waitFor();
    await romeo.sendChatState(juliet.jid, 'paused');
    await strip.waitFor({ state: 'detached' });
    await composer(stage.page).focus();
    await stage.page.keyboard.type('h');
    expect((await romeo.waitForMessage(({ chatState }) => chatState === 'composing')).body).toBeUndefined();
    await stage.page.keyboard.press('Backspace');
    await romeo.waitForMessage(({ chatState, body }) => chatState === 'active' && body === undefined);
  });

  it('of conversations that were left none is held', async () => {
    const { page } = stage;
    const protocol = await page.context().newCDPSession(page);
    const round = async (): Promise<number> => {
      for (const name of ['Nurse', 'Friar', 'Romeo']) await openChat(page, name);
      await page.locator('.scroller article').last().waitFor();
      return (await heldBy(protocol)).nodes;
    };
    // What is made at the first look alone stays for the next ones.
    await round();
    const before = await round();
    for (let n = 0; n < 3; n += 1) await round();
    const conversation = await page.locator('main.conv').evaluate((one) => one.querySelectorAll('*').length);
    expect((await round()) - before).toBeLessThan(conversation);
  });

  it('history is there after a restart, marks and all', async () => {
    await stage.restart();
    await openChat(stage.page);
    await soon(() => log(stage.page).locator('article').filter({ hasText: 'typed' }).count()).toBe(1);
    const account = await accountOf(stage.page);
    const { messages } = (
      await ask(stage.page, 'messages.page', { account, peer: romeo.bareJid, anchor: null, limit: 200 })
    ).value;
    expect(messages.filter(({ direction }) => direction === 'in').map(({ body }) => body)).toEqual(
      expect.arrayContaining([...EXACT, ...PAYLOADS]),
    );
  });
});
