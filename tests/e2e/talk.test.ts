import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { newAccount, type TestAccount } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import {
  accountOf,
  ask,
  befriend,
  bringBack,
  composer,
  contactRow,
  en,
  inMain,
  log,
  openChat,
  openStage,
  phaseOf,
  putAway,
  signIn,
  sidebar,
  soon,
  type Stage,
} from './support';

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
  let server: TestServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;
  let friar: Peer;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    juliet = await newAccount(server, server, 'juliet');
    const peer = async (name: string, client: Peer['client']): Promise<Peer> =>
      connectPeer(server, await newAccount(server, server, name), { client });
    // slixmpp sends receipts by itself, stanza only when it is told to.
    [romeo, nurse, friar] = await Promise.all([
      peer('romeo', 'slixmpp'),
      peer('nurse', 'slixmpp'),
      peer('friar', 'stanza'),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo, 'Romeo');
    await befriend(stage.page, nurse, 'Nurse');
    await befriend(stage.page, friar, 'Friar');
    await romeo.waitForPresence(juliet.jid, ({ available }) => available);
    await nurse.waitForPresence(juliet.jid, ({ available }) => available);
  });
  afterAll(async () => {
    await Promise.allSettled([romeo, nurse, friar].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  const bodies = (): Locator => log(stage.page).locator('article p.body');
  const lastBody = (): Promise<string | null> => bodies().last().textContent();
  const write = async (text: string, to = 'Romeo'): Promise<void> => {
    await composer(stage.page, to).focus();
    await stage.page.keyboard.insertText(text);
    await stage.page.keyboard.press('Enter');
  };
  const chatRow = (name: string): Locator =>
    sidebar(stage.page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name });
  const nextFor = (peer: Peer): Promise<{ body: string | undefined; id: string | undefined; from: string }> =>
    peer.waitForMessage(({ body }) => body !== undefined);

  it('a new conversation teaches; the first message gives it a day line', async () => {
    await openChat(stage.page);
    await stage.page.getByText(en('conversation.empty-title'), { exact: true }).waitFor();
    await write('Good morning');
    expect((await nextFor(romeo)).body).toBe('Good morning');
    const today = log(stage.page).getByRole('separator');
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

  it('marks: sent once the server has it, received once they do', async () => {
    await openChat(stage.page, 'Friar');
    await write('marked', 'Friar');
    const message = log(stage.page).locator('article').filter({ hasText: 'marked' });
    await soon(() => message.locator('.state').innerText()).toBe(en('common.delivery-sent'));
    const heard = await nextFor(friar);
    expect(heard.body).toBe('marked');
    await friar.sendReceipt(juliet.jid, heard.id ?? '');
    await soon(() => message.locator('.state').innerText()).toBe(en('common.delivery-received'));
    await soon(() => chatRow('Friar').locator('svg.dl').getAttribute('aria-label')).toBe(
      en('common.delivery-received'),
    );
    await friar.sendMessage(juliet.jid, 'want a receipt', { requestReceipt: true, id: 'wanted' });
    await friar.waitForMessage(({ receiptFor }) => receiptFor === 'wanted');
    await openChat(stage.page);
    await write('by a client that answers by itself');
    await soon(() => log(stage.page).locator('article').last().locator('.state').innerText()).toBe(
      en('common.delivery-received'),
    );
    expect((await nextFor(romeo)).body).toBe('by a client that answers by itself');
  });

  it('R20 one that is refused says so, and can be tried again or deleted', async () => {
    await openChat(stage.page, 'Friar');
    await write('refuse me', 'Friar');
    const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
    const refuse = async (): Promise<void> => {
      const { id, body, from } = await nextFor(friar);
      expect(body).toBe('refuse me');
      await friar.sendRaw(
        `<message xmlns='jabber:client' type='error' id='${id ?? ''}' to='${from}'><error type='cancel'><not-acceptable xmlns='${stanzas}'/></error></message>`,
      );
    };
    const message = log(stage.page).locator('article').filter({ hasText: 'refuse me' });
    const reason = { reason: en('conversation.reason-not-acceptable') };
    await refuse();
    await soon(() => message.innerText()).toContain(en('conversation.failed-because', reason));
    await message.getByRole('button', { name: en('conversation.try-again') }).click();
    await refuse();
    await message.getByRole('button', { name: en('conversation.delete') }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('with the window away: unread, title, tray, one notification for each conversation', async () => {
    await openChat(stage.page);
    await putAway(stage);
    stage.desktop.notifications.clear();
    await romeo.sendMessage(juliet.jid, 'one <b>');
    await romeo.sendMessage(juliet.jid, 'two & three 你好');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'two &amp; three 你好');
    expect(shown.summary).toBe('Romeo');
    expect(stage.desktop.notifications.list().filter(({ closed }) => !closed)).toHaveLength(1);
    await soon(() => stage.page.title()).toBe('(2) Romeo – Flint');
    await soon(() => stage.desktop.tray.tooltip()).toContain(en('tray.unread', { count: 2 }));
    await soon(() => chatRow('Romeo').innerText()).toContain(en('roster.unread', { count: 2 }));

    await bringBack(stage);
    await soon(() => stage.page.title()).toBe('Romeo – Flint');
    await log(stage.page)
      .getByText(en('conversation.new-messages', { count: 2 }))
      .waitFor();
    await soon(() => stage.desktop.notifications.list().every(({ closed }) => closed)).toBe(true);
    await soon(() => stage.desktop.tray.tooltip()).not.toContain(en('tray.unread', { count: 2 }));
  });

  it('in front, what comes into another conversation is unread and notified too', async () => {
    await openChat(stage.page);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Madam!');
    await stage.desktop.notifications.waitFor(
      ({ summary, body }) => summary === 'Nurse' && body === 'Madam!',
    );
    await soon(() => chatRow('Nurse').innerText()).toContain(en('roster.unread', { count: 1 }));
    await soon(() => stage.page.title()).toBe('(1) Romeo – Flint');
    await romeo.sendMessage(juliet.jid, 'seen at once');
    await soon(lastBody).toBe('seen at once');
    expect(stage.desktop.notifications.list().some(({ summary }) => summary === 'Romeo')).toBe(false);
  });

  it('a click on a notification opens its conversation, out of the tray too', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Your mother calls');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'Your mother calls');
    stage.desktop.notifications.click(shown.id);
    await soon(() => inMain(stage, (window) => [window.isVisible(), window.isFocused()])).toEqual([
      true,
      true,
    ]);
    await stage.page.getByRole('heading', { level: 1, name: 'Nurse' }).waitFor();
    await soon(lastBody).toBe('Your mother calls');
    await soon(() => stage.page.title()).toBe('Nurse – Flint');
  });

  it('a reply from the notification is sent and stands in the conversation', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Are you coming?');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'Are you coming?');
    expect(shown.actions.map(({ key, label }) => [key, label])).toEqual([
      ['default', ''],
      ['inline-reply', en('notification.reply')],
      ['mark-read', en('notification.markRead')],
    ]);
    stage.desktop.notifications.reply(shown.id, 'Anon! <&> 马上');
    await nurse.waitForMessage(({ body }) => body === 'Anon! <&> 马上');
    await soon(() => stage.desktop.tray.tooltip()).not.toContain('unread');
    await bringBack(stage);
    await soon(lastBody).toBe('Anon! <&> 马上');
  });

  it('Mark as read in the notification does that', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Nothing urgent');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'Nothing urgent');
    await soon(() => stage.desktop.tray.tooltip()).toContain(en('tray.unread', { count: 1 }));
    stage.desktop.notifications.invoke(shown.id, 'mark-read');
    await soon(() => stage.desktop.tray.tooltip()).not.toContain('unread');
    expect(await inMain(stage, (window) => window.isVisible())).toBe(false);
    await bringBack(stage);
  });

  it('a draft is kept, in the list and after a restart', async () => {
    await openChat(stage.page);
    await composer(stage.page).fill('half a tho');
    await openChat(stage.page, 'Nurse');
    await soon(() => chatRow('Romeo').innerText()).toContain(`${en('roster.draft')} half a tho`);
    await stage.restart();
    await openChat(stage.page);
    await soon(() => composer(stage.page).inputValue()).toBe('half a tho');
    await composer(stage.page).fill('');
  });

  it('history is there after a restart, marks and all', async () => {
    await openChat(stage.page);
    await soon(() => log(stage.page).locator('article').filter({ hasText: 'seen at once' }).count()).toBe(1);
    const account = await accountOf(stage.page);
    const { messages } = (
      await ask(stage.page, 'messages.page', { account, peer: romeo.bareJid, anchor: null, limit: 200 })
    ).value;
    expect(messages.filter(({ direction }) => direction === 'in').map(({ body }) => body)).toEqual(
      expect.arrayContaining([...EXACT, ...PAYLOADS]),
    );
  });

  it('R5 typed while the server is down it waits with its mark, and goes once when it is back', async () => {
    await openChat(stage.page);
    await server.crash();
    await soon(() => phaseOf(stage.page)).not.toBe('online');
    await stage.page.getByText(en('conversation.offline')).waitFor();
    const texts = ['waits 1', 'waits 2', 'waits 3'];
    for (const text of texts) {
      await write(text);
      const message = log(stage.page).locator('article').filter({ hasText: text });
      await soon(() => message.getByRole('img').last().getAttribute('aria-label')).toBe(
        en('common.delivery-waiting'),
      );
    }
    await romeo.disconnect();
    await server.start();
    await romeo.connect();
    await soon(() => phaseOf(stage.page)).toBe('online');
    for (const text of texts) expect((await nextFor(romeo)).body).toBe(text);
    const last = log(stage.page).locator('article').filter({ hasText: 'waits 3' });
    await soon(() => last.locator('.state').innerText()).toBe(en('common.delivery-received'));
    await soon(() => log(stage.page).locator('.waits').count()).toBe(0);
    // Whatever would come twice has come before this one.
    await write('after all');
    expect((await nextFor(romeo)).body).toBe('after all');
    const heard = romeo.messages.map(({ body }) => body ?? '');
    expect(heard.filter((body) => body.startsWith('waits'))).toEqual(texts);
  });
});
