import { describe, expect, it } from 'vitest';
import type { Ports } from '../../src-main/ports';
import { CAPABILITIES } from '../servers/capabilities';
import { connectServer, sharedServers } from '../servers/shared';
import { meddler } from '../support/meddler';
import { admin, configure, peerSays, verona } from './rooms-support';
import { atEnd, ownPeer, signedIn } from './support';
import { peerJoins } from './rooms-support';

describe.each(sharedServers())('rooms on %s', (kind) => {
  it('in a room everybody hears everybody, each once and under his nick', async () => {
    const { juliet, account, romeo, room, join, said, until } = await verona(kind);
    await peerSays(romeo, room, 'before she came');
    expect(await join()).toEqual({ is: 'joined' });
    await until(({ occupants }) => occupants === 2, 'two in the room');
    await peerSays(romeo, room, 'It is the east');
    await juliet.until(async () => ((await said()).length === 2 ? true : null), 'his words');
    const sent = await juliet.ask('message.send', { account, peer: room, body: 'Ay me!' });
    const heard = await romeo.waitForMessage(({ body }) => body === 'Ay me!');
    expect(heard).toMatchObject({ from: `${room}/Juliet`, type: 'groupchat' });
    await juliet.until(async () => {
      const { messages } = (
        await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })
      ).value;
      return messages.find(({ id, delivery }) => id === sent.id && delivery === 'sent');
    }, 'the room says it to all');
    expect(await said()).toEqual([
      { nick: 'Romeo', body: 'before she came', direction: 'in' },
      { nick: 'Romeo', body: 'It is the east', direction: 'in' },
      { nick: 'Juliet', body: 'Ay me!', direction: 'out' },
    ]);
    const chat = (await juliet.ask('chats.list', { account })).value.find(({ peer }) => peer === room);
    // What was said before she came is history.
    expect(chat).toMatchObject({ unread: 1, last: { nick: 'Juliet' } });
  });

  it('who is in it shows with role and presence, and so does the subject', async () => {
    const { juliet, account, romeo, room, join, until } = await verona(kind);
    await join();
    const { id } = await juliet.ask('message.send', { account, peer: room, body: 'Ay me!' });
    await juliet.until(async () => {
      const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
      return page.value.messages.find((one) => one.id === id && one.delivery === 'sent');
    }, 'the room says it to all');
    await romeo.setPresence({ show: 'away' });
    await romeo.sendRaw(
      `<presence to='${room}/Romeo'><show>away</show><status>in the garden</status></presence>`,
    );
    const seen = await juliet.until(async () => {
      const all = (await juliet.ask('room.occupants', { account, peer: room })).value;
      return all.find(({ nick, kind: is }) => nick === 'Romeo' && is === 'away');
    }, 'Romeo away');
    expect(seen).toMatchObject({ affiliation: 'owner', role: 'moderator', status: 'in the garden' });
    await romeo.sendRaw(`<message type='groupchat' to='${room}'><subject>The balcony</subject></message>`);
    await until(({ subject }) => subject === 'The balcony', 'the subject');
    const event = await juliet.until(async () => {
      const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
      return page.value.messages.find(({ kind: of }) => of === 'event');
    }, 'its line in the log');
    expect(event).toMatchObject({ subject: 'subject', nick: 'Romeo', body: 'The balcony' });
  });

  it('a name that is taken, a password, members only, a ban: each is told apart', async () => {
    const { juliet, account, julietAccount, romeo, room, join } = await verona(kind);
    expect(await join('Romeo')).toMatchObject({ is: 'refused', why: 'nick-taken' });
    // A room that was never joined leaves nothing behind.
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
    const locked = { 'muc#roomconfig_passwordprotectedroom': '1', 'muc#roomconfig_roomsecret': 'rosaline' };
    await configure(romeo, room, locked);
    expect(await join()).toMatchObject({ is: 'refused', why: 'password' });
    expect(await join('Juliet', 'tybalt')).toMatchObject({ is: 'refused', why: 'password' });
    expect(await join('Juliet', 'rosaline')).toEqual({ is: 'joined' });
    await juliet.ask('room.leave', { account, peer: room });
    await configure(romeo, room, {
      'muc#roomconfig_passwordprotectedroom': '0',
      'muc#roomconfig_roomsecret': '',
      'muc#roomconfig_membersonly': '1',
    });
    // Openfire's can be asked for membership, as they are made.
    const why = kind === 'openfire' ? 'registration' : 'members-only';
    expect(await join()).toMatchObject({ is: 'refused', why });
    await configure(romeo, room, { 'muc#roomconfig_membersonly': '0' });
    await admin(romeo, room, `<item jid='${julietAccount.jid}' affiliation='outcast'/>`);
    expect(await join()).toMatchObject({ is: 'refused', why: 'banned' });
  });

  it('a password that let us in is given again by itself, under another name too; a wrong one is dropped', async () => {
    const { juliet, account, romeo, room, join, until } = await verona(kind);
    const leave = async () => {
      // Else nothing of an empty room is kept.
      await until(({ bookmarked }) => bookmarked, 'in the list');
      await juliet.ask('room.leave', { account, peer: room });
    };
    const locked = (secret: string) =>
      configure(romeo, room, {
        'muc#roomconfig_passwordprotectedroom': '1',
        'muc#roomconfig_roomsecret': secret,
      });
    await locked('rosaline');
    expect(await join('Juliet', 'rosaline')).toEqual({ is: 'joined' });
    await leave();
    expect(await join('Romeo')).toMatchObject({ is: 'refused', why: 'nick-taken' });
    expect(await join('Juliet 2')).toEqual({ is: 'joined' });
    await leave();
    await locked('tybalt');
    expect(await join()).toMatchObject({ is: 'refused', why: 'password' });
    expect(await join('Juliet', 'tybalt')).toEqual({ is: 'joined' });
    await leave();
    expect(await join()).toEqual({ is: 'joined' });
  });

  it('a room that is not there can be made; an address without rooms says so', async () => {
    const { juliet, account, server, room } = await verona(kind);
    const peer = room.replace('verona', 'mantua');
    const join = (to: string, create: boolean) =>
      juliet.ask('room.join', { account, peer: to, nick: 'Juliet', password: null, create });
    expect(await join(peer, false)).toMatchObject({ is: 'refused', why: 'missing' });
    expect(await join(peer, true)).toEqual({ is: 'joined' });
    const romeo = await ownPeer(server, await server.newAccount('romeo'));
    await peerJoins(romeo, peer, 'Romeo').catch(() => undefined);
    await peerSays(romeo, peer, 'open?');
    await romeo.waitForMessage(({ body }) => body === 'open?');
    expect(await join(`mantua@${server.domain}`, true)).toMatchObject({ is: 'refused', why: 'no-service' });
  });

  it('whoever becomes invisible is in no room any more, and comes back with what was said', async () => {
    const { juliet, account, romeo, room, join, said, until } = await verona(kind);
    await join();
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Juliet`));
    const set = await juliet.core.call('presence.set', { account, kind: 'invisible', status: null });
    if (!CAPABILITIES[kind].privacyLists) {
      expect(set).toMatchObject({ error: { code: 'not-offered' } });
      // Whoever is seen all the same is there all the same.
      await until(({ status }) => status.is === 'joined', 'still in it');
      return;
    }
    await romeo.waitForRaw((xml) => xml.includes(`${room}/Juliet`) && /type=["']unavailable/.test(xml));
    await until(({ status }) => status.is === 'waiting', 'out of it');
    await peerSays(romeo, room, 'where art thou');
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await until(({ status }) => status.is === 'joined', 'back in it');
    await juliet.until(async () => ((await said()).length === 1 ? true : null), 'what was said meanwhile');
    expect((await said()).map(({ body }) => body)).toEqual(['where art thou']);
  });

  it('what a room has never said, and is no more, has failed and can be deleted', async () => {
    let lost = 0;
    const between = await meddler(connectServer(kind).wsUrl, (way, frame) => {
      if (way === 'down' || !frame.includes('Farewell')) return frame;
      lost += 1;
      return null;
    });
    atEnd(() => between.stop());
    const pair = await signedIn(kind, { server: between.url });
    const { juliet, account, romeo, room, join, until } = await verona(kind, pair);
    expect(await join()).toEqual({ is: 'joined' });
    await until(({ occupants }) => occupants === 2, 'two in the room');
    const { id } = await juliet.ask('message.send', { account, peer: room, body: 'Farewell' });
    await juliet.until(() => (lost > 0 ? true : null), 'on its way');
    expect(await juliet.core.call('message.discard', { account, id })).toMatchObject({ ok: false });
    await romeo.sendRaw(
      `<iq type='set' id='end' to='${room}'><query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query></iq>`,
    );
    const failed = await juliet.until(async () => {
      const { messages } = (
        await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })
      ).value;
      return messages.find((one) => one.id === id && one.delivery === 'failed') ?? null;
    }, 'failed');
    // Openfire is asked again, and knows of no such room.
    expect(['gone', 'item-not-found']).toContain(failed.error?.condition);
    expect(await juliet.core.call('message.discard', { account, id })).toMatchObject({ ok: true });
  });

  it('the room service is found by asking the server', async () => {
    const { juliet, account, server } = await verona(kind);
    const service = await juliet.until(
      async () => (await juliet.ask('rooms.state', { account })).value.service,
      'the service',
    );
    expect(service).toBe(`${CAPABILITIES[kind].rooms}.${server.domain}`);
  });
});

// Prosody's rooms are never full.
describe.each(sharedServers().filter((kind) => kind !== 'prosody'))('a full room on %s', (kind) => {
  it('says so to whoever asks for it, and leaves nothing behind', async () => {
    const { juliet, account, romeo, room, join } = await verona(kind);
    await configure(romeo, room, { 'muc#roomconfig_maxusers': '1' });
    expect(await join()).toMatchObject({ is: 'refused', why: 'full' });
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
    await configure(romeo, room, { 'muc#roomconfig_maxusers': '10' });
    expect(await join()).toEqual({ is: 'joined' });
  });
});

/** None that keeps what was said would mend it. */
const keepNothing = sharedServers().filter((kind) => !CAPABILITIES[kind].roomMam);
describe.each(keepNothing)('rooms that keep nothing on %s', (kind) => {
  it.each([3_600_000, -3_600_000])(
    'R11 while our clock is %i ms ahead, what is said while we are out comes, once and under its time',
    async (ahead) => {
      const spoil = (ports: Ports): Ports => ({
        ...ports,
        clock: { ...ports.clock, now: () => ports.clock.now() + ahead },
      });
      const pair = await signedIn(kind, {}, { spoil });
      const { juliet, account, romeo, room, join, said, until } = await verona(kind, pair);
      const began = Date.now();
      expect(await join()).toEqual({ is: 'joined' });
      await peerSays(romeo, room, 'while she is there', '1');
      await juliet.until(async () => ((await said()).length === 1 ? true : null), 'his words');
      await juliet.ask('message.send', { account, peer: room, body: 'Ay me!' });
      await romeo.waitForMessage(({ body }) => body === 'Ay me!');
      await juliet.ask('presence.set', { account, kind: 'offline', status: null });
      await until(({ status }) => status.is === 'waiting', 'out of it');
      await romeo.waitForRaw((xml) => xml.includes(`${room}/Juliet`) && /type=["']unavailable/.test(xml));
      await peerSays(romeo, room, 'while she is out', '2');
      await romeo.waitForMessage(({ body }) => body === 'while she is out');
      await juliet.ask('presence.set', { account, kind: 'online', status: null });
      await until(({ status }) => status.is === 'joined', 'back in it');
      await peerSays(romeo, room, 'when she is back', '3');
      await juliet.until(
        async () => (await said()).find(({ body }) => body === 'when she is back'),
        'the last',
      );
      const words = ['while she is there', 'Ay me!', 'while she is out', 'when she is back'];
      expect((await said()).map(({ body }) => body)).toEqual(words);
      const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
      for (const { at } of page.value.messages) {
        expect(at).toBeGreaterThan(began - 60_000);
        expect(at).toBeLessThan(Date.now() + 60_000);
      }
    },
  );

  it('R8 what was deleted here the room does not bring back, one message or all', async () => {
    const { juliet, account, romeo, room, join, said, until } = await verona(kind);
    await join();
    const words = ['one', 'two', 'three'];
    for (const body of words) {
      await peerSays(romeo, room, body);
      await juliet.until(async () => (await said()).some((one) => one.body === body) || null, body);
    }
    const bodies = async () => (await said()).map(({ body }) => body);
    const outAndIn = async (next: string) => {
      await juliet.ask('presence.set', { account, kind: 'offline', status: null });
      await until(({ status }) => status.is === 'waiting', 'out of it');
      await juliet.ask('presence.set', { account, kind: 'online', status: null });
      await until(({ status }) => status.is === 'joined', 'back in it');
      // Said once all that was before has been told.
      await peerSays(romeo, room, next);
      await juliet.until(async () => (await bodies()).includes(next) || null, next);
    };
    const page = (await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })).value;
    const last = page.messages.find(({ body }) => body === 'three')?.id ?? 0;
    await juliet.ask('message.delete', { account, peer: room, ids: [last] });
    await outAndIn('four');
    expect(await bodies()).toEqual(['one', 'two', 'four']);
    await juliet.ask('history.delete', { account, peer: room, before: null });
    await juliet.until(async () => (await said()).length === 0 || null, 'all gone');
    await outAndIn('five');
    expect(await bodies()).toEqual(['five']);
  });
});
