import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { friends, messagesWith, ownPeer, type Pair } from './support';

const attention = "<attention xmlns='urn:xmpp:attention:0'/>";
const raw = ({ romeo, julietAccount }: Pair, attributes: string, inside: string) =>
  romeo.sendRaw(`<message xmlns='jabber:client' to='${julietAccount.jid}' ${attributes}>${inside}</message>`);
const shaken = ({ juliet }: Pair): number => juliet.events.filter(({ type }) => type === 'buzz').length;
const buzzes = async (pair: Pair, count: number) =>
  pair.juliet.until(
    async () => {
      const all = await messagesWith(pair);
      return all.length === count ? all : null;
    },
    `${String(count)} messages`,
  );

describe.each(sharedServers())('buzz on %s', (kind) => {
  it('goes out with words for clients that know none, once a minute, and only to contacts', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    const sent = await juliet.ask('message.buzz', { account, peer: romeoAccount.jid });
    expect(sent).toMatchObject({ kind: 'buzz', direction: 'out', body: 'Buzz!' });
    const xml = await romeo.waitForRaw((one) => one.includes('urn:xmpp:attention:0'));
    expect(xml).toMatch(/<body[^>]*>Buzz!<\/body>/u);
    expect(xml).toMatch(/type=["']chat["']/u);
    const refusal = (peer: string) => juliet.core.call('message.buzz', { account, peer });
    expect(await refusal(romeoAccount.jid)).toMatchObject({ error: { code: 'buzz-rest' } });
    expect(await refusal('stranger@elsewhere.example')).toMatchObject({ error: { code: 'not-contact' } });
    // It is a line of the conversation, as far as it has come.
    const [kept] = await juliet.until(async () => {
      const all = await messagesWith(pair);
      return all[0]?.delivery === 'waiting' ? null : all;
    }, 'the server’s word');
    expect(kept?.kind).toBe('buzz');
    expect([kept?.correctable, kept?.reactable]).toEqual([undefined, undefined]);
  });

  it('is understood as others send it, Spark among them, and felt once a minute', async () => {
    const pair = await friends(kind);
    const { juliet, romeoAccount } = pair;
    await raw(pair, "type='chat' id='b-1'", `<body>look here</body>${attention}`);
    await juliet.until(() => (shaken(pair) === 1 ? true : null), 'the window shakes');
    await juliet.until(
      () => [...juliet.notices.values()].find(({ body }) => body === 'Wants your attention'),
      'a notification',
    );
    await raw(pair, "id='b-2'", `${attention}<buzz xmlns='http://www.jivesoftware.com/spark'/>`);
    await raw(pair, "type='chat' id='b-3'", '<body>are you there?</body>');
    const all = await buzzes(pair, 3);
    expect(all.map(({ kind: one, body }) => [one, body])).toEqual([
      ['buzz', 'look here'],
      ['buzz', 'Buzz!'],
      ['chat', 'are you there?'],
    ]);
    expect(all.every(({ peer }) => peer === romeoAccount.jid)).toBe(true);
    expect(shaken(pair)).toBe(1);
  });

  it('T31 of a stranger it is a request like another: nothing shakes, nothing is heard', async () => {
    const pair = await friends(kind);
    const { juliet, account, server, julietAccount } = pair;
    await juliet.ask('settings.set', { patch: { ownDomainKnown: false } });
    const tybalt = await server.newAccount('tybalt');
    const peer = await ownPeer(server, tybalt, { autoAccept: false });
    await peer.sendRaw(
      `<message xmlns='jabber:client' to='${julietAccount.jid}' type='chat' id='t-1'><body>draw!</body>${attention}</message>`,
    );
    await juliet.until(async () => {
      const chats = (await juliet.ask('chats.list', { account })).value;
      return chats.find((chat) => chat.peer === tybalt.jid && chat.standing === 'request');
    }, 'the request');
    expect(shaken(pair)).toBe(0);
    expect(juliet.events.filter(({ type }) => type === 'sound')).toEqual([]);
  });
});
