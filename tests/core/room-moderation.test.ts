import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import type { Occupant } from '../../src-shared/model/room';
import { actOf, type RoomAct } from '../../src-shared/model/room-powers';
import { admin, configure, verona, type Verona } from './rooms-support';
import { ownPeer } from './support';

/** Juliet owns Verona with Romeo; the Nurse comes in. */
const court = async (all: Verona) => {
  const { juliet, account, server, romeo, room, julietAccount, join, until } = all;
  await admin(romeo, room, `<item jid='${julietAccount.jid}' affiliation='owner'/>`);
  await join();
  await until(({ affiliation }) => affiliation === 'owner', 'Juliet owns it');
  const nurseAccount = await server.newAccount('nurse');
  const nurse = await ownPeer(server, nurseAccount);
  const enter = () =>
    nurse.sendRaw(`<presence to='${room}/Nurse'><x xmlns='http://jabber.org/protocol/muc'/></presence>`);
  const person = (fits: (one: Occupant | undefined) => boolean, what: string) =>
    juliet.until(async () => {
      const people = (await juliet.ask('room.occupants', { account, peer: room })).value;
      return fits(people.find(({ nick }) => nick === 'Nurse')) ? true : null;
    }, what);
  await enter();
  await person((one) => one?.jid === nurseAccount.jid, 'the Nurse is there');
  const act = (one: RoomAct, reason: string | null = null) => {
    const wanted = actOf(one);
    return 'role' in wanted
      ? juliet.core.call('room.setRole', { account, peer: room, nick: 'Nurse', role: wanted.role, reason })
      : juliet.core.call('room.setAffiliation', {
          account,
          peer: room,
          jid: nurseAccount.jid,
          affiliation: wanted.affiliation,
          reason,
        });
  };
  const list = (of: 'member' | 'admin' | 'owner' | 'outcast') =>
    juliet.ask('room.affiliations', { account, peer: room, list: of });
  return { nurse, nurseAccount, enter, person, act, list };
};

describe.each(sharedServers())('moderation of rooms on %s', (kind) => {
  it('somebody speaks, only reads, moderates, is removed with a reason and may come back', async () => {
    const all = await verona(kind);
    const { nurse, enter, person, act } = await court(all);
    expect(await act('no-voice')).toMatchObject({ ok: true });
    await person((one) => one?.role === 'visitor', 'only reads');
    expect(await act('voice')).toMatchObject({ ok: true });
    await person((one) => one?.role === 'participant', 'speaks');
    expect(await act('moderator')).toMatchObject({ ok: true });
    await person((one) => one?.role === 'moderator', 'moderates');
    expect(await act('no-moderator')).toMatchObject({ ok: true });
    await person((one) => one?.role === 'participant', 'moderates no longer');
    expect(await act('kick', 'Too <loud>')).toMatchObject({ ok: true });
    const told = await nurse.waitForRaw((xml) => xml.includes('unavailable') && xml.includes('307'));
    expect(told).toContain('Too &lt;loud');
    await person((one) => one === undefined, 'gone');
    await enter();
    await person((one) => one?.role === 'participant', 'back');
    const { juliet, account, room } = all;
    const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
    expect(page.value.messages.filter(({ subject }) => subject === 'kicked')).toHaveLength(1);
  });

  it('member, administrator and owner are for good, and stand in their lists', async () => {
    const all = await verona(kind);
    const { nurseAccount, person, act, list } = await court(all);
    const has = async (of: Parameters<typeof list>[0]) =>
      (await list(of)).some(({ jid }) => jid === nurseAccount.jid);
    for (const affiliation of ['member', 'admin', 'owner'] as const) {
      expect(await act(affiliation)).toMatchObject({ ok: true });
      await person((one) => one?.affiliation === affiliation, affiliation);
      expect(await has(affiliation)).toBe(true);
    }
    expect(await act('no-owner')).toMatchObject({ ok: true });
    await person((one) => one?.affiliation === 'admin', 'no owner any more');
    expect(await has('owner')).toBe(false);
    expect(await act('no-admin')).toMatchObject({ ok: true });
    expect(await act('no-member')).toMatchObject({ ok: true });
    await person((one) => one?.affiliation === 'none', 'like everybody');
  });

  it('whoever is banned leaves and stands in the list; taken out of it, he comes in again', async () => {
    const all = await verona(kind);
    const { nurse, nurseAccount, enter, person, act, list } = await court(all);
    expect(await act('ban', 'Enough')).toMatchObject({ ok: true });
    await nurse.waitForRaw((xml) => xml.includes('unavailable') && xml.includes('301'));
    await person((one) => one === undefined, 'gone');
    expect((await list('outcast')).map(({ jid }) => jid)).toEqual([nurseAccount.jid]);
    await enter();
    await nurse.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes('forbidden'));
    expect(await act('no-member')).toMatchObject({ ok: true });
    expect(await list('outcast')).toEqual([]);
    await enter();
    await person((one) => one !== undefined, 'in again');
  });

  it('what the room does not allow is a refusal in words, and changes nothing', async () => {
    const { juliet, account, room, romeoAccount, join, until } = await verona(kind);
    await join();
    await until(({ occupants }) => occupants === 2, 'Romeo is there');
    const kick = { account, peer: room, nick: 'Romeo', role: 'none', reason: null } as const;
    expect(await juliet.core.call('room.setRole', kick)).toMatchObject({ error: { code: 'server-refused' } });
    const ban = { account, peer: room, jid: romeoAccount.jid, affiliation: 'outcast', reason: null } as const;
    expect(await juliet.core.call('room.setAffiliation', ban)).toMatchObject({
      error: { code: 'server-refused' },
    });
    expect(await juliet.core.call('room.setAffiliation', { ...ban, jid: `${room}/Romeo` })).toMatchObject({
      error: { code: 'bad-jid' },
    });
  });

  it('in a moderated room voice is asked for, and given from the request', async () => {
    const all = await verona(kind);
    const { juliet, account, romeo, room, join, until } = all;
    // Openfire 4.2 passes no requests on: there voice is given from the list of people alone.
    const passesOn = kind !== 'openfire';
    await configure(romeo, room, {
      'muc#roomconfig_moderatedroom': '1',
      ...(kind === 'ejabberd' ? { members_by_default: '0' } : {}),
    });
    await join();
    await until(({ role }) => role === 'visitor', 'Juliet only reads');
    const answer = await juliet.core.call('room.askVoice', { account, peer: room });
    if (!passesOn) expect(answer).toMatchObject({ ok: false, error: { code: 'no-voice-requests' } });
    else {
      expect(answer).toMatchObject({ ok: true });
      const asked = await romeo.waitForRaw(
        (xml) => xml.startsWith('<message') && xml.includes('muc#request'),
      );
      expect(asked).toContain('Juliet');
    }
    await admin(romeo, room, `<item nick='Juliet' role='participant'/>`);
    await until(({ role }) => role === 'participant', 'Juliet speaks');
    const { nurse, act, person } = await court(all);
    await nurse.sendRaw(
      `<message to='${room}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#request</value></field>` +
        `<field var='muc#role' type='list-single'><value>participant</value></field></x></message>`,
    );
    if (passesOn) await until(({ asking }) => asking.includes('Nurse'), 'the Nurse asks');
    expect(await act('voice')).toMatchObject({ ok: true });
    await person((one) => one?.role === 'participant', 'the Nurse speaks');
    await until(({ asking }) => asking.length === 0, 'nobody asks');
  });
});
