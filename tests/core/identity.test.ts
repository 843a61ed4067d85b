import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { atEnd, messagesWith, ownPeer, signedIn, type Pair } from './support';

const quiet = async (pair: Pair, account: Pair['romeoAccount']): Promise<Peer> => {
  const peer = await connectPeer(pair.server, account, { client: 'stanza' });
  atEnd(() => peer.disconnect());
  return peer;
};
const raw = (peer: Peer, to: string, id: string, inside: string, type = 'chat') =>
  peer.sendRaw(`<message xmlns='jabber:client' type='${type}' id='${id}' to='${to}'>${inside}</message>`);
const bodyWhen = (pair: Pair, body: string) =>
  pair.juliet.until(async () => (await messagesWith(pair)).find((one) => one.body === body), body);
const replace = (id: string, body: string) =>
  `<body>${body}</body><replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`;
const retract = (id: string) =>
  `<body>takes it back</body><retract xmlns='urn:xmpp:message-retract:1' id='${id}'/>` +
  `<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>`;

describe.each(sharedServers())('who may change what was said, on %s', (kind) => {
  it('T4 its author corrects a message, and what it said is kept; nobody else does, and not into another type', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, julietAccount, server } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await ownPeer(server, nurseAccount);
    await raw(romeo, julietAccount.jid, 'said', '<body>I love thee</body>');
    const { id } = await bodyWhen(pair, 'I love thee');
    await raw(nurse, julietAccount.jid, 'n1', replace('said', 'forged by another'));
    await raw(romeo, julietAccount.jid, 'r1', replace('said', 'as a notice'), 'normal');
    await nurse.sendMessage(julietAccount.jid, 'done');
    await bodyWhen({ ...pair, romeoAccount: nurseAccount }, 'done');
    await bodyWhen(pair, 'as a notice');
    expect((await messagesWith(pair)).map(({ body, edited }) => [body, edited])).toEqual([
      ['I love thee', false],
      ['as a notice', false],
    ]);
    // Nor is it a message of the forger's.
    expect((await messagesWith({ ...pair, romeoAccount: nurseAccount })).map(({ body }) => body)).toEqual([
      'done',
    ]);

    await raw(romeo, julietAccount.jid, 'r2', replace('said', 'I do love thee'));
    expect(await bodyWhen(pair, 'I do love thee')).toMatchObject({ id, edited: true });
    const versions = (await juliet.ask('message.versions', { account, id })).value;
    expect(versions.map(({ body }) => body)).toEqual(['I love thee']);
  });

  it('T5 its author takes a message back, and nobody else does', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount, server, juliet } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await ownPeer(server, nurseAccount);
    await raw(romeo, julietAccount.jid, 'said', '<body>by the moon</body>');
    await bodyWhen(pair, 'by the moon');
    await raw(nurse, julietAccount.jid, 'n1', retract('said'));
    await nurse.sendMessage(julietAccount.jid, 'done');
    await bodyWhen({ ...pair, romeoAccount: nurseAccount }, 'done');
    expect(await messagesWith(pair)).toMatchObject([{ body: 'by the moon', retracted: false }]);
    await raw(romeo, julietAccount.jid, 'r1', retract('said'));
    await juliet.until(async () => ((await messagesWith(pair))[0]?.retracted ? true : null), 'taken back');
    // The words for other clients are none of his.
    expect(await messagesWith(pair)).toMatchObject([{ body: '', retracted: true }]);
  });

  it('T9 a stanza-id that a sender makes up makes no message disappear', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount } = pair;
    const forged = `<stanza-id xmlns='urn:xmpp:sid:0' by='${julietAccount.jid}' id='same'/>`;
    await raw(romeo, julietAccount.jid, 'one', `<body>one</body>${forged}`);
    await raw(romeo, julietAccount.jid, 'two', `<body>two</body>${forged}`);
    await bodyWhen(pair, 'two');
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(['one', 'two']);
  });

  it('T3 an archive result that somebody sends us is dropped', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount, juliet, server } = pair;
    const inside =
      `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>` +
      `<message xmlns='jabber:client' type='chat' from='tybalt@${server.domain}' to='${julietAccount.jid}'><body>forged</body></message></forwarded>`;
    await raw(
      romeo,
      julietAccount.jid,
      'x',
      `<body>look</body><result xmlns='urn:xmpp:mam:2' queryid='q' id='1'>${inside}</result>`,
    );
    await romeo.sendMessage(julietAccount.jid, 'done');
    await bodyWhen(pair, 'done');
    const tybalt = { ...pair, romeoAccount: { ...pair.romeoAccount, jid: `tybalt@${server.domain}` } };
    expect(await messagesWith(tybalt)).toEqual([]);
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(['done']);
    expect(juliet.log.join('')).toContain('archive-result-refused');
  });

  it('R11 nothing reorders when the clock jumps back a day, and forth again', async () => {
    let jump = 0;
    const pair = await signedIn(
      kind,
      {},
      {
        spoil: (ports) => ({ ...ports, clock: { ...ports.clock, now: () => Date.now() + jump } }),
      },
    );
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const day = 86_400_000;
    const expected: string[] = [];
    for (const [n, shift] of [0, -day, day, -3 * day, 0].entries()) {
      jump = shift;
      await romeo.sendMessage(julietAccount.jid, `in ${String(n)}`);
      await bodyWhen(pair, `in ${String(n)}`);
      await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: `out ${String(n)}` });
      await romeo.waitForMessage(({ body }) => body === `out ${String(n)}`);
      expected.push(`in ${String(n)}`, `out ${String(n)}`);
    }
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(expected);
    if (!CAPABILITIES[kind].mam) return;
    // The archive's word on the times does not move them either.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(({ archive }) => archive.is === 'current', 'caught up');
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(expected);
  });
});

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].mam))('the same message on %s', (kind) => {
  it('R8 live, and again from the archive, is one; the same words twice are two', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, julietAccount, romeoAccount } = pair;
    const nurse = await quiet(pair, romeoAccount);
    // A client that gives its messages no ids, and one that counts from one.
    for (const id of ['', '1', '1']) {
      const attribute = id && `id='${id}'`;
      await nurse.sendRaw(
        `<message xmlns='jabber:client' type='chat' ${attribute} to='${julietAccount.jid}'><body>ay me</body></message>`,
      );
    }
    await nurse.sendMessage(julietAccount.jid, 'done');
    await bodyWhen(pair, 'done');
    const before = await messagesWith(pair);
    for (const kindOfPresence of ['offline', 'online', 'offline', 'online'] as const)
      await juliet.ask('presence.set', { account, kind: kindOfPresence, status: null });
    await juliet.waitForState(({ archive }) => archive.is === 'current', 'caught up');
    const after = await messagesWith(pair);
    expect(after.map(({ id, body }) => [id, body])).toEqual(before.map(({ id, body }) => [id, body]));
    expect(after.map(({ body }) => body)).toEqual(['ay me', 'ay me', 'ay me', 'done']);
  });
});
