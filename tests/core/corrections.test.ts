import { describe, expect, it } from 'vitest';
import type { Peer } from '../peers/peer';
import type { ServerKind } from '../servers/server';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { friends, messagesWith, ownCore, ownPeer, signedIn, at, type Pair } from './support';

const say = async ({ juliet, account, romeoAccount }: Pair, body: string): Promise<number> =>
  (await juliet.ask('message.send', { account, peer: romeoAccount.jid, body })).id;
const correct = ({ juliet, account }: Pair, id: number, body: string) =>
  juliet.ask('message.rewrite', { account, id, body });
const bodyWhen = (pair: Pair, body: string) =>
  pair.juliet.until(async () => (await messagesWith(pair)).find((one) => one.body === body), body);
const hears = (peer: Peer, body: string) => peer.waitForMessage((one) => one.body === body);
/** Nothing that the server has not taken. */
const allSent = (pair: Pair) =>
  pair.juliet.until(
    async () =>
      (await messagesWith(pair)).every(({ delivery, change }) => delivery !== 'waiting' && !change) || null,
    'all sent',
  );

/** slixmpp speaks TCP, which the Openfire of the tests does not. */
const clientsOf = (kind: ServerKind): readonly Peer['client'][] =>
  kind === 'openfire' ? ['stanza'] : ['slixmpp', 'stanza'];

describe.each(sharedServers())('a correction of one’s own, on %s', (kind) => {
  it.each(clientsOf(kind))(
    'reaches %s as one of the message that it knows, and theirs is one of theirs',
    async (client) => {
      const pair = await signedIn(kind);
      const { juliet, account, server, romeoAccount, julietAccount } = pair;
      await pair.romeo.disconnect();
      const romeo = await ownPeer(server, romeoAccount, { client });
      const id = await say(pair, 'Meet at noo');
      const first = await hears(romeo, 'Meet at noo');
      expect((await correct(pair, id, 'Meet at noon')).body).toBe('Meet at noon');
      const second = await hears(romeo, 'Meet at noon');
      expect(second).toMatchObject({ replaces: first.id, type: 'chat', receiptRequested: false });
      // Corrected again it is still the first one that is meant (XEP-0308 §4).
      await correct(pair, id, 'Meet at nine');
      expect((await hears(romeo, 'Meet at nine')).replaces).toBe(first.id);
      await allSent(pair);
      expect(await messagesWith(pair)).toMatchObject([{ id, body: 'Meet at nine', edited: true }]);
      const versions = (await juliet.ask('message.versions', { account, id })).value;
      expect(versions.map(({ body }) => body)).toEqual(['Meet at noo', 'Meet at noon']);

      const theirs = await romeo.sendMessage(julietAccount.jid, 'I love the');
      const { id: row } = await bodyWhen(pair, 'I love the');
      await romeo.sendMessage(julietAccount.jid, 'I love thee', { replaces: theirs });
      expect(await bodyWhen(pair, 'I love thee')).toMatchObject({ id: row, edited: true, direction: 'in' });
      expect(await messagesWith(pair)).toHaveLength(2);
    },
  );

  it('keeps the receipt of the message, and is read where its correction was', async () => {
    const pair = await friends(kind);
    const { romeo, julietAccount } = pair;
    const id = await say(pair, 'a slip');
    const { id: wire, from } = await hears(romeo, 'a slip');
    await romeo.sendReceipt(from, wire ?? '');
    await pair.juliet.until(
      async () => (await messagesWith(pair))[0]?.delivery === 'received' || null,
      'received',
    );
    await correct(pair, id, 'as meant');
    const second = await hears(romeo, 'as meant');
    expect(await messagesWith(pair)).toMatchObject([{ body: 'as meant', delivery: 'received' }]);
    await romeo.sendRaw(
      `<message xmlns='jabber:client' type='chat' to='${julietAccount.jid}'><displayed xmlns='urn:xmpp:chat-markers:0' id='${second.id ?? ''}'/></message>`,
    );
    await pair.juliet.until(async () => (await messagesWith(pair))[0]?.delivery === 'read' || null, 'read');
  });

  it('made while offline waits behind what was written before it, and changes what was not sent in its place', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo } = pair;
    const sent = await say(pair, 'sent');
    const first = await hears(romeo, 'sent');
    await allSent(pair);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    const waiting = await say(pair, 'waits');
    await correct(pair, sent, 'sent, corrected');
    await correct(pair, waiting, 'waits, changed');
    expect(await messagesWith(pair)).toMatchObject([
      { body: 'sent, corrected', edited: true, change: { error: null } },
      { body: 'waits, changed', edited: false, editable: true },
    ]);
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    const next = () => romeo.waitForMessage(({ body }) => body !== undefined);
    expect(await next()).toMatchObject({ body: 'waits, changed', replaces: undefined });
    expect(await next()).toMatchObject({ body: 'sent, corrected', replaces: first.id });
    await allSent(pair);
  });

  it('R20 that is refused says so; it can be sent again, or given up', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo } = pair;
    const id = await say(pair, 'said');
    await hears(romeo, 'said');
    await allSent(pair);
    const refuse = async (body: string): Promise<void> => {
      const heard = await hears(romeo, body);
      await romeo.sendRaw(
        `<message type='error' id='${heard.id ?? ''}' to='${heard.from}'><error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      );
      await juliet.until(async () => (await messagesWith(pair))[0]?.change?.error, 'refused');
    };
    await correct(pair, id, 'corrected');
    await refuse('corrected');
    expect(await messagesWith(pair)).toMatchObject([
      { body: 'corrected', edited: true, change: { error: { condition: 'not-acceptable' } } },
    ]);
    await juliet.ask('message.retry', { account, id });
    await refuse('corrected');
    await juliet.ask('message.discard', { account, id });
    const [message] = await messagesWith(pair);
    expect(message).toMatchObject({ body: 'said', edited: false });
    expect(message?.change).toBeUndefined();
  });

  it('is on the other devices too, live and from the archive, once', async () => {
    const pair = await signedIn(kind);
    const { server, julietAccount, romeoAccount } = pair;
    const phone = await ownCore();
    const account = await phone.signIn(julietAccount.jid, julietAccount.password, at(server));
    const onPhone = { ...pair, juliet: phone, account };
    const id = await say(pair, 'one');
    await bodyWhen(onPhone, 'one');
    await correct(pair, id, 'two');
    await bodyWhen(onPhone, 'two');
    await correct(onPhone, (await bodyWhen(onPhone, 'two')).id, 'three');
    await bodyWhen(pair, 'three');
    await allSent(pair);
    for (const one of [pair, onPhone])
      expect(await messagesWith(one)).toMatchObject([{ body: 'three', edited: true }]);
    if (!CAPABILITIES[kind].mam) return;
    const fresh = await ownCore();
    const there = await fresh.signIn(julietAccount.jid, julietAccount.password, at(server));
    const late = { ...pair, juliet: fresh, account: there, romeoAccount };
    await bodyWhen(late, 'three');
    expect(await messagesWith(late)).toMatchObject([{ body: 'three', edited: true, direction: 'out' }]);
  });
});

describe.each(sharedServers())('a message of one’s own that is taken back, on %s', (kind) => {
  it('T5 goes for others as a retraction with words for old clients, here and on the other devices its text is gone', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server, romeo, julietAccount } = pair;
    const phone = await ownCore();
    const there = await phone.signIn(julietAccount.jid, julietAccount.password, at(server));
    const onPhone = { ...pair, juliet: phone, account: there };
    const id = await say(pair, 'I hate the name');
    const { id: wire } = await hears(romeo, 'I hate the name');
    await bodyWhen(onPhone, 'I hate the name');
    await allSent(pair);
    await correct(pair, id, 'I hate that name');
    await hears(romeo, 'I hate that name');
    await juliet.ask('message.retract', { account, id });
    const xml = await romeo.waitForRaw((one) => one.includes('urn:xmpp:message-retract:1'));
    expect(xml).toMatch(new RegExp(`<retract[^>]* id=["']${wire ?? ''}["']`, 'u'));
    expect(xml).toMatch(/<fallback[^>]* for=["']urn:xmpp:message-retract:1["']/u);
    expect(xml).toContain('deleted an earlier message');
    await allSent(pair);
    for (const one of [pair, onPhone])
      await one.juliet.until(async () => {
        const [message] = await messagesWith(one);
        return message?.retracted && message.body === '' && !message.edited ? message : null;
      }, 'taken back');
    expect(await messagesWith(pair)).toHaveLength(1);
    const again = await juliet.core.call('message.rewrite', { account, id, body: 'after all' });
    expect(again).toMatchObject({ error: { code: 'no-message' } });
    expect((await juliet.ask('chats.list', { account })).value).toMatchObject([
      { last: { retracted: true } },
    ]);
  });

  it('is taken out of the queue where it was never sent, and one written offline goes when there is a line', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo } = pair;
    const sent = await say(pair, 'sent');
    const { id: wire } = await hears(romeo, 'sent');
    await allSent(pair);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    const waiting = await say(pair, 'never mind');
    // A correction of it that waits is not sent any more.
    await correct(pair, sent, 'nor this');
    await juliet.ask('message.retract', { account, id: sent });
    await juliet.ask('message.retract', { account, id: waiting });
    expect(await messagesWith(pair)).toMatchObject([{ body: '', retracted: true, change: { error: null } }]);
    await say(pair, 'last');
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await romeo.waitForRaw((one) => one.includes('message-retract:1') && one.includes(wire ?? 'none'));
    await hears(romeo, 'last');
    await allSent(pair);
    expect(romeo.messages.map(({ body }) => body)).not.toContain('nor this');
    expect(romeo.messages.map(({ body }) => body)).not.toContain('never mind');
  });
});
