import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { pngClaiming, pngOf, sha1 } from '../support/pictures';
import { configure, verona, type Verona } from './rooms-support';
import { at, ownCore } from './support';

const blue = pngOf(96, [40, 90, 160]);
const red = pngOf(96, [160, 60, 50]);
const hashIn = async ({ juliet, account, room }: Pick<Verona, 'juliet' | 'account' | 'room'>) =>
  (await juliet.ask('faces.state', { account })).value.avatars.find(({ jid }) => jid === room)?.hash ?? null;

describe.each(sharedServers())('the picture of a room on %s', (kind) => {
  it('T21 is given by its owner and seen by all, now and later; nobody in it takes it away by his own presence', async () => {
    const all = await verona(kind);
    const { juliet, account, server, romeo, julietAccount, room, join } = all;
    const set = (bytes: Buffer | null, of: Pick<Verona, 'juliet' | 'account'> = all) => {
      const picture = bytes && { type: 'image/png' as const, data: bytes.toString('base64') };
      return of.juliet.core.call('room.picture', { account: of.account, peer: room, picture });
    };
    const until = (of: Pick<Verona, 'juliet' | 'account' | 'room'>, hash: string | null, what: string) =>
      of.juliet.until(async () => ((await hashIn(of)) === hash ? true : null), what);
    await configure(romeo, room, { 'muc#roomconfig_persistentroom': '1' });
    await join();
    const { card } = (await all.shown()) ?? {};
    if (!card) {
      expect(await set(blue)).toMatchObject({ error: { code: 'not-offered' } });
      return;
    }
    // No owner yet.
    expect(await set(blue)).toMatchObject({
      error: { code: 'server-refused', params: { condition: 'forbidden' } },
    });
    await romeo.sendRaw(
      `<iq type='set' id='owner' to='${room}'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='${julietAccount.jid}' affiliation='owner'/></query></iq>`,
    );
    await all.until(({ affiliation }) => affiliation === 'owner', 'an owner');
    const nurse = await server.newAccount('nurse');
    const phone = await ownCore();
    const there = await phone.signIn(nurse.jid, nurse.password, at(server));
    const onPhone = { juliet: phone, account: there, room };
    const joins = { account: there, peer: room, nick: 'Nurse', password: null, create: false };
    await phone.ask('room.join', joins);
    for (const bad of [pngClaiming(96, 4_000), Buffer.from('no picture'), pngOf(95, [1, 2, 3])])
      expect(await set(bad)).toMatchObject({ error: { code: 'bad-picture' } });
    expect(await set(blue)).toEqual({ ok: true, value: null });
    expect(await hashIn(all)).toBe(sha1(blue));
    await until(onPhone, sha1(blue), 'seen by the nurse');
    const picture = await phone.ask('faces.picture', { account: there, hash: sha1(blue) });
    expect(picture.value).toEqual({ type: 'image/png', data: blue.toString('base64') });

    // That he has none himself is no word of the room.
    await romeo.sendRaw(
      `<presence to='${room}/Romeo'><x xmlns='vcard-temp:x:update'><photo/></x></presence>`,
    );
    // When this one is seen, the one before it has been taken in.
    await romeo.sendRaw(`<presence to='${room}/Romeo'><status>mine</status></presence>`);
    await phone.until(
      async () =>
        (await phone.ask('room.occupants', { account: there, peer: room })).value.find(
          ({ status }) => status === 'mine',
        ),
      'his presence',
    );
    expect(await hashIn(onPhone)).toBe(sha1(blue));
    // Who comes later sees it, and that there is none any more.
    await phone.ask('presence.set', { account: there, kind: 'offline', status: null });
    expect(await set(red)).toEqual({ ok: true, value: null });
    await phone.ask('presence.set', { account: there, kind: 'online', status: null });
    await until(onPhone, sha1(red), 'the other one');
    expect(await set(null)).toEqual({ ok: true, value: null });
    await until(onPhone, null, 'none any more');
    expect((await juliet.ask('faces.state', { account })).value.avatars).toEqual([]);
  });
});
