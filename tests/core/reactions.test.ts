import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { at, messagesWith, ownCore, signedIn, type Pair } from './support';

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
    expect(await messagesWith(pair)).toMatchObject([{ reactions: { own: ['❤️'], theirs: [] } }]);
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
    await raw(pair, 'r-1', reactions(wire ?? '', '👍', '👍', '🎉'));
    await when(pair, ([one]) => one?.reactions?.theirs.length === 2, 'two reactions');
    await react(pair, id, '👍');
    expect(await messagesWith(pair)).toMatchObject([
      { body: 'mine', reactions: { theirs: ['👍', '🎉'], own: ['👍'] } },
    ]);
    await raw(pair, 'r-2', reactions(wire ?? '', '😀'));
    await when(pair, ([one]) => one?.reactions?.theirs[0] === '😀', 'another one');
    await raw(pair, 'r-3', reactions('a-message-that-comes-later', '😮'));
    await raw(pair, 'a-message-that-comes-later', '<body>late</body>');
    const [, late] = await when(pair, (all) => all.length === 2, 'the late one');
    expect(late).toMatchObject({ body: 'late', reactions: { theirs: ['😮'], own: [] } });
    // They are no messages, with or without words for old clients.
    await raw(pair, 'r-4', `<body>Romeo reacted</body>${reactions(wire ?? '')}`);
    await when(pair, ([one]) => one?.reactions?.theirs.length === 0, 'none any more');
    expect(await messagesWith(pair)).toHaveLength(2);
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
    expect(await messagesWith(pair)).toMatchObject([{ reactions: { own: ['🎉'], theirs: [] } }]);
    if (!CAPABILITIES[kind].mam) return;
    const fresh = await ownCore();
    const late = await fresh.signIn(julietAccount.jid, julietAccount.password, at(server));
    await when({ ...pair, juliet: fresh, account: late }, own, 'from the archive');
  });
});
