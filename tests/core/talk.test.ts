import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { friends, messagesWith, signedIn } from './support';

const exact = [
  'emoji with joiners 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽',
  '苏州这边也一样，已经改好了。',
  'שלום עולם, مرحبا',
  `<&>"' ]]> &amp; <b>not bold</b> <!-- -->`,
  'line 1\n\n\n  indented\n\tafter blank lines',
  '𝒳𝓎 e\u0301 \u202ebidi\u202c \u200d',
];

describe.each(sharedServers())('one-to-one on %s', (kind) => {
  it('text arrives exactly as typed, both ways, and both are told so', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    for (const body of exact) {
      await juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
      const heard = await romeo.waitForMessage((message) => message.body !== undefined);
      expect(heard).toMatchObject({ body, type: 'chat', receiptRequested: true });
      await romeo.sendReceipt(heard.from, heard.id ?? '');
    }
    await juliet.until(async () => {
      const messages = await messagesWith(pair);
      return messages.length === exact.length && messages.every(({ delivery }) => delivery === 'received')
        ? messages
        : null;
    }, 'all received');
    for (const body of exact) await romeo.sendMessage(julietAccount.jid, body, { requestReceipt: true });
    const both = await juliet.until(async () => {
      const messages = await messagesWith(pair);
      return messages.length === 2 * exact.length ? messages : null;
    }, 'all heard');
    expect(both.filter(({ direction }) => direction === 'in').map(({ body }) => body)).toEqual(exact);
    await romeo.waitForMessage(({ receiptFor }) => receiptFor !== undefined);
  });

  it('the longest text arrives whole, in Chinese too; one that is longer is refused before the server ends the line over it', async () => {
    const { juliet, account, romeo, romeoAccount } = await friends(kind);
    const peer = romeoAccount.jid;
    for (const body of [
      'Sechzigtausend Zeichen, & 六万. '.repeat(2000).slice(0, 60_000),
      '长'.repeat(66_600),
    ]) {
      await juliet.ask('message.send', { account, peer, body });
      expect((await romeo.waitForMessage((m) => m.body !== undefined, 15_000)).body === body).toBe(true);
    }
    for (const body of ['长'.repeat(66_700), '<'.repeat(50_001), 'x'.repeat(200_001)]) {
      const refused = await juliet.core.call('message.send', { account, peer, body });
      expect(refused).toMatchObject({ error: { code: 'message-too-long' } });
    }
    expect(juliet.log.filter((line) => line.includes('"lost"'))).toEqual([]);
  });

  it('what XML forbids is taken out and the stream lives on', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.ask('message.send', {
      account,
      peer: romeoAccount.jid,
      body: 'a\u0000b\u0008c\ud83dd\uffff',
    });
    expect((await romeo.waitForMessage((m) => m.body !== undefined)).body).toBe('abcd');
    const empty = await juliet.core.call('message.send', {
      account,
      peer: romeoAccount.jid,
      body: ' \u0007 ',
    });
    expect(empty).toMatchObject({ error: { code: 'message-empty' } });
    const state = await juliet.ask('app.state', {});
    expect(state.value.accounts[0]?.connection.phase).toBe('online');
  });

  it('typing is shown and told, and ends with the message', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const typing = () =>
      juliet.events
        .flatMap((event) => (event.topic === 'chats' && event.type === 'typing' ? [event.state] : []))
        .at(-1);
    await romeo.sendChatState(julietAccount.jid, 'composing');
    await juliet.until(() => (typing() === 'composing' ? true : null), 'Romeo types');
    await romeo.sendMessage(julietAccount.jid, 'done');
    await juliet.until(() => (typing() === null ? true : null), 'no more');
    await juliet.ask('chat.typing', { account, peer: romeoAccount.jid, state: 'composing' });
    expect((await romeo.waitForMessage((m) => m.chatState === 'composing')).body).toBeUndefined();
    await juliet.ask('settings.set', { patch: { sendTyping: false } });
    await juliet.ask('chat.typing', { account, peer: romeoAccount.jid, state: 'paused' });
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'after' });
    await romeo.waitForMessage((m) => m.body === 'after');
    await expect(romeo.waitForMessage((m) => m.chatState === 'paused', 300)).rejects.toThrow();
  });

  it('counts what is unread, notifies, and forgets both once seen', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const unread = async () =>
      (await juliet.ask('chats.list', { account })).value.find(({ peer }) => peer === romeoAccount.jid)
        ?.unread;
    await romeo.sendMessage(julietAccount.jid, 'one');
    await romeo.sendMessage(julietAccount.jid, 'two 你好');
    await juliet.until(async () => ((await unread()) === 2 ? true : null), 'two unread');
    const notice = await juliet.until(
      () => [...juliet.notices.values()].find(({ body }) => body === 'one\ntwo 你好'),
      'the notification',
    );
    expect(notice.title).toBe('Romeo (2)');
    notice.onReply('from the notification');
    await romeo.waitForMessage((m) => m.body === 'from the notification');
    juliet.core.setFront(true);
    const showing = (atEnd: boolean) =>
      juliet.ask('window.showing', { account, peer: romeoAccount.jid, atEnd });
    await showing(true);
    await juliet.until(async () => ((await unread()) === 0 ? true : null), 'read');
    expect(juliet.notices.size).toBe(0);
    await romeo.sendMessage(julietAccount.jid, 'three');
    await juliet.until(
      async () => ((await messagesWith(pair)).some((m) => m.body === 'three') ? true : null),
      'three',
    );
    expect(await unread()).toBe(0);
    expect(juliet.notices.size).toBe(0);

    await showing(false);
    await romeo.sendRaw(
      `<message type='chat' id='out-of-sight' to='${julietAccount.jid}'><body>below what is in sight</body><markable xmlns='urn:xmpp:chat-markers:0'/></message>`,
    );
    await juliet.until(async () => ((await unread()) === 1 ? true : null), 'one unread in the open chat');
    expect(juliet.notices.size).toBe(0);
    await showing(true);
    await juliet.until(async () => ((await unread()) === 0 ? true : null), 'read at the end');
    await romeo.waitForRaw((xml) => xml.includes('<displayed') && xml.includes('out-of-sight'));
  });

  it('typed while offline it waits, and goes once when the connection is back; a restart keeps it', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    const texts = ['waits 1', 'waits 2', 'waits 3'];
    for (const body of texts) await juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
    expect((await messagesWith(pair)).map(({ delivery }) => delivery)).toEqual([
      'waiting',
      'waiting',
      'waiting',
    ]);
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    for (const body of texts)
      expect((await romeo.waitForMessage((m) => m.body !== undefined)).body).toBe(body);
    await juliet.until(
      async () => ((await messagesWith(pair)).every(({ delivery }) => delivery !== 'waiting') ? true : null),
      'all sent',
    );
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'again online');
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'last' });
    await romeo.waitForMessage((m) => m.body === 'last');
    expect(romeo.messages.map(({ body }) => body)).toEqual([...texts, 'last']);
  });

  it('R20 an error shows the message as failed, with its reason; it can be tried again or deleted', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server, romeo, romeoAccount } = pair;
    // Openfire 4.2 swallows what goes to an unknown user: there the other client refuses.
    const to = kind === 'openfire' ? romeoAccount.jid : `nobody-here@${server.domain}`;
    const refuse = async (): Promise<void> => {
      if (kind !== 'openfire') return;
      const { id, from } = await romeo.waitForMessage((m) => m.body === 'anyone?');
      const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
      await romeo.sendRaw(
        `<message type='error' id='${id ?? ''}' to='${from}'><error type='cancel'><service-unavailable xmlns='${stanzas}'/></error></message>`,
      );
    };
    const page = async () =>
      (await juliet.ask('messages.page', { account, peer: to, anchor: null, limit: 10 })).value.messages;
    const bounced = () =>
      juliet.until(async () => {
        const [message] = await page();
        return message?.delivery === 'failed' ? message : null;
      }, 'bounced');
    const sent = await juliet.ask('message.send', { account, peer: to, body: 'anyone?' });
    await refuse();
    expect((await bounced()).error?.condition).toMatch(/service-unavailable|item-not-found/);
    expect(juliet.events.filter((event) => event.type === 'sound').map(({ sound }) => sound)).toEqual([
      'error',
    ]);
    await juliet.ask('message.retry', { account, id: sent.id });
    await refuse();
    await bounced();
    await juliet.ask('message.discard', { account, id: sent.id });
    expect(await page()).toEqual([]);
  });
});
