import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { admin, configure, verona } from './rooms-support';
import { ownPeer } from './support';

describe.each(sharedServers())('invitations to rooms on %s', (kind) => {
  const direct = (to: string, room: string, more = ''): string =>
    `<message to='${to}'><x xmlns='jabber:x:conference' jid='${room}' ${more}/></message>`;
  const mediated = (room: string, to: string): string =>
    `<message to='${room}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='${to}'><reason>Come</reason></invite></x></message>`;

  it('T7 wait for an answer, with who invites and why, and take nobody anywhere', async () => {
    const { juliet, account, julietAccount, romeo, romeoAccount, room, shown } = await verona(kind);
    const invitations = async () => (await juliet.ask('rooms.state', { account })).value.invitations;
    await romeo.sendRaw(direct(julietAccount.jid, room, `reason='A feast'`));
    await juliet.until(async () => ((await invitations()).length === 1 ? true : null), 'the invitation');
    expect(await invitations()).toMatchObject([
      { room, by: romeoAccount.jid, direct: true, proved: true, reason: 'A feast' },
    ]);
    expect(await shown()).toBeUndefined();
    expect((await juliet.ask('chats.list', { account })).value).toEqual([]);
    await juliet.ask('invitation.decline', { account, peer: room });
    expect(await invitations()).toEqual([]);
  });

  it('those of the room are joined with what came along, or declined so that whoever invited learns it', async () => {
    const { juliet, account, julietAccount, romeo, room, join } = await verona(kind);
    const invitations = async () => (await juliet.ask('rooms.state', { account })).value.invitations;
    await configure(romeo, room, {
      'muc#roomconfig_passwordprotectedroom': '1',
      'muc#roomconfig_roomsecret': 'rosaline',
      'muc#roomconfig_roomname': 'A feast of the Capulets',
    });
    await romeo.sendRaw(mediated(room, julietAccount.jid));
    await juliet.until(
      async () => (await invitations()).find(({ name }) => name === 'A feast of the Capulets'),
      'the invitation, with the name of the room',
    );
    expect(await invitations()).toMatchObject([
      // Where the room hides addresses, the name that he has in it.
      {
        room,
        by: expect.stringMatching(/^romeo-|\/Romeo$/) as unknown,
        direct: false,
        proved: true,
        reason: 'Come',
      },
    ]);
    await juliet.ask('invitation.decline', { account, peer: room });
    await romeo.waitForRaw((xml) => xml.includes('<decline') && xml.includes(julietAccount.jid));
    await romeo.sendRaw(direct(julietAccount.jid, room, `password='rosaline'`));
    await juliet.until(async () => ((await invitations()).length === 1 ? true : null), 'another one');
    expect(await join()).toEqual({ is: 'joined' });
    await juliet.until(async () => ((await invitations()).length === 0 ? true : null), 'answered');
  });

  it('ours go by ourselves, and by the room where only members get in', async () => {
    const { juliet, account, romeo, romeoAccount, room, join, until } = await verona(kind);
    await join();
    const invite = (peer: string) =>
      juliet.ask('room.invite', { account, peer, people: [romeoAccount.jid], reason: 'Come' });
    await invite(room);
    await romeo.waitForRaw(
      (xml) => xml.includes('jabber:x:conference') && xml.includes(room) && xml.includes('Come'),
    );
    const own = room.replace('verona', 'mantua');
    await juliet.ask('room.join', { account, peer: own, nick: 'Juliet', password: null, create: true });
    const link = async (xml: string) => juliet.ask('console.send', { account, xml });
    await link(
      `<iq type='set' id='own' to='${own}'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field><field var='muc#roomconfig_membersonly'><value>1</value></field></x></query></iq>`,
    );
    await juliet.until(async () => {
      const all = (await juliet.ask('rooms.state', { account })).value.rooms;
      return all.find(({ jid, membersOnly }) => jid === own && membersOnly) ?? null;
    }, 'the room says that it is for members');
    await invite(own);
    await romeo.waitForRaw((xml) => xml.includes('<invite') && xml.includes(own));
    await romeo.sendRaw(`<presence to='${own}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>`);
    await juliet.until(async () => {
      const people = (await juliet.ask('room.occupants', { account, peer: own })).value;
      return people.find(({ nick }) => nick === 'Romeo') ?? null;
    }, 'Romeo in it');
    await until(({ status }) => status.is === 'joined', 'still in the other');
  });

  it('nobody who is invited where only members get in loses his place there, and who is banned stays out', async () => {
    const { juliet, account, julietAccount, romeo, romeoAccount, room, join, until } = await verona(kind);
    const invite = (peer: string) =>
      juliet.core.call('room.invite', { account, peer, people: [romeoAccount.jid], reason: 'Come' });
    const own = room.replace('verona', 'mantua');
    const group = { peer: own, account };
    await juliet.ask('room.join', { ...group, nick: 'Juliet', password: null, create: true });
    const form = await juliet.ask('room.form', group);
    const values = Object.fromEntries(form.fields.map(({ name, values }) => [name, [...values]]));
    await juliet.ask('room.configure', {
      ...group,
      values: { ...values, 'muc#roomconfig_membersonly': ['1'] },
    });
    await juliet.until(async () => {
      const all = (await juliet.ask('rooms.state', { account })).value.rooms;
      return all.find(({ jid, membersOnly }) => jid === own && membersOnly) ?? null;
    }, 'the room says that it is for members');
    const place = async () => {
      const lists = (['owner', 'admin', 'member', 'outcast'] as const).map(async (list) => {
        const people = await juliet.ask('room.affiliations', { ...group, list });
        return people.some(({ jid }) => jid === romeoAccount.jid) ? [list] : [];
      });
      return (await Promise.all(lists)).flat();
    };
    for (const affiliation of ['admin', 'owner'] as const) {
      await juliet.ask('room.setAffiliation', { ...group, jid: romeoAccount.jid, affiliation, reason: null });
      expect(await invite(own)).toMatchObject({ ok: true });
      await romeo.waitForRaw((xml) => xml.includes('jabber:x:conference') && xml.includes(own));
      expect(await place()).toEqual([affiliation]);
    }
    const outcast = { jid: romeoAccount.jid, affiliation: 'outcast', reason: null } as const;
    await juliet.ask('room.setAffiliation', { ...group, ...outcast, affiliation: 'none' });
    await juliet.ask('room.setAffiliation', { ...group, ...outcast });
    expect(await invite(own)).toMatchObject({
      error: { code: 'room-banned', params: { who: romeoAccount.jid } },
    });
    expect(await place()).toEqual(['outcast']);
    // An administrator may not see who owns a room.
    await configure(romeo, room, { 'muc#roomconfig_membersonly': '1' });
    await admin(romeo, room, `<item jid='${julietAccount.jid}' affiliation='admin'/>`);
    await join();
    await until(({ affiliation, membersOnly }) => affiliation === 'admin' && membersOnly, 'an administrator');
    expect(await invite(room)).toMatchObject({ ok: true });
    await romeo.waitForRaw((xml) => xml.startsWith('<message') && xml.includes('Come') && xml.includes(room));
    const people = (await juliet.ask('room.occupants', { account, peer: room })).value;
    expect(people.find(({ nick }) => nick === 'Romeo')).toMatchObject({ affiliation: 'owner' });
  });

  // The others keep none, or no archive.
  if (CAPABILITIES[kind].mam) {
    it('those that the archive has are no messages, come no second time, and not after an answer', async () => {
      const { juliet, account, julietAccount, romeo, romeoAccount, room } = await verona(kind);
      const rooms = async () =>
        (await juliet.ask('rooms.state', { account })).value.invitations.map((one) => one.room);
      const chats = async () => (await juliet.ask('chats.list', { account })).value.map(({ peer }) => peer);
      const go = (to: 'offline' | 'online') =>
        juliet.ask('presence.set', { account, kind: to, status: null });
      const readAgain = async (body: string) => {
        await go('offline');
        await romeo.sendMessage(julietAccount.jid, body);
        await go('online');
        await juliet.until(async () => {
          const page = await juliet.ask('messages.page', {
            ...{ account, peer: romeoAccount.jid, anchor: null, limit: 50 },
          });
          return page.value.messages.find((one) => one.body === body);
        }, 'what came after it');
      };
      await romeo.sendRaw(mediated(room, julietAccount.jid));
      await juliet.until(async () => ((await rooms()).length === 1 ? true : null), 'the invitation');
      await readAgain('Will you come?');
      expect(await rooms()).toEqual([room]);
      expect(await chats()).toEqual([romeoAccount.jid]);
      await juliet.ask('invitation.decline', { account, peer: room });
      await readAgain('Why not?');
      expect(await rooms()).toEqual([]);
      expect(await chats()).toEqual([romeoAccount.jid]);
    });

    it('one that only another device was there for waits here too', async () => {
      const { juliet, account, julietAccount, server, romeo, room } = await verona(kind);
      await juliet.ask('presence.set', { account, kind: 'offline', status: null });
      const phone = await ownPeer(server, julietAccount);
      await phone.setPresence({});
      await romeo.sendRaw(mediated(room, julietAccount.jid));
      await phone.waitForRaw((xml) => xml.includes('<invite') && xml.includes(room));
      await juliet.ask('presence.set', { account, kind: 'online', status: null });
      await juliet.until(
        async () =>
          (await juliet.ask('rooms.state', { account })).value.invitations.find((one) => one.room === room),
        'the invitation',
      );
      expect((await juliet.ask('chats.list', { account })).value).toEqual([]);
    });
  }

  it('one that came while nobody was there is there afterwards', async () => {
    const { juliet, account, julietAccount, romeo, room } = await verona(kind);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await romeo.sendRaw(direct(julietAccount.jid, room));
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.until(
      async () =>
        (await juliet.ask('rooms.state', { account })).value.invitations.find((one) => one.room === room),
      'the invitation',
    );
  });

  it('nothing comes of somebody who is blocked', async () => {
    const { juliet, account, julietAccount, romeo, romeoAccount, room } = await verona(kind);
    await juliet.ask('block.add', { account, peer: romeoAccount.jid });
    await romeo.sendRaw(direct(julietAccount.jid, room));
    // Answered after it: it has gone its way.
    await configure(romeo, room);
    await juliet.ask('block.remove', { account, peer: romeoAccount.jid });
    const other = room.replace('verona', 'padua');
    await romeo.sendRaw(direct(julietAccount.jid, other));
    await juliet.until(async () => {
      const { invitations } = (await juliet.ask('rooms.state', { account })).value;
      return invitations.length > 0 ? invitations : null;
    }, 'the later one');
    const { invitations } = (await juliet.ask('rooms.state', { account })).value;
    expect(invitations.map((one) => one.room)).toEqual([other]);
  });
});
