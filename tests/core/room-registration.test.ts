import { describe, expect, it } from 'vitest';
import type { ServerKind } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { configure, verona, type Verona } from './rooms-support';

const NICK = 'muc#register_roomnick';
const MEMBERS = 'muc#roomconfig_membersonly';

/** Where a room takes whoever asks to be a member, and who has names for those that are in it. */
const rooms = (kind: ServerKind): { readonly takesMembers: string | null; readonly wide: boolean } => {
  switch (kind) {
    case 'openfire':
      return { takesMembers: 'conference', wide: false };
    case 'ejabberd':
      return { takesMembers: null, wide: true };
    default:
      // It does where its administrator lets it (see prosody/config.ts).
      return { takesMembers: 'clubs', wide: false };
  }
};
const registrationOf = ({ juliet, account, room }: Verona) =>
  juliet.ask('room.registration', { account, peer: room });

describe.each(sharedServers())('registering with a room on %s', (kind) => {
  const { takesMembers, wide } = rooms(kind);

  if (takesMembers !== null)
    it('whoever is no member fills in its form, is told of a name that is taken, and is let in', async () => {
      const all = await verona(kind, undefined, takesMembers);
      const { juliet, account, romeo, room, join, until } = all;
      await configure(romeo, room, { [MEMBERS]: '1' });
      expect(await join()).toMatchObject({ is: 'refused', why: 'registration' });
      const { form, registered } = await registrationOf(all);
      expect(registered).toBe(false);
      const asked = Object.fromEntries((form?.fields ?? []).map(({ name, values }) => [name, values]));
      // As she is called where nothing else is said.
      expect(asked[NICK]).toEqual([all.julietAccount.name]);
      const register = (nick: string) =>
        juliet.core.call('room.register', {
          ...{ account, peer: room },
          values: { ...asked, 'muc#register_first': ['Juliet'], 'muc#register_last': ['C'], [NICK]: [nick] },
        });
      if (kind !== 'openfire')
        expect(await register('Romeo')).toMatchObject({
          error: { code: 'server-refused', params: { condition: 'conflict' } },
        });
      expect(await register('Juliet')).toEqual({ ok: true, value: 'registered' });
      expect(await join()).toEqual({ is: 'joined' });
      await until(({ affiliation }) => affiliation === 'member', 'a member');
      const now = await registrationOf(all);
      expect(now).toMatchObject({ registered: true, form: null });
      // Openfire writes it in small letters.
      expect(now.nick?.toLowerCase()).toBe('juliet');
      await juliet.ask('room.giveNameBack', { account, peer: room });
      await until(({ status }) => status.is === 'out', 'out of it: no member any more');
      expect(await registrationOf(all)).toMatchObject({ registered: false, nick: null });
      expect(await join()).toMatchObject({ is: 'refused', why: 'registration' });
    });

  it('a room that takes nobody is for members alone', async () => {
    const { romeo, room, join } = await verona(kind);
    // Openfire's rooms take everybody unless their owner does not want that.
    await configure(romeo, room, {
      [MEMBERS]: '1',
      ...(kind === 'openfire' ? { 'x-muc#roomconfig_registration': '0' } : {}),
    });
    expect(await join()).toMatchObject({ is: 'refused', why: 'members-only' });
  });

  if (kind !== 'openfire')
    it('whoever is in it reserves a name', async () => {
      const all = await verona(kind);
      const { juliet, account, room, join, romeo, julietAccount, until } = all;
      await join();
      await romeo.sendRaw(
        `<iq type='set' id='member' to='${room}'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='${julietAccount.jid}' affiliation='member'/></query></iq>`,
      );
      await until(({ affiliation }) => affiliation === 'member', 'a member');
      const asked = await registrationOf(all);
      const service = room.slice(room.indexOf('@') + 1);
      expect(asked).toMatchObject({ registered: false, nick: null, service: wide ? service : null });
      expect(asked.form?.fields.find(({ name }) => name === NICK)?.values).toEqual(['Juliet']);
      const nick = `Juliet ${julietAccount.name}`;
      const values = { [NICK]: [nick] };
      expect(await juliet.ask('room.register', { account, peer: room, values })).toBe('registered');
      expect(await registrationOf(all)).toMatchObject({ registered: true, nick });
      await juliet.ask('room.giveNameBack', { account, peer: room });
      // A service keeps a name and nothing else; in a room it is a member who has one.
      if (wide) expect(await registrationOf(all)).toMatchObject({ registered: false, nick: null });
      await until(({ affiliation }) => affiliation === (wide ? 'member' : 'none'), 'without the name');
    });
});
