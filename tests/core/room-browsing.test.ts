import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { configure, verona } from './rooms-support';

describe.each(sharedServers())('rooms that can be found on %s', (kind) => {
  it('are listed by the service, with what each says of itself; hidden ones are not', async () => {
    const { juliet, account, server, romeo, room } = await verona(kind);
    const service = `${CAPABILITIES[kind].rooms}.${server.domain}`;
    const services = await juliet.ask('rooms.services', { account });
    expect(services.map(({ jid }) => jid)).toContain(service);
    const about = () => juliet.ask('room.about', { account, peer: room });
    const isListed = async (): Promise<boolean> =>
      (await juliet.ask('rooms.list', { account, service })).rooms.some(({ jid }) => jid === room);
    await configure(romeo, room, {
      'muc#roomconfig_roomname': 'Verona by night',
      'muc#roomconfig_roomdesc': 'Balconies and <b>nightingales</b>'.replace(/</g, '&lt;'),
      'muc#roomconfig_publicroom': '1',
    });
    expect(await isListed()).toBe(true);
    expect(await about()).toEqual({
      name: 'Verona by night',
      description: 'Balconies and <b>nightingales</b>',
      occupants: 1,
      membersOnly: false,
      password: false,
    });
    await configure(romeo, room, {
      'muc#roomconfig_membersonly': '1',
      'muc#roomconfig_passwordprotectedroom': '1',
      'muc#roomconfig_roomsecret': 'rosaline',
    });
    expect(await about()).toMatchObject({ membersOnly: true, password: true });
    await configure(romeo, room, { 'muc#roomconfig_publicroom': '0' });
    expect(await isListed()).toBe(false);
  });

  it('an address without rooms says so', async () => {
    const { juliet, account, server } = await verona(kind);
    const list = (service: string) => juliet.core.call('rooms.list', { account, service });
    expect(await list(server.domain)).toMatchObject({ error: { code: 'not-offered' } });
    expect(await list(`nobody.${server.domain}`)).toMatchObject({ error: { code: 'not-offered' } });
    expect(await list(`room@${server.domain}`)).toMatchObject({ error: { code: 'bad-jid' } });
  });
});
