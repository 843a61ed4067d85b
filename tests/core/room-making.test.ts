import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { verona } from './rooms-support';
import { ownPeer, signedIn } from './support';

describe.each(sharedServers())('rooms that are made on %s', (kind) => {
  const into = (room: string): string =>
    `<presence to='${room}/Nurse'><x xmlns='http://jabber.org/protocol/muc'/></presence>`;

  it('a private group lets in those who are invited, and nobody else', async () => {
    const { juliet, account, server, romeo, romeoAccount } = await verona(kind);
    const plan = { kind: 'group' as const, name: 'The wedding', description: '' };
    const rooms = async () => (await juliet.ask('rooms.state', { account })).value.rooms.length;
    const before = await rooms();
    const people = [romeoAccount.jid, 'no address@'];
    expect(await juliet.core.call('room.create', { account, plan, people })).toMatchObject({
      error: { code: 'bad-jid' },
    });
    expect(await rooms()).toBe(before);
    const made = await juliet.ask('room.create', { account, plan, people: [romeoAccount.jid] });
    expect(made.asPlanned).toBe(true);
    const room = await juliet.until(async () => {
      const all = (await juliet.ask('rooms.state', { account })).value.rooms;
      return all.find(({ jid, name }) => jid === made.room && name === 'The wedding') ?? null;
    }, 'its name');
    expect(room).toMatchObject({ membersOnly: true, open: true, affiliation: 'owner' });
    await romeo.waitForRaw((xml) => xml.includes('<invite') && xml.includes(made.room));
    const nurse = await ownPeer(server, await server.newAccount('nurse'));
    await nurse.sendRaw(into(made.room));
    const refused = await nurse.waitForRaw((xml) => xml.includes(made.room) && xml.includes('error'));
    expect(refused).toContain('registration-required');
    await romeo.sendRaw(into(made.room).replace('Nurse', 'Romeo'));
    await juliet.until(async () => {
      const people = (await juliet.ask('room.occupants', { account, peer: made.room })).value;
      return people.find(({ nick }) => nick === 'Romeo') ?? null;
    }, 'Romeo in it');
  });

  it('an open channel has its name for address; it is described, and closed for good with a reason', async () => {
    const { juliet, account, server, room: verona1 } = await verona(kind);
    const name = `Market ${verona1.slice(7, 15)}`;
    const plan = { kind: 'channel' as const, name, description: 'Fruit and fish' };
    const made = await juliet.ask('room.create', { account, plan, people: [] });
    expect(made).toMatchObject({ asPlanned: true });
    expect(made.room.startsWith(name.toLowerCase().replace(' ', '-'))).toBe(true);
    const shown = (fits: (about: string | null) => boolean) =>
      juliet.until(async () => {
        const all = (await juliet.ask('rooms.state', { account })).value.rooms;
        return all.find(({ jid, description }) => jid === made.room && fits(description)) ?? null;
      }, 'what it says of itself');
    expect(await shown((about) => about === 'Fruit and fish')).toMatchObject({ name, membersOnly: false });
    const nurse = await ownPeer(server, await server.newAccount('nurse'));
    await nurse.sendRaw(into(made.room));
    await nurse.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${made.room}/Nurse`));
    const again = await juliet.core.call('room.create', { account, plan, people: [] });
    expect(again).toMatchObject({ error: { code: 'room-exists' } });
    const about = 'Fish alone';
    await juliet.ask('room.describe', { account, peer: made.room, name, description: about });
    await shown((said) => said === about);
    await juliet.ask('room.destroy', { account, peer: made.room, reason: 'No more fish' });
    const gone = await nurse.waitForRaw((xml) => xml.includes('<destroy') && xml.includes(made.room));
    expect(gone).toContain('No more fish');
    await juliet.until(async () => {
      const all = (await juliet.ask('rooms.state', { account })).value.rooms;
      const status = all.find(({ jid }) => jid === made.room)?.status;
      return status?.is === 'out' && status.why === 'destroyed' ? status : null;
    }, 'we are out of it');
  });

  it('a channel is one person’s alone, where two make it at the same time', async () => {
    const [one, other] = await Promise.all([signedIn(kind), signedIn(kind)]);
    const name = `Market ${randomBytes(4).toString('hex')}`;
    const plan = { kind: 'channel' as const, name, description: '' };
    const answers = await Promise.all(
      [one, other].map(({ juliet, account }) =>
        juliet.core.call('room.create', { account, plan, people: [] }),
      ),
    );
    const made = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(made).toMatchObject([{ asPlanned: true }]);
    expect(answers.filter((answer) => !answer.ok)).toMatchObject([
      { error: { code: 'room-exists', params: { room: made[0]?.room } } },
    ]);
    const { juliet, account } = answers[0]?.ok ? other : one;
    expect((await juliet.ask('rooms.state', { account })).value.rooms).toEqual([]);
  });
});
