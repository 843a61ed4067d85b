import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { admin, configure, verona } from './rooms-support';

const NAME = 'muc#roomconfig_roomname';
const MEMBERS = 'muc#roomconfig_membersonly';
const WHOIS = 'muc#roomconfig_whois';

describe.each(sharedServers())('the settings of a room on %s', (kind) => {
  it('are asked for by its own form, saved, and are what the room is from then on', async () => {
    const { juliet, account, romeo, julietAccount, room, join, until } = await verona(kind);
    await join();
    // Whoever does not own it has no say.
    expect(await juliet.core.call('room.form', { account, peer: room })).toMatchObject({
      error: { code: 'server-refused', params: { condition: 'forbidden' } },
    });
    await admin(romeo, room, `<item jid='${julietAccount.jid}' affiliation='owner'/>`);
    await until(({ affiliation }) => affiliation === 'owner', 'Juliet owns it');
    const form = await juliet.ask('room.form', { account, peer: room });
    const field = (name: string) => form.fields.find((one) => one.name === name);
    expect(field(NAME)?.kind).toBe('text-single');
    expect(field(MEMBERS)).toMatchObject({ kind: 'boolean', values: ['0'] });
    expect(field(WHOIS)?.options.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['moderators', 'anyone']),
    );
    expect(form.fields.some(({ name }) => name === 'FORM_TYPE')).toBe(false);
    const values = Object.fromEntries(form.fields.map((one) => [one.name, one.values]));
    await juliet.ask('room.configure', {
      account,
      peer: room,
      values: { ...values, [NAME]: ['The <balcony>'], [MEMBERS]: ['1'], [WHOIS]: ['anyone'] },
    });
    await until((now) => now.name === 'The <balcony>' && now.membersOnly && now.open, 'as it was saved');
    const again = await juliet.ask('room.form', { account, peer: room });
    expect(again.fields.find(({ name }) => name === MEMBERS)?.values).toEqual(['1']);
  });

  // Openfire tells nobody.
  if (kind !== 'openfire')
    it('that somebody else changes are seen: who sees addresses, and that is told to all who are there', async () => {
      const { juliet, account, romeo, room, join, until } = await verona(kind);
      await join();
      const told = async () =>
        (await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })).value.messages
          .filter(({ kind: of }) => of === 'event')
          .map(({ subject }) => subject);
      expect(await until(({ occupants }) => occupants === 2, 'both there')).toMatchObject({ open: false });
      await configure(romeo, room, { [WHOIS]: 'anyone' });
      await until(({ open }) => open, 'all see addresses');
      await configure(romeo, room, { [WHOIS]: 'moderators' });
      await until(({ open }) => !open, 'moderators alone do');
      await juliet.until(async () => ((await told()).length >= 2 ? true : null), 'its lines');
      expect(await told()).toEqual(['non-anonymous', 'semi-anonymous']);
    });

  it('of another room, or never asked for, are not saved', async () => {
    const { juliet, account, room, join } = await verona(kind);
    await join();
    expect(
      await juliet.core.call('room.configure', { account, peer: room, values: { [MEMBERS]: ['1'] } }),
    ).toMatchObject({ error: { code: 'changed-elsewhere' } });
  });
});
