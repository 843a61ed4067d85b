import { describe, expect, it } from 'vitest';
import type { Reactions } from '../../src-shared/model/conversation';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { peerJoins, peerSays, verona } from './rooms-support';
import { knowingNoReactions } from './old-apps';
import { at, friends, messagesWith, ownCore, ownPeer, signedIn, type Pair } from './support';

const reactions = (id: string, ...emojis: readonly string[]) =>
  `<reactions xmlns='urn:xmpp:reactions:0' id='${id}'>${emojis.map((one) => `<reaction>${one}</reaction>`).join('')}</reactions>`;
const raw = ({ romeo, julietAccount }: Pair, id: string, inside: string) =>
  romeo.sendRaw(
    `<message xmlns='jabber:client' type='chat' id='${id}' to='${julietAccount.jid}'>${inside}<store xmlns='urn:xmpp:hints'/></message>`,
  );
const react = ({ juliet, account }: Pair, id: number, emoji: string) =>
  juliet.ask('message.react', { account, id, emoji });
const when = (pair: Pair, fits: (of: Awaited<ReturnType<typeof messagesWith>>) => boolean, what: string) =>
  pair.juliet.until(async () => {
    const all = await messagesWith(pair);
    return fits(all) ? all : null;
  }, what);
const theirs = (of: { readonly reactions?: Reactions } | undefined) => of?.reactions?.others[0]?.emojis;
const given = (xml: string): readonly string[] =>
  [...xml.matchAll(/<reaction[^s>]*>([^<]*)</gu)].map(([, emoji]) => emoji ?? '');

describe.each(sharedServers())('reactions on %s', (kind) => {
  it('go out as all that one thinks of a message, in whatever order they were made; taken away they are gone', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await romeo.sendMessage(julietAccount.jid, 'shall I come?', { id: 'the-question-of-romeo' });
    const [theirs] = await when(pair, (all) => all.length === 1, 'the question');
    if (!theirs) throw new Error('no message');
    const next = () =>
      romeo.waitForRaw(
        (xml) => xml.includes('urn:xmpp:reactions:0') && xml.includes('the-question-of-romeo'),
      );
    await react(pair, theirs.id, '👍');
    expect(given(await next())).toEqual(['👍']);
    await react(pair, theirs.id, '❤️');
    expect(given(await next())).toEqual(['👍', '❤️']);
    await react(pair, theirs.id, '👍');
    expect(given(await next())).toEqual(['❤️']);
    expect(await messagesWith(pair)).toMatchObject([{ reactions: { own: ['❤️'], others: [] } }]);
    await react(pair, theirs.id, '❤️');
    expect(given(await next())).toEqual([]);
    expect((await messagesWith(pair))[0]?.reactions).toBeUndefined();

    // Made offline only the last word goes.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    for (const emoji of ['😀', '🎉', '😀']) await react(pair, theirs.id, emoji);
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    expect(given(await next())).toEqual(['🎉']);
    // Words are none, and what is not there cannot be reacted to.
    for (const [id, emoji] of [
      [theirs.id, 'two words'],
      [9_999, '👍'],
    ] as const)
      expect(await juliet.core.call('message.react', { account, id, emoji })).toMatchObject({
        error: { code: 'no-message' },
      });
    expect(romeoAccount.jid).not.toBe(julietAccount.jid);
  });

  it('come to messages of either side, replace those before, and wait for a message that is not here yet', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    const { id } = await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'mine' });
    const { id: wire } = await romeo.waitForMessage(({ body }) => body === 'mine');
    await raw(pair, 'r-1', reactions(wire ?? '', '👍', '👍', 'two', '7', '👍👍', '🎉'));
    await when(pair, ([one]) => theirs(one)?.length === 2, 'two reactions');
    await react(pair, id, '👍');
    expect(await messagesWith(pair)).toMatchObject([
      { body: 'mine', reactions: { others: [{ emojis: ['👍', '🎉'] }], own: ['👍'] } },
    ]);
    await raw(pair, 'r-2', reactions(wire ?? '', '😀'));
    await when(pair, ([one]) => theirs(one)?.[0] === '😀', 'another one');
    await raw(pair, 'r-3', reactions('a-message-that-comes-later', '😮'));
    await raw(pair, 'a-message-that-comes-later', '<body>late</body>');
    const [, late] = await when(pair, (all) => all.length === 2, 'the late one');
    expect(late).toMatchObject({ body: 'late', reactions: { others: [{ emojis: ['😮'] }], own: [] } });
    // They are no messages, with or without words for old clients.
    await raw(pair, 'r-4', `<body>Romeo reacted</body>${reactions(wire ?? '')}`);
    await when(pair, ([one]) => theirs(one) === undefined, 'none any more');
    expect(await messagesWith(pair)).toHaveLength(2);
  });

  it('to somebody whose apps know none of them are words, and no message of ours', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeoAccount, julietAccount } = pair;
    const app = await knowingNoReactions(pair);
    await app.sendMessage(julietAccount.jid, 'shall I come?\nor stay?', { id: 'the-question-of-romeo' });
    const [asked] = await when(pair, (all) => all.length === 1, 'the question');
    await react(pair, asked?.id ?? 0, '👍');
    const xml = await app.waitForRaw((one) => one.includes('urn:xmpp:reactions:0'));
    expect(xml).toMatch(/<body[^>]*>(?:>|&gt;) shall I come\?\n(?:>|&gt;) or stay\?\n👍<\/body>/u);
    expect(xml).toMatch(/<fallback[^>]*for=["']urn:xmpp:reactions:0["']/u);
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'mine' });
    const mine = await app.waitForMessage(({ body }) => body === 'mine');
    // What Flint sends is a reaction to Flint: the same comes back.
    await app.sendRaw(
      `<message xmlns='jabber:client' type='chat' id='words-for-old-apps' to='${julietAccount.jid}'><body>&gt; mine\n👍</body>` +
        `<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reactions:0'/>${reactions(mine.id ?? '', '👍')}</message>`,
    );
    const all = await when(pair, ([, one]) => theirs(one)?.[0] === '👍', 'his reaction');
    expect(all.map(({ body }) => body)).toEqual(['shall I come?\nor stay?', 'mine']);
  });

  it('by somebody else count for nothing there, and one’s own are on the other devices, from the archive too', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server, romeo, romeoAccount, julietAccount } = pair;
    const phone = await ownCore();
    const there = await phone.signIn(julietAccount.jid, julietAccount.password, at(server));
    const onPhone = { ...pair, juliet: phone, account: there };
    const { id } = await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'mine' });
    const { id: wire } = await romeo.waitForMessage(({ body }) => body === 'mine');
    await when(onPhone, (all) => all.length === 1, 'on the phone');
    await react(pair, id, '🎉');
    const own = ([one]: Awaited<ReturnType<typeof messagesWith>>) => one?.reactions?.own[0] === '🎉';
    await when(onPhone, own, 'the reaction on the phone');
    const nurse = await server.newAccount('nurse');
    const other = await ownCore();
    const hers = await other.signIn(nurse.jid, nurse.password, at(server));
    await other.ask('console.send', {
      account: hers,
      xml: `<message type='chat' to='${julietAccount.jid}'>${reactions(wire ?? '', '💩')}</message>`,
    });
    await other.ask('message.send', { account: hers, peer: julietAccount.jid, body: 'done' });
    await when({ ...pair, romeoAccount: nurse }, (all) => all.length === 1, 'the nurse');
    expect(await messagesWith(pair)).toMatchObject([{ reactions: { own: ['🎉'], others: [] } }]);
    if (!CAPABILITIES[kind].mam) return;
    const fresh = await ownCore();
    const late = await fresh.signIn(julietAccount.jid, julietAccount.password, at(server));
    await when({ ...pair, juliet: fresh, account: late }, own, 'from the archive');
  });

  it('in a room are everybody’s, by the id that the room gave the message, and only of those in it', async () => {
    const all = await verona(kind);
    const { juliet, account, server, romeo, room, join } = all;
    await join();
    const page = async () =>
      (await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })).value;
    const until = <T>(
      find: (of: Awaited<ReturnType<typeof page>>['messages']) => T | null | undefined,
      what: string,
    ) => juliet.until(async () => find((await page()).messages) ?? null, what);
    await peerSays(romeo, room, 'shall we dance?');
    const question = await until((of) => of.find(({ body }) => body === 'shall we dance?'), 'the question');
    const seen = await romeo.waitForRaw((xml) => xml.includes('shall we dance?'));
    const stanzaId = /<stanza-id[^>]*>/.exec(seen)?.[0] ?? '';
    const id = /\bid=["']([^"']+)/.exec(stanzaId)?.[1];
    if (id === undefined) {
      // No id of the room's: nothing to react to by.
      expect(question.reactable).toBeUndefined();
      return;
    }
    expect(await juliet.core.call('message.react', { account, id: question.id, emoji: '💃' })).toMatchObject({
      ok: true,
    });
    const said = await romeo.waitForRaw((xml) => xml.includes('urn:xmpp:reactions:0') && xml.includes('💃'));
    expect(said).toContain(id);
    expect(said).toMatch(/type=["']groupchat/);
    expect(given(said)).toEqual(['💃']);

    const nurse = await ownPeer(server, await server.newAccount('nurse'));
    await peerJoins(nurse, room, 'Nurse').catch(() => undefined);
    const says = (of: typeof romeo, stanza: string, ...emojis: readonly string[]) =>
      of.sendRaw(
        `<message type='groupchat' id='${stanza}' to='${room}'>${reactions(id, ...emojis)}<store xmlns='urn:xmpp:hints'/></message>`,
      );
    await says(romeo, 'the-same-id', '💃', '😀');
    // Two may give their stanzas the same id.
    await says(nurse, 'the-same-id', '👎');
    await until(
      (of) => of.find((one) => one.id === question.id && one.reactions?.others.length === 2),
      'both',
    );
    await says(nurse, 'another', '👍');
    const now = await until(
      (of) => of.find((one) => one.reactions?.others.some(({ emojis }) => emojis[0] === '👍')),
      'another mind',
    );
    expect(now.reactions).toEqual({
      own: ['💃'],
      others: [
        { nick: 'Romeo', emojis: ['💃', '😀'] },
        { nick: 'Nurse', emojis: ['👍'] },
      ],
    });
    expect(now).toMatchObject({ id: question.id });
    await says(nurse, 'no-more');
    await until(
      (of) => of.find((one) => one.id === question.id && one.reactions?.others.length === 1),
      'taken away',
    );

    // On her own words, which she sees once the room has said them.
    const { id: mine } = await juliet.ask('message.send', { account, peer: room, body: 'Ay me!' });
    await until((of) => of.find((one) => one.id === mine && one.reactable), 'said');
    await juliet.ask('message.react', { account, id: mine, emoji: '🥲' });
    await romeo.waitForRaw((xml) => xml.includes('urn:xmpp:reactions:0') && xml.includes('🥲'));
    const outside = await ownCore();
    const tybalt = await server.newAccount('tybalt');
    const his = await outside.signIn(tybalt.jid, tybalt.password, at(server));
    await outside.ask('console.send', {
      account: his,
      xml: `<message type='groupchat' to='${room}'>${reactions(id, '💩')}</message>`,
    });
    await peerSays(romeo, room, 'done');
    await until((of) => of.find(({ body }) => body === 'done'), 'the last word');
    expect((await page()).messages.find((one) => one.id === question.id)?.reactions).toEqual({
      own: ['💃'],
      others: [{ nick: 'Romeo', emojis: ['💃', '😀'] }],
    });
    // Nothing of it waits, or is a message.
    expect((await page()).messages.filter(({ kind: of }) => of === 'chat').map(({ body }) => body)).toEqual([
      'shall we dance?',
      'Ay me!',
      'done',
    ]);
  });
});
