import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Peer } from '../peers/peer';
import { connectServer, sharedServers, type SharedServer } from '../servers/shared';
import { faultProxy } from '../support/fault-proxy';
import { configure, peerJoins } from './rooms-support';
import { atEnd, ownPeer, signedIn } from './support';

const NAME = 'muc#roomconfig_roomname';
const MEMBERS = 'muc#roomconfig_membersonly';

/** What the server has at an address, as somebody else learns it; ejabberd answers nothing while a room closes. */
const isThere = async (peer: Peer, room: string): Promise<boolean> => {
  const id = randomBytes(6).toString('hex');
  await peer.sendRaw(
    `<iq type='get' id='${id}' to='${room}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
  );
  const answer = await peer
    .waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id), 2_000)
    .catch(() => '');
  return !/type=["']error/.test(answer);
};
const market = () => ({
  kind: 'channel' as const,
  name: `Market ${randomBytes(4).toString('hex')}`,
  description: 'Fruit and fish',
});

describe.each(sharedServers())('a room that is set up before it opens on %s', (kind) => {
  const nurseAt = async (server: SharedServer) => ownPeer(server, await server.newAccount('nurse'));
  const enter = async (peer: Peer, room: string): Promise<string> => {
    await peer.sendRaw(`<presence to='${room}/Nurse'><x xmlns='http://jabber.org/protocol/muc'/></presence>`);
    return peer.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Nurse`));
  };

  it('is its whole form first, with what is known filled in, and a room like others once that is taken', async () => {
    const { juliet, account, server } = await signedIn(kind);
    const nurse = await nurseAt(server);
    const plan = market();
    const room = await juliet.ask('room.reserve', { account, plan });
    const form = await juliet.ask('room.form', { account, peer: room });
    const values = Object.fromEntries(form.fields.map((one) => [one.name, one.values]));
    expect(values[NAME]).toEqual([plan.name]);
    expect(form.fields.length).toBeGreaterThan(8);
    // ejabberd knows no lock: what it has is a room as it makes them, which nobody was told of.
    if (kind !== 'ejabberd') expect(await enter(nurse, room)).toMatch(/type=["']error/);
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
    const name = `${plan.name} of fish`;
    await juliet.ask('room.configure', {
      account,
      peer: room,
      values: { ...values, [NAME]: [name], [MEMBERS]: ['0'] },
    });
    const shown = await juliet.until(async () => {
      const all = (await juliet.ask('rooms.state', { account })).value.rooms;
      return all.find((one) => one.jid === room && one.name === name && one.bookmarked) ?? null;
    }, 'one of our rooms');
    expect(shown).toMatchObject({ status: { is: 'joined' }, affiliation: 'owner', membersOnly: false });
    expect(shown.description).toBe('Fruit and fish');
    expect(await enter(nurse, room)).not.toMatch(/type=["']error/);
    await juliet.until(async () => {
      const people = (await juliet.ask('room.occupants', { account, peer: room })).value;
      return people.find(({ nick }) => nick === 'Nurse') ?? null;
    }, 'the nurse in it');
  });

  it('is gone at the server, and nowhere here, when it is given up', async () => {
    const { juliet, account, server } = await signedIn(kind);
    const nurse = await nurseAt(server);
    const room = await juliet.ask('room.reserve', { account, plan: market() });
    await juliet.ask('room.giveUp', { account, peer: room });
    await juliet.until(async () => !(await isThere(nurse, room)), 'no room any more');
    expect(await juliet.core.call('room.form', { account, peer: room })).toMatchObject({
      error: { code: 'no-room' },
    });
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
    expect((await juliet.ask('chats.list', { account })).value).toEqual([]);
  });

  it('is gone too when it is given up while its form is on its way', async () => {
    const { juliet, account, server } = await signedIn(kind);
    const nurse = await nurseAt(server);
    const peer = await juliet.ask('room.reserve', { account, plan: market() });
    const form = await juliet.ask('room.form', { account, peer });
    const values = Object.fromEntries(form.fields.map((one) => [one.name, [...one.values]]));
    await Promise.all([
      juliet.core.call('room.configure', { account, peer, values }),
      juliet.core.call('room.giveUp', { account, peer }),
    ]);
    await juliet.until(async () => !(await isThere(nurse, peer)), 'no room any more');
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
  });

  it('is made under the same name again though its dialog went without a word', async () => {
    const { juliet, account } = await signedIn(kind);
    const plan = market();
    const first = await juliet.ask('room.reserve', { account, plan });
    expect(await juliet.ask('room.reserve', { account, plan })).toBe(first);
    expect((await juliet.ask('room.form', { account, peer: first })).fields.length).toBeGreaterThan(8);
  });

  it('under a name that is there already is not made, and nobody there sees anything of it', async () => {
    const { juliet, account, server } = await signedIn(kind);
    const nurse = await nurseAt(server);
    const plan = market();
    const first = await juliet.ask('room.reserve', { account, plan });
    await juliet.ask('room.giveUp', { account, peer: first });
    await juliet.until(async () => !(await isThere(nurse, first)), 'a free name');
    await peerJoins(nurse, first, 'Nurse');
    await configure(nurse, first, { [NAME]: 'The nurse’s' });
    expect(await juliet.core.call('room.reserve', { account, plan })).toMatchObject({
      error: { code: 'room-exists', params: { room: first } },
    });
    expect(await isThere(nurse, first)).toBe(true);
    const came = nurse.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes('juliet'), 500);
    await expect(came).rejects.toThrow();
  });

  it('is one person’s alone, where two make it at the same time', async () => {
    const [one, other] = await Promise.all([signedIn(kind), signedIn(kind)]);
    const plan = market();
    const answers = await Promise.all(
      [one, other].map(({ juliet, account }) => juliet.core.call('room.reserve', { account, plan })),
    );
    const [made] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(answers.filter((answer) => !answer.ok)).toMatchObject([
      { error: { code: 'room-exists', params: { room: made } } },
    ]);
    const winner = answers[0]?.ok ? one : other;
    const loser = winner === one ? other : one;
    const peer = made ?? '';
    const { account } = winner;
    const form = await winner.juliet.ask('room.form', { account, peer });
    const values = Object.fromEntries(form.fields.map((field) => [field.name, [...field.values]]));
    await winner.juliet.ask('room.configure', { account, peer, values });
    expect((await loser.juliet.ask('rooms.state', { account: loser.account })).value.rooms).toEqual([]);
    expect((await winner.juliet.ask('room.occupants', { account, peer })).value).toHaveLength(1);
  });

  it('leaves nothing behind when the line is lost in between, though the session goes on', async () => {
    const shared = connectServer(kind);
    const proxy = await faultProxy({ port: Number(new URL(shared.wsUrl).port) });
    atEnd(() => proxy.stop());
    const through = new URL(shared.wsUrl);
    through.port = String(proxy.port);
    const { juliet, account } = await signedIn({ ...shared, wsUrl: through.href });
    const nurse = await nurseAt(shared);
    const room = await juliet.ask('room.reserve', { account, plan: market() });
    await juliet.ask('room.form', { account, peer: room });
    proxy.cut();
    await juliet.waitForState(({ connection }) => connection.phase !== 'online', 'off line');
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'on line again');
    expect(await juliet.core.call('room.configure', { account, peer: room, values: {} })).toMatchObject({
      error: { code: 'no-room' },
    });
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
    await juliet.until(async () => !(await isThere(nurse, room)), 'no room any more');
  });
});
