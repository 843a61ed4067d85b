import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { configure, peerJoins, peerSays, verona, type Verona } from './rooms-support';
import { ownPeer } from './support';

const USER = 'http://jabber.org/protocol/muc#user';
const pageOf = async ({ juliet, account }: Verona, peer: string) =>
  (await juliet.ask('messages.page', { account, peer, anchor: null, limit: 100 })).value.messages;
const until = (all: Verona, peer: string, body: string) =>
  all.juliet.until(async () => (await pageOf(all, peer)).find((one) => one.body === body), body);

describe.each(sharedServers())('who is who in a room on %s', (kind) => {
  it.each([
    ['hides', 'moderators'],
    ['shows', 'anyone'],
  ])(
    'T10 nobody puts words into our mouth, now or while we are away, where the room %s addresses',
    async (_, whois) => {
      const all = await verona(kind);
      const { juliet, account, julietAccount, romeo, room, join, until: shows } = all;
      await configure(romeo, room, { 'muc#roomconfig_whois': whois });
      await join();
      await shows(({ open }) => open === (whois === 'anyone'), 'who sees addresses');
      const mark = `<x xmlns='${USER}'><item jid='${julietAccount.jid}/x' affiliation='owner' role='moderator'/></x>`;
      const forge = (body: string, id: string) =>
        romeo.sendRaw(
          `<message type='groupchat' id='${id}' to='${room}'><body>${body}</body>${mark}<occupant-id xmlns='urn:xmpp:occupant-id:0' id='of-juliet'/></message>`,
        );
      await forge('I am Juliet', 'forged-while-there');
      expect(await until(all, room, 'I am Juliet')).toMatchObject({ direction: 'in', nick: 'Romeo' });
      await juliet.ask('presence.set', { account, kind: 'offline', status: null });
      await forge('I was Juliet', 'forged-while-away');
      await romeo.waitForMessage(({ body }) => body === 'I was Juliet');
      await juliet.ask('presence.set', { account, kind: 'online', status: null });
      await shows(({ status }) => status.is === 'joined', 'in it again');
      // What an archive stores late is read once something more is said.
      await peerSays(romeo, room, 'done');
      expect(await until(all, room, 'I was Juliet')).toMatchObject({ direction: 'in', nick: 'Romeo' });
      await until(all, room, 'done');
      expect((await pageOf(all, room)).filter(({ kind: of }) => of === 'chat')).toHaveLength(3);
    },
  );

  it('T10 what is said to us alone is of that nick in that room, never of the contact whose name it bears', async () => {
    const all = await verona(kind);
    const { juliet, account, server, julietAccount, romeo, romeoAccount, room, join } = all;
    await join();
    await romeo.sendMessage(julietAccount.jid, 'as himself');
    await until(all, romeoAccount.jid, 'as himself');
    const tybalt = await ownPeer(server, await server.newAccount('tybalt'));
    await peerJoins(tybalt, room, romeoAccount.jid);
    const alone = (body: string) =>
      tybalt.sendRaw(
        `<message type='chat' to='${room}/Juliet'><body>${body}</body><x xmlns='${USER}'/></message>`,
      );
    await alone('in secret');
    const peer = `${room}/${romeoAccount.jid}`;
    expect(await until(all, peer, 'in secret')).toMatchObject({ direction: 'in', peer });
    await juliet.ask('message.send', { account, peer, body: 'who are you?' });
    const heard = await tybalt.waitForMessage(({ body }) => body === 'who are you?');
    expect(heard.from).toBe(`${room}/Juliet`);
    // Another nick is seen where he spoke, and what he says from then on is another conversation.
    await tybalt.sendRaw(`<presence to='${room}/Tybalt'/>`);
    for (const where of [room, peer])
      expect(await until(all, where, 'Tybalt')).toMatchObject({
        ...{ kind: 'event', subject: 'renamed', nick: romeoAccount.jid },
      });
    await alone('it is I');
    expect(await until(all, `${room}/Tybalt`, 'it is I')).toMatchObject({ direction: 'in' });
    const talk = (of: string) =>
      pageOf(all, of).then((page) => page.filter(({ kind: one }) => one === 'chat').map(({ body }) => body));
    expect(await talk(romeoAccount.jid)).toEqual(['as himself']);
    expect(await talk(peer)).toEqual(['in secret', 'who are you?']);
    expect(await talk(room)).toEqual([]);
    // Once she has left, the room and those in it say nothing more.
    await juliet.ask('room.leave', { account, peer: room });
    await alone('too late');
    await peerSays(tybalt, room, 'too late');
    await romeo.sendMessage(julietAccount.jid, 'last');
    await until(all, romeoAccount.jid, 'last');
    expect([await talk(romeoAccount.jid), await talk(room), await talk(`${room}/Tybalt`)]).toEqual([
      ['as himself', 'last'],
      [],
      ['it is I'],
    ]);
  });
});
