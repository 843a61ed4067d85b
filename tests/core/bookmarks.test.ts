import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import type { Peer } from '../peers/peer';
import type { Room } from '../../src-shared/model/room';
import { anotherDevice, foreignDevice, sentBy, type Device } from './devices-support';
import { configure, peerJoins, verona } from './rooms-support';

const BOOKMARKS = 'urn:xmpp:bookmarks:1';
const PUBSUB = 'http://jabber.org/protocol/pubsub';
let asked = 0;
/** What the server answers to a question of a client that is not ours. */
const ask = async (peer: Peer, type: 'get' | 'set', child: string, to = ''): Promise<string> => {
  const id = `asked-${String((asked += 1))}`;
  await peer.sendRaw(`<iq xmlns='jabber:client' type='${type}' id='${id}'${to}>${child}</iq>`);
  return peer.waitForRaw((xml) => xml.startsWith('<iq') && new RegExp(`id=["']${id}["']`).test(xml));
};
const roomOf = async ({ core, account }: Device, jid: string): Promise<Room | undefined> =>
  (await core.ask('rooms.state', { account })).value.rooms.find((room) => room.jid === jid);
const until = (device: Device, jid: string, fits: (room: Room | undefined) => boolean, what: string) =>
  device.core.until(async () => (fits(await roomOf(device, jid)) ? true : null), what);
const isJoined = (room: Room | undefined): boolean => room?.status.is === 'joined';

describe.each(sharedServers())('bookmarks of rooms on %s', (kind) => {
  const { publishOptions } = CAPABILITIES[kind];
  /** As older clients read and write them; servers with both forms keep them the same. */
  const stored = (peer: Peer) =>
    ask(peer, 'get', `<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>`);
  const store = (peer: Peer, bookmarks: string) =>
    ask(
      peer,
      'set',
      `<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'>${bookmarks}</storage></query>`,
    );
  const untilStored = (device: Device, phone: Peer, fits: (xml: string) => boolean, what: string) =>
    device.core.until(async () => (fits(await stored(phone)) ? true : null), what);
  const again = async ({ core, account }: Device): Promise<void> => {
    await core.ask('presence.set', { account, kind: 'offline', status: null });
    await core.ask('presence.set', { account, kind: 'online', status: null });
  };

  it('what is joined here is there for every client, and what is left here is not joined elsewhere', async () => {
    const all = await verona(kind);
    const { juliet, account, room, join } = all;
    const desk = { core: juliet, account };
    const phone = await foreignDevice(all);
    await join();
    await untilStored(desk, phone, (xml) => xml.includes(room), 'the bookmark');
    const xml = await stored(phone);
    expect(xml).toMatch(/autojoin=["'](true|1)/);
    expect(xml).toContain('<nick>Juliet</nick>');
    await until(desk, room, (now) => now?.bookmarked === true, 'known to be bookmarked');
    const laptop = await anotherDevice(all);
    await until(laptop, room, isJoined, 'on the laptop too, by itself');
    expect(await roomOf(laptop, room)).toMatchObject({ nick: 'Juliet' });
    await juliet.ask('room.leave', { account, peer: room });
    await untilStored(desk, phone, (now) => /autojoin=["'](false|0)/.test(now), 'no longer by itself');
    if (!publishOptions) await again(laptop);
    await until(laptop, room, (now) => now?.status.is === 'out' && now.bookmarked, 'left on the laptop');
    await juliet.ask('room.forget', { account, peer: room });
    await untilStored(desk, phone, (now) => !now.includes(room), 'no bookmark');
  });

  it('of several each stays, whatever the server makes of the place where they are kept', async () => {
    const all = await verona(kind);
    const { juliet, account, room, romeo } = all;
    const desk = { core: juliet, account };
    const second = room.replace('verona', 'mantua');
    await peerJoins(romeo, second, 'Romeo');
    for (const peer of [room, second])
      await juliet.ask('room.join', { account, peer, nick: 'Juliet', password: null, create: false });
    for (const one of [room, second])
      await until(desk, one, (now) => now?.bookmarked === true, 'known to be bookmarked');
    const phone = await foreignDevice(all);
    const items = `<pubsub xmlns='${PUBSUB}'><items node='${BOOKMARKS}'/></pubsub>`;
    const found = await (publishOptions ? ask(phone, 'get', items) : stored(phone));
    for (const one of [room, second]) expect(found).toContain(one);
  });

  it('what another client bookmarks is joined, and what it takes away is left', async () => {
    const all = await verona(kind);
    const { juliet, account, room, romeo } = all;
    const desk = { core: juliet, account };
    const phone = await foreignDevice(all);
    await configure(romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await store(
      phone,
      `<conference jid='${room}' name='From the phone' autojoin='1'><nick>Jule</nick></conference>`,
    );
    if (!publishOptions) await again(desk);
    await until(desk, room, isJoined, 'joined by itself');
    expect(await roomOf(desk, room)).toMatchObject({ nick: 'Jule', bookmarked: true });
    await store(phone, `<conference jid='${room}' name='From the phone' autojoin='0'/>`);
    if (!publishOptions) await again(desk);
    await until(desk, room, (now) => now?.status.is === 'out', 'left, and still in the list');
    expect(await roomOf(desk, room)).toMatchObject({ bookmarked: true });
    await store(phone, '');
    if (!publishOptions) await again(desk);
    await until(desk, room, (now) => now?.bookmarked !== true, 'in no list');
  });

  it('what Flint does not know in a bookmark, and the order of all, stays as it is', async () => {
    const all = await verona(kind);
    const { juliet, account, room } = all;
    const desk = { core: juliet, account };
    const phone = await foreignDevice(all);
    const extension = `<extensions><pinned xmlns='urn:example:pins' at='3'><by>Nurse</by></pinned></extensions>`;
    const kept = `pinned xmlns=["']urn:example:pins["'] at=["']3["']`;
    const read = async (): Promise<string> =>
      publishOptions
        ? ask(phone, 'get', `<pubsub xmlns='${PUBSUB}'><items node='${BOOKMARKS}'/></pubsub>`)
        : stored(phone);
    if (publishOptions)
      await ask(
        phone,
        'set',
        `<pubsub xmlns='${PUBSUB}'><publish node='${BOOKMARKS}'><item id='${room}'>` +
          `<conference xmlns='${BOOKMARKS}' name='Mine' autojoin='true'><nick>Jule</nick>${extension}</conference></item></publish>` +
          `<publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>${PUBSUB}#publish-options</value></field>` +
          `<field var='pubsub#access_model'><value>whitelist</value></field><field var='pubsub#persist_items'><value>true</value></field></x></publish-options></pubsub>`,
      );
    else {
      await store(
        phone,
        `<url name='Before' url='https://example.org/'/><conference jid='${room}' name='Mine' autojoin='1'><nick>Jule</nick>` +
          `<pinned xmlns='urn:example:pins' at='3'/></conference><url name='After' url='https://example.org/'/>`,
      );
      await again(desk);
    }
    await until(desk, room, isJoined, 'joined by itself');
    await juliet.ask('room.leave', { account, peer: room });
    await desk.core.until(
      async () => (/autojoin=["'](false|0)/.test(await read()) ? true : null),
      'written by Flint',
    );
    const xml = await read();
    expect(xml).toMatch(new RegExp(kept));
    expect(xml).toContain('Mine');
    if (!publishOptions) expect(xml).toMatch(/Before.*Mine.*After/s);
  });

  it('the order of all stays as it was, whichever of our devices changes one of them', async () => {
    const all = await verona(kind);
    const { juliet, account, room } = all;
    const desk = { core: juliet, account };
    const phone = await foreignDevice(all);
    const [first, third, last] = ['capulet', 'abbey', 'balcony'].map((name) => room.replace('verona', name));
    const listed = [first, room, third, last].map((jid) => `<conference jid='${jid ?? ''}' autojoin='0'/>`);
    await store(phone, listed.join(''));
    if (!publishOptions) await again(desk);
    await until(desk, last ?? '', (now) => now?.bookmarked === true, 'known');
    const isListed = (autojoin: string) => (xml: string) =>
      [...xml.matchAll(/<conference[^>]*>/g)].some(
        ([one]) => one.includes(room) && new RegExp(`autojoin=["'](${autojoin})`).test(one),
      );

    await juliet.ask('room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    await untilStored(desk, phone, isListed('true|1'), 'joined at the desk');
    const laptop = await anotherDevice(all);
    await until(laptop, room, isJoined, 'on the laptop too');
    await laptop.core.ask('room.leave', { account: laptop.account, peer: room });
    await untilStored(laptop, phone, isListed('false|0'), 'left on the laptop');
    await laptop.core.ask('room.forget', { account: laptop.account, peer: third ?? '' });
    await untilStored(laptop, phone, (xml) => !xml.includes(third ?? ''), 'forgotten there');

    const order = (xml: string, attribute: string): readonly (string | undefined)[] =>
      [...xml.matchAll(new RegExp(`${attribute}=["']([^"']+@[^"']+)["']`, 'g'))].map(([, jid]) => jid);
    // Prosody turns what older clients have into the newer form and back, the last one first; of that form Flint writes what has
    // changed and nothing else, and it is the server that puts it last.
    if (kind === 'prosody') {
      const node = await ask(phone, 'get', `<pubsub xmlns='${PUBSUB}'><items node='${BOOKMARKS}'/></pubsub>`);
      expect(order(node, '<item [^>]*id')).toEqual([first, last, room]);
    } else expect(order(await stored(phone), '<conference [^>]*jid')).toEqual([first, room, last]);
  });

  it('the password is with the bookmark only where the user has said so', async () => {
    const all = await verona(kind);
    const { juliet, account, room, romeo } = all;
    const desk = { core: juliet, account };
    const phone = await foreignDevice(all);
    await configure(romeo, room, {
      'muc#roomconfig_passwordprotectedroom': '1',
      'muc#roomconfig_roomsecret': 'rosaline',
    });
    const join = (keepPassword: boolean) =>
      juliet.ask('room.join', {
        account,
        peer: room,
        nick: 'Juliet',
        password: 'rosaline',
        create: false,
        keepPassword,
      });
    expect(await join(false)).toEqual({ is: 'joined' });
    await untilStored(desk, phone, (xml) => xml.includes(room), 'the bookmark');
    expect(await stored(phone)).not.toContain('rosaline');
    expect(await join(true)).toEqual({ is: 'joined' });
    await untilStored(desk, phone, (xml) => xml.includes('<password>rosaline</password>'), 'with it');
  });

  it('T8 bookmarks are for our own devices alone', async () => {
    const all = await verona(kind);
    const { juliet, account, romeo, julietAccount, room, join } = all;
    const phone = await foreignDevice(all);
    await join();
    await untilStored({ core: juliet, account }, phone, (xml) => xml.includes(room), 'the bookmark');
    const answer = await ask(
      romeo,
      'get',
      `<pubsub xmlns='${PUBSUB}'><items node='${BOOKMARKS}'/></pubsub>`,
      ` to='${julietAccount.jid}'`,
    );
    expect(answer).toContain('error');
    expect(answer).not.toContain(room);
    // Nowhere that the server does not promise to keep closed.
    if (!publishOptions) expect(await sentBy({ core: juliet, account })).not.toContain('<publish');
  });

  it('T7 what a contact publishes as a bookmark is followed by nobody', async () => {
    const all = await verona(kind);
    const { juliet, account, romeo, julietAccount, room } = all;
    const event =
      `<message xmlns='jabber:client' type='headline' to='${julietAccount.jid}'><event xmlns='${PUBSUB}#event'>` +
      `<items node='${BOOKMARKS}'><item id='${room}'><conference xmlns='${BOOKMARKS}' autojoin='true'/></item></items></event></message>`;
    await romeo.sendRaw(event);
    await romeo.sendMessage(julietAccount.jid, 'done');
    await juliet.until(
      async () =>
        (await juliet.ask('chats.list', { account })).value.find(({ peer }) => peer === romeo.bareJid),
      'his message',
    );
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
  });
});
