import { describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import type { Peer } from '../peers/peer';
import type { ServerKind } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { peerJoins, verona, type Verona } from './rooms-support';
import { ownPeer } from './support';

const REPLY = 'urn:xmpp:reply:0';
const RETRACT = 'urn:xmpp:message-retract:1';
const REACTIONS = 'urn:xmpp:reactions:0';
const reactions = (id: string, emoji: string) =>
  `<reactions xmlns='${REACTIONS}' id='${id}'><reaction>${emoji}</reaction></reactions>`;
const retract = (id: string) => `<retract xmlns='${RETRACT}' id='${id}'/>`;

const pageOf = async ({ juliet, account }: Verona, peer: string) =>
  (await juliet.ask('messages.page', { account, peer, anchor: null, limit: 100 })).value.messages.filter(
    ({ kind }) => kind === 'chat',
  );
const until = (
  all: Verona,
  peer: string,
  find: (of: readonly Message[]) => Message | undefined,
  what: string,
) => all.juliet.until(async () => find(await pageOf(all, peer)) ?? null, what);
const says =
  (body: string) =>
  (of: readonly Message[]): Message | undefined =>
    of.find((one) => one.body === body);
/** To Juliet alone, through the room (XEP-0045 §7.5). */
const whispers = (peer: Peer, room: string, id: string, inside: string) =>
  peer.sendRaw(
    `<message type='chat' id='${id}' to='${room}/Juliet'>${inside}<x xmlns='http://jabber.org/protocol/muc#user'/></message>`,
  );
const answered = (xml: string) => ({
  to: /<reply[^>]* to=["']([^"']*)/u.exec(xml)?.[1],
  id: /<reply[^>]* id=["']([^"']*)/u.exec(xml)?.[1],
});

/** slixmpp speaks TCP, which the Openfire of the tests does not. */
const clientsOf = (kind: ServerKind): readonly Peer['client'][] =>
  kind === 'openfire' ? ['stanza'] : ['slixmpp', 'stanza'];

describe.each(sharedServers())('a private message of a room on %s', (kind) => {
  it.each(clientsOf(kind))(
    'is corrected, answered, reacted to and taken back as one of a contact is, with %s as the other side',
    async (client) => {
      const all = await verona(kind);
      const { juliet, account, server, room, join } = all;
      await join();
      const hers = await server.newAccount('nurse');
      const nurse = await ownPeer(server, hers, { client });
      await peerJoins(nurse, room, 'Nurse');
      const peer = `${room}/Nurse`;
      const next = (...parts: readonly string[]) =>
        nurse.waitForRaw((xml) => xml.startsWith('<message') && parts.every((part) => xml.includes(part)));

      const { id } = await juliet.ask('message.send', { account, peer, body: 'Hie to high fortun' });
      const first = await nurse.waitForMessage(({ body }) => body === 'Hie to high fortun');
      const target = first.id ?? '';
      await juliet.ask('message.rewrite', { account, id, body: 'Hie to high fortune' });
      expect(await nurse.waitForMessage(({ replaces }) => replaces === target)).toMatchObject({
        ...{ type: 'chat', from: `${room}/Juliet`, body: 'Hie to high fortune' },
      });
      await whispers(nurse, room, 'thanks-of-the-nurse', reactions(target, '👍'));
      const liked = await until(all, peer, (of) => of.find((one) => one.reactions), 'her reaction');
      expect(liked).toMatchObject({ id, edited: true, reactions: { others: [{ emojis: ['👍'] }] } });
      // Of what she wrote herself the room does not tell her address: nobody hears it from her either.
      await juliet.ask('message.send', { account, peer, body: 'Now!', answers: id });
      expect(answered(await next(REPLY, 'Now!'))).toEqual({ to: `${room}/Juliet`, id: target });

      const wire = 'a-line-of-the-nurse';
      await whispers(nurse, room, wire, '<body>Farewel</body>');
      const hersHere = await until(all, peer, says('Farewel'), 'what she says');
      await juliet.ask('message.react', { account, id: hersHere.id, emoji: '🥲' });
      expect(await next(REACTIONS, '🥲')).toMatch(new RegExp(`<reactions[^>]* id=["']${wire}["']`, 'u'));
      await juliet.ask('message.send', { account, peer, body: 'Adieu', answers: hersHere.id });
      expect(answered(await next(REPLY, 'Adieu'))).toEqual({ to: peer, id: wire });
      await nurse.sendMessage(`${room}/Juliet`, 'Farewell', { replaces: wire });
      const corrected = await until(all, peer, says('Farewell'), 'corrected');
      expect(corrected).toMatchObject({ id: hersHere.id, edited: true, reactions: { own: ['🥲'] } });
      await whispers(nurse, room, 'back-again', `${retract(wire)}<body>took it back</body>`);
      await until(all, peer, (of) => of.find((one) => one.retracted && one.id === hersHere.id), 'gone');

      await juliet.ask('message.retract', { account, id });
      expect(await next(RETRACT)).toMatch(new RegExp(`<retract[^>]* id=["']${target}["']`, 'u'));
      await until(all, peer, (of) => of.find((one) => one.id === id && one.retracted && !one.change), 'sent');
      expect(await pageOf(all, peer)).toHaveLength(4);
      // Nothing of it is in the conversation with the person, or in the room (T10).
      expect(await pageOf(all, hers.jid)).toEqual([]);
      expect(await pageOf(all, room)).toEqual([]);
    },
  );

  // Openfire gives copies of none, and keeps none.
  if (kind !== 'openfire')
    it('that another device of ours has sent is corrected and taken back by it, in a copy as in the archive', async () => {
      const all = await verona(kind);
      const { server, julietAccount, room, romeo, join } = all;
      await join();
      const phone = await ownPeer(server, julietAccount);
      await peerJoins(phone, room, 'Juliet on her way');
      const peer = `${room}/Romeo`;
      const says = (id: string, inside: string) =>
        phone.sendRaw(
          `<message type='chat' id='${id}' to='${peer}'>${inside}<x xmlns='http://jabber.org/protocol/muc#user'/></message>`,
        );
      const replace = `<replace xmlns='urn:xmpp:message-correct:0' id='a-line-of-juliet-there'/>`;
      await says('a-line-of-juliet-there', '<body>Good nihgt</body>');
      await says('a-better-line-of-hers', `<body>Good night</body>${replace}`);
      await says('another-line-of-hers', '<body>to be forgotten</body>');
      await says('what-she-takes-back', `${retract('another-line-of-hers')}<body>took it back</body>`);
      await romeo.waitForRaw((xml) => xml.includes('took it back'));
      // Prosody gives no copy of what goes to a room: it is in the archive, which is read once something comes.
      await whispers(romeo, room, 'an-answer-of-romeo', '<body>Sleep dwell upon thine eyes</body>');
      const gone = (of: readonly Message[]) => of.find(({ retracted }) => retracted);
      // The answer is here before what the archive holds above it, and goes to its place there.
      const inOrder = (of: readonly Message[]) => of.length > 2 && of.at(-1)?.direction === 'in';
      await until(all, peer, (of) => (inOrder(of) ? gone(of) : undefined), 'what is gone, and the answer');
      expect(await pageOf(all, peer)).toMatchObject([
        { direction: 'out', body: 'Good night', edited: true },
        { direction: 'out', body: '', retracted: true },
        { direction: 'in', body: 'Sleep dwell upon thine eyes' },
      ]);
    });

  it('T10 goes to nobody who has the nick by then, and who has it now is told apart', async () => {
    const all = await verona(kind);
    const { juliet, account, server, room, join } = all;
    await join();
    const comes = async (who: string, nick: string): Promise<Peer> => {
      const peer = await ownPeer(server, await server.newAccount(who));
      await peerJoins(peer, room, nick);
      return peer;
    };
    const there = (isThere: boolean) =>
      juliet.until(async () => {
        const { value } = await juliet.ask('room.occupants', { account, peer: room });
        return value.some(({ nick }) => nick === 'Anna') === isThere ? true : null;
      }, 'Anna');
    const peer = `${room}/Anna`;
    const lines = async () =>
      (await juliet.ask('messages.page', { account, peer, anchor: null, limit: 100 })).value.messages.map(
        ({ subject, body }) => subject ?? body,
      );
    const anna = await comes('anna', 'Anna');
    await there(true);
    await whispers(anna, room, 'a-word-of-anna', '<body>Tell me</body>');
    await until(all, peer, says('Tell me'), 'what Anna says');
    await juliet.ask('message.send', { account, peer, body: 'a secret' });
    await anna.waitForMessage(({ body }) => body === 'a secret');

    await anna.sendRaw(`<presence type='unavailable' to='${peer}'/>`);
    await there(false);
    const mallory = await comes('mallory', 'Anna');
    await there(true);
    await whispers(mallory, room, 'a-word-of-mallory', '<body>Once more?</body>');
    await until(all, peer, says('Once more?'), 'what Mallory says');
    expect(await lines()).toEqual(['Tell me', 'a secret', 'another', 'Once more?']);
    // Whoever is known is told of once.
    await juliet.ask('message.send', { account, peer, body: 'no' });
    await mallory.waitForMessage(({ body }) => body === 'no');

    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    const { id } = await juliet.ask('message.send', { account, peer, body: 'for Mallory alone' });
    await mallory.sendRaw(`<presence type='unavailable' to='${peer}'/>`);
    const tybalt = await comes('tybalt', 'Anna');
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    const failed = await until(all, peer, (of) => of.find((one) => one.id === id && one.error), 'failed');
    expect(failed).toMatchObject({ delivery: 'failed', error: { condition: 'item-not-found' } });
    expect(await lines()).toEqual([
      ...['Tell me', 'a secret', 'another', 'Once more?', 'no', 'for Mallory alone', 'another'],
    ]);
    // By hand it goes to whoever it is.
    await juliet.ask('message.send', { account, peer, body: 'who is it?' });
    expect(await tybalt.waitForMessage(({ from }) => from === `${room}/Juliet`)).toMatchObject({
      body: 'who is it?',
    });
    await juliet.ask('message.retry', { account, id });
    await tybalt.waitForMessage(({ body }) => body === 'for Mallory alone');
  });

  it('T4 T5 T10 is changed by nobody who has the nick after its author', async () => {
    const all = await verona(kind);
    const { juliet, account, server, room, romeo, join } = all;
    await join();
    const tybalt = await ownPeer(server, await server.newAccount('tybalt'));
    await peerJoins(tybalt, room, 'Tybalt');
    const peer = `${room}/Romeo`;
    const wire = 'a-line-of-romeo';
    await whispers(romeo, room, wire, '<body>but soft</body>');
    // The archive knows the time better, once it has been read.
    const at = expect.any(Number) as number;
    const said = { ...(await until(all, peer, says('but soft'), 'what Romeo says')), at };
    const is = (nick: string) =>
      juliet.until(
        async () =>
          (await juliet.ask('room.occupants', { account, peer: room })).value.find(
            (one) => one.nick === nick,
          ),
        `${nick} is there`,
      );
    await romeo.sendRaw(`<presence to='${room}/Montague'/>`);
    await is('Montague');
    await tybalt.sendRaw(`<presence to='${room}/Romeo'/>`);
    await is('Romeo');
    const replace = `<replace xmlns='urn:xmpp:message-correct:0' id='${wire}'/>`;
    await whispers(tybalt, room, 'tybalt-corrects', `<body>but hard</body>${replace}`);
    await whispers(tybalt, room, 'tybalt-reacts', reactions(wire, '💩'));
    await whispers(tybalt, room, 'tybalt-takes-back', `${retract(wire)}<body>took it back</body>`);
    await whispers(tybalt, room, 'tybalt-is-done', '<body>done</body>');
    await until(all, peer, says('done'), 'the last word of Tybalt');
    const now = await pageOf(all, peer);
    expect(now.map(({ body }) => body)).toEqual(['but soft', 'but hard', 'done']);
    expect(now[0]).toEqual(said);
    // Under another nick he goes on in another conversation: what he corrects is said there.
    await whispers(romeo, room, 'romeo-corrects', `<body>but softly</body>${replace}`);
    await until(all, `${room}/Montague`, says('but softly'), 'his own words');
    expect((await pageOf(all, peer))[0]).toEqual(said);
  });
});
