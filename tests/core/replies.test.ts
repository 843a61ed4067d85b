import { describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import { sharedServers } from '../servers/shared';
import { peerSays, verona } from './rooms-support';
import { at, messagesWith, ownCore, signedIn, type Pair } from './support';

const REPLY = 'urn:xmpp:reply:0';
const reply = (id: string, to = '') => `<reply xmlns='${REPLY}' id='${id}' to='${to}'/>`;
const range = (start: number, end: number) =>
  `<fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'><body start='${start}' end='${end}'/></fallback>`;
const raw = ({ romeo, julietAccount }: Pair, id: string, inside: string) =>
  romeo.sendRaw(
    `<message xmlns='jabber:client' type='chat' id='${id}' to='${julietAccount.jid}'>${inside}<store xmlns='urn:xmpp:hints'/></message>`,
  );
const when = (pair: Pair, find: (of: readonly Message[]) => Message | undefined, what: string) =>
  pair.juliet.until(async () => find(await messagesWith(pair)) ?? null, what);

describe.each(sharedServers())('answers on %s', (kind) => {
  it('go out with the quote for old clients; a correction is an answer still, and after a restart too', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount, server } = pair;
    const peer = romeoAccount.jid;
    await romeo.sendMessage(julietAccount.jid, 'shall I come?\nor stay?', { id: 'the-question-of-romeo' });
    const asked = await when(pair, ([one]) => one, 'the question');
    const sent = await juliet.ask('message.send', { account, peer, body: 'come 💃', answers: asked.id });
    const quoted = { id: asked.id, direction: 'in', text: 'shall I come?\nor stay?' };
    expect(sent).toMatchObject({ body: 'come 💃', reply: { quoted, words: null } });
    const quote = '> shall I come?\n> or stay?\n';
    expect((await romeo.waitForMessage(({ body }) => body?.endsWith('💃') === true)).body).toBe(
      `${quote}come 💃`,
    );
    const xml = await romeo.waitForRaw((one) => one.includes(REPLY));
    expect(xml).toMatch(/<reply[^>]*id=["']the-question-of-romeo/u);
    expect(xml).toMatch(new RegExp(`<reply[^>]*to=["']${peer}`, 'u'));
    expect(xml).toMatch(new RegExp(`end=["']${String(quote.length)}["']`, 'u'));
    await juliet.ask('message.rewrite', { account, id: sent.id, body: 'stay' });
    const corrected = await romeo.waitForMessage(({ replaces }) => replaces !== undefined);
    expect(corrected.body).toBe(`${quote}stay`);
    const [, now] = await messagesWith(pair);
    expect(now).toMatchObject({ body: 'stay', edited: true, reply: { quoted } });

    // Written offline it waits with what it answers.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('message.send', { account, peer, body: 'soon', answers: sent.id });
    await juliet.ask('chat.draft', { account, peer, draft: 'and', answers: asked.id, spoiler: 'more' });
    await juliet.stop(true);
    const again = await ownCore({ dir: juliet.dir, secrets: juliet.secrets });
    await again.waitForState(() => true, 'the account');
    await again.ask('presence.set', { account, kind: 'online', status: null });
    const late = await romeo.waitForMessage(({ body }) => body?.endsWith('soon') === true, 30_000);
    expect(late.body).toBe('> stay\nsoon');
    const { value: chats } = await again.ask('chats.list', { account });
    expect(chats.find((chat) => chat.peer === peer)).toMatchObject({
      draft: 'and',
      draftSpoiler: 'more',
      answering: { id: asked.id },
    });

    // What is not there cannot be answered.
    expect(await again.core.call('message.send', { account, peer, body: 'x', answers: 9_999 })).toMatchObject(
      { error: { code: 'no-message' } },
    );
    expect(server.domain).not.toBe('');
  });

  it('show the words of the message that is here, never those that the answer gives it; theirs are marked', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    const { id } = await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'good night' });
    const { id: wire } = await romeo.waitForMessage(({ body }) => body === 'good night');
    const forged = '&gt; I hate you\nso you say';
    await raw(pair, 'forged-answer', `<body>${forged}</body>${reply(wire ?? '')}${range(0, 13)}`);
    const known = await when(pair, (all) => all.find(({ body }) => body === 'so you say'), 'the answer');
    expect(known.reply).toEqual({ quoted: { id, direction: 'out', text: 'good night' }, words: null });
    await raw(pair, 'answer-to-nothing', `<body>${forged}</body>${reply('nothing-here')}${range(0, 13)}`);
    const unknown = await when(pair, (all) => all[2], 'the other one');
    expect(unknown).toMatchObject({ body: 'so you say', reply: { quoted: null, words: 'I hate you' } });
    // A range that takes all, or lies outside, takes nothing.
    await raw(pair, 'answer-of-nothing', `<body>all of it</body>${reply(wire ?? '')}${range(0, 9)}`);
    expect(await when(pair, (all) => all[3], 'the third')).toMatchObject({ body: 'all of it' });
    // Taken back it is shown as that.
    await juliet.ask('message.retract', { account, id });
    const gone = await when(
      pair,
      (all) => all.find((one) => one.reply?.quoted?.retracted === true),
      'what was taken back',
    );
    expect(gone.reply?.quoted?.text).toBe('');
  });

  it('are on the other devices too', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server, romeo, romeoAccount, julietAccount } = pair;
    const phone = await ownCore();
    const there = await phone.signIn(julietAccount.jid, julietAccount.password, at(server));
    const onPhone = { ...pair, juliet: phone, account: there };
    await romeo.sendMessage(julietAccount.jid, 'well?', { id: 'another-question-of-romeo' });
    const asked = await when(pair, ([one]) => one, 'the question');
    await when(onPhone, ([one]) => one, 'the question on the phone');
    await juliet.ask('message.send', {
      ...{ account, peer: romeoAccount.jid, body: 'yes' },
      answers: asked.id,
    });
    const copy = await when(onPhone, (all) => all[1], 'the answer on the phone');
    expect(copy).toMatchObject({ body: 'yes', direction: 'out', reply: { quoted: { text: 'well?' } } });
  });

  it('in a room are to the id that the room gave, and say who spoke to old clients', async () => {
    const { juliet, account, romeo, room, join } = await verona(kind);
    await join();
    const page = async () =>
      (await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })).value.messages;
    const until = (find: (of: readonly Message[]) => Message | undefined, what: string) =>
      juliet.until(async () => find(await page()) ?? null, what);
    await peerSays(romeo, room, 'shall we dance?');
    const asked = await until((of) => of.find(({ body }) => body === 'shall we dance?'), 'the question');
    if (!asked.reactable) {
      // The room gives no ids: what is answered stands in the text, for everybody to read.
      const said = await juliet.ask('message.send', {
        ...{ account, peer: room, body: 'yes' },
        answers: asked.id,
      });
      const body = '> Romeo:\n> shall we dance?\nyes';
      expect(said).toMatchObject({ body, direction: 'out' });
      expect(said.reply).toBeUndefined();
      const heard = await romeo.waitForRaw((one) => one.includes('shall we dance?\nyes'));
      expect(heard).not.toContain(REPLY);
      const echoed = await until((of) => of.find(({ delivery }) => delivery === 'sent'), 'her own');
      expect(echoed).toMatchObject({ body, direction: 'out' });
      const react = { account, id: asked.id, emoji: '👍' };
      expect(await juliet.core.call('message.react', react)).toMatchObject({ error: { code: 'no-message' } });
      return;
    }
    await juliet.ask('message.send', { account, peer: room, body: 'yes', answers: asked.id });
    const xml = await romeo.waitForRaw((one) => one.includes(REPLY));
    const seen = await romeo.waitForRaw((one) => one.includes('shall we dance?') && !one.includes(REPLY));
    const given = /\bid=["']([^"']+)/.exec(/<stanza-id[^>]*>/.exec(seen)?.[0] ?? '')?.[1];
    expect(xml).toMatch(new RegExp(`<reply[^>]*id=["']${String(given)}["']`, 'u'));
    expect(xml).toMatch(new RegExp(`<reply[^>]*to=["']${room}/Romeo["']`, 'u'));
    expect(xml).toMatch(/(?:>|&gt;) Romeo:\n(?:>|&gt;) shall we dance\?\nyes/u);
    // The room says it to her too: it is the same one, without the quote.
    const own = await until(
      (of) => of.find(({ direction, reactable }) => direction === 'out' && reactable),
      'her own',
    );
    expect(own).toMatchObject({ body: 'yes', reply: { quoted: { nick: 'Romeo', text: 'shall we dance?' } } });
    expect((await page()).filter(({ kind: of }) => of === 'chat')).toHaveLength(2);
  });
});
