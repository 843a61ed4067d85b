import { describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import type { Peer } from '../peers/peer';
import type { ServerKind } from '../servers/server';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { peerJoins, peerSays, verona, type Verona } from './rooms-support';
import { at, ownCore, ownPeer } from './support';

const RETRACT = 'urn:xmpp:message-retract:1';
const CORRECT = 'urn:xmpp:message-correct:0';
const pageOf = async ({ juliet, account, room }: Pick<Verona, 'juliet' | 'account' | 'room'>) =>
  (
    await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 100 })
  ).value.messages.filter(({ kind }) => kind === 'chat');
const until = (
  all: Pick<Verona, 'juliet' | 'account' | 'room'>,
  find: (of: readonly Message[]) => Message | undefined,
  what: string,
) => all.juliet.until(async () => find(await pageOf(all)) ?? null, what);
const says =
  (body: string) =>
  (of: readonly Message[]): Message | undefined =>
    of.find((one) => one.body === body);
const corrects = (peer: Peer, room: string, target: string, body: string) =>
  peer.sendRaw(
    `<message type='groupchat' id='${target}-again' to='${room}'><body>${body}</body><replace xmlns='${CORRECT}' id='${target}'/></message>`,
  );
const takesBack = (peer: Peer, room: string, target: string) =>
  peer.sendRaw(
    `<message type='groupchat' id='${target}-gone' to='${room}'><retract xmlns='${RETRACT}' id='${target}'/><body>took it back</body><store xmlns='urn:xmpp:hints'/></message>`,
  );
/** The room's id, as somebody in it sees it; undefined where the room gives none. */
const roomIdOf = async (peer: Peer, body: string): Promise<string | undefined> => {
  const xml = await peer.waitForRaw((one) => one.startsWith('<message') && one.includes(`>${body}<`));
  return /\bid=["']([^"']+)/.exec(/<stanza-id[^>]*>/.exec(xml)?.[0] ?? '')?.[1];
};

/** slixmpp speaks TCP, which the Openfire of the tests does not. */
const clientsOf = (kind: ServerKind): readonly Peer['client'][] =>
  kind === 'openfire' ? ['stanza'] : ['slixmpp', 'stanza'];

describe.each(sharedServers())('corrections in a room on %s', (kind) => {
  it.each(clientsOf(kind))(
    'reach %s as those of the message that it knows, and its own are taken',
    async (client) => {
      const all = await verona(kind);
      const { juliet, account, server, room, join } = all;
      await join();
      const nurse = await ownPeer(server, await server.newAccount('nurse'), { client });
      await peerJoins(nurse, room, 'Nurse');
      const { id } = await juliet.ask('message.send', { account, peer: room, body: 'Meet at noo' });
      const first = await nurse.waitForMessage(({ body }) => body === 'Meet at noo');
      await juliet.ask('message.rewrite', { account, id, body: 'Meet at noon' });
      expect(await nurse.waitForMessage(({ body }) => body === 'Meet at noon')).toMatchObject({
        ...{ type: 'groupchat', from: `${room}/Juliet`, replaces: first.id },
      });
      const now = await until(all, (of) => of.find((one) => one.id === id && !one.change), 'the room has it');
      expect(now).toMatchObject({ body: 'Meet at noon', edited: true, delivery: 'sent' });
      const { value: versions } = await juliet.ask('message.versions', { account, id });
      expect(versions.map(({ body }) => body)).toEqual(['Meet at noo']);

      await peerSays(nurse, room, 'I am a weary', 'a-line-of-the-nurse');
      const { id: row } = await until(all, says('I am a weary'), 'what she says');
      await corrects(nurse, room, 'a-line-of-the-nurse', 'I am aweary');
      expect(await until(all, says('I am aweary'), 'corrected')).toMatchObject({ id: row, edited: true });
      expect(await pageOf(all)).toHaveLength(2);
    },
  );

  it('T4 nobody corrects what somebody else has said, nor under a nick that he has taken over', async () => {
    const all = await verona(kind);
    const { server, room, romeo, join } = all;
    await join();
    const tybalt = await ownPeer(server, await server.newAccount('tybalt'));
    await peerJoins(tybalt, room, 'Tybalt');
    await peerSays(romeo, room, 'but soft', 'a-line-of-romeo');
    const said = await until(all, says('but soft'), 'what Romeo says');
    await corrects(tybalt, room, 'a-line-of-romeo', 'but hard');
    // Romeo goes on under another nick: it is he all the same. Tybalt takes the one that is free.
    await romeo.sendRaw(`<presence to='${room}/Montague'/>`);
    await all.juliet.until(
      async () => (await occupants(all)).find(({ nick }) => nick === 'Montague'),
      'Romeo has another nick',
    );
    await tybalt.sendRaw(`<presence to='${room}/Romeo'/>`);
    await all.juliet.until(
      async () => (await occupants(all)).find(({ nick }) => nick === 'Romeo'),
      'Tybalt has his',
    );
    await corrects(tybalt, room, 'a-line-of-romeo', 'but harder');
    await peerSays(tybalt, room, 'done');
    await until(all, says('done'), 'the last word of Tybalt');
    expect((await pageOf(all)).find(({ id }) => id === said.id)).toMatchObject({
      body: 'but soft',
      edited: false,
    });
    await corrects(romeo, room, 'a-line-of-romeo', 'but softly');
    expect(await until(all, says('but softly'), 'corrected by himself')).toMatchObject({
      ...{ id: said.id, edited: true, nick: 'Romeo' },
    });
  });

  it('come to whoever was away: in the message where the room proves whose they are, else as words of their own', async () => {
    const all = await verona(kind);
    const { juliet, account, room, romeo, join } = all;
    await join();
    const { id } = await juliet.ask('message.send', { account, peer: room, body: 'mine' });
    await until(all, (of) => of.find((one) => one.id === id && one.delivery === 'sent'), 'said');
    await juliet.ask('message.rewrite', { account, id, body: 'mine, corrected' });
    await until(all, (of) => of.find((one) => one.id === id && !one.change), 'the room has it');
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await peerSays(romeo, room, 'his', 'a-line-of-romeo-while-away');
    await corrects(romeo, room, 'a-line-of-romeo-while-away', 'his, corrected');
    await romeo.waitForMessage(({ body }) => body === 'his, corrected');
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await all.until(({ status }) => status.is === 'joined', 'in it again');
    // What an archive stores late is read once something more is said.
    await peerSays(romeo, room, 'last');
    await until(all, says('last'), 'the last word');
    await until(all, says('his, corrected'), 'what he says by now');
    const bodies = (await pageOf(all)).map(({ body, edited }) => (edited ? `${body} (edited)` : body));
    // An anonymous room without occupant ids tells nobody who has said what before.
    const his = bodies.includes('his') ? ['his', 'his, corrected'] : ['his, corrected (edited)'];
    expect(bodies).toEqual(['mine, corrected (edited)', ...his, 'last']);
    if (kind === 'prosody') expect(his).toHaveLength(1);
  });
});

const occupants = async ({ juliet, account, room }: Verona) =>
  (await juliet.ask('room.occupants', { account, peer: room })).value;

describe.each(sharedServers())('what is taken back in a room on %s', (kind) => {
  it('T5 goes by the room’s id and leaves word; nobody takes back what somebody else has said', async () => {
    const all = await verona(kind);
    const { juliet, account, server, room, romeo, join } = all;
    await join();
    const { id } = await juliet.ask('message.send', { account, peer: room, body: 'I hate the name' });
    const mine = await roomIdOf(romeo, 'I hate the name');
    const sent = await until(all, (of) => of.find((one) => one.id === id && one.delivery === 'sent'), 'said');
    if (mine === undefined) {
      // The room gives no ids: what is said there stays said, and can be corrected.
      expect(sent).toMatchObject({ correctable: true });
      expect(sent.retractable).toBeUndefined();
      const refused = await juliet.core.call('message.retract', { account, id });
      expect(refused).toMatchObject({ error: { code: 'no-message' } });
      return;
    }
    await takesBack(romeo, room, mine);
    await peerSays(romeo, room, 'I take thee at thy word');
    const his = await roomIdOf(romeo, 'I take thee at thy word');
    const row = await until(all, says('I take thee at thy word'), 'his word');
    expect((await pageOf(all)).find((one) => one.id === id)).toMatchObject({ retracted: false });
    await juliet.ask('message.retract', { account, id });
    const xml = await romeo.waitForRaw((one) => one.includes(RETRACT) && one.includes(`${room}/Juliet`));
    expect(xml).toMatch(new RegExp(`<retract[^>]* id=["']${mine}["']`, 'u'));
    expect(xml).toMatch(/type=["']groupchat/u);
    const gone = await until(all, (of) => of.find((one) => one.id === id && !one.change), 'the room has it');
    expect(gone).toMatchObject({ retracted: true, body: '' });
    expect(gone.moderated).toBeUndefined();

    await takesBack(romeo, room, his ?? '');
    const taken = await until(
      all,
      (of) => of.find((one) => one.id === row.id && one.retracted),
      'his is gone',
    );
    expect(taken.moderated).toBeUndefined();
    expect(await pageOf(all)).toHaveLength(2);
    if (!CAPABILITIES[kind].roomMam || kind === 'ejabberd') return;
    // Who comes later reads it out of the archive so.
    const phone = await ownCore();
    const later = await server.newAccount('nurse');
    const there = await phone.signIn(later.jid, later.password, at(server));
    await phone.ask('room.join', {
      account: there,
      peer: room,
      nick: 'Nurse',
      password: null,
      create: false,
    });
    const onPhone = { juliet: phone, account: there, room };
    await until(
      onPhone,
      (of) => (of.filter(({ retracted }) => retracted).length === 2 ? of[0] : undefined),
      'both',
    );
  });
});
