import { describe, expect, it } from 'vitest';
import { emptyCard } from '../../src-shared/model/card';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { at, atEnd, contactOf, friends, ownCore, ownPeer, type Pair } from './support';
import { connectPeer } from '../peers/connect-peer';

const publishOld = async ({ romeo }: Pair, inner: string): Promise<void> => {
  await romeo.sendRaw(
    `<iq xmlns='jabber:client' type='set' id='card-set'><vCard xmlns='vcard-temp'>${inner}</vCard></iq>`,
  );
  await romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card-set'));
};
const publishNew = async ({ romeo }: Pair, inner: string): Promise<void> => {
  await romeo.sendRaw(
    `<iq xmlns='jabber:client' type='set' id='card4-set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:vcard4'><item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>${inner}</vcard></item></publish></pubsub></iq>`,
  );
  await romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card4-set'));
};

describe.each(sharedServers())('what contacts tell of themselves on %s', (kind) => {
  const can = CAPABILITIES[kind];

  it('the card of a contact, from vCard and from vCard4, the newer one first', async () => {
    expect(can.vcardTemp && can.pep).toBe(true);
    const pair = await friends(kind);
    const { juliet, account, romeoAccount } = pair;
    const card = () => juliet.ask('contact.card', { account, peer: romeoAccount.jid });
    expect(await card()).toEqual(emptyCard);
    await publishOld(
      pair,
      `<FN>Romeo Montague</FN><ORG><ORGNAME>Montague</ORGNAME></ORG><TEL><WORK/><VOICE/><NUMBER>+39 045</NUMBER></TEL>`,
    );
    expect(await card()).toEqual({
      ...emptyCard,
      fullName: 'Romeo Montague',
      organisation: 'Montague',
      phones: [{ kind: 'work', value: '+39 045' }],
    });
    await publishNew(pair, '<fn><text>Romeo M.</text></fn><note><text>But soft</text></note>');
    const both = await juliet.until(async () => {
      const found = await card();
      return found.note === null ? null : found;
    }, 'the newer one');
    // A server that keeps both as one (Prosody) has the newer one alone.
    expect(both).toMatchObject({ fullName: 'Romeo M.', note: 'But soft' });
  });

  it('T31 of a stranger no card is asked for, and no last activity', async () => {
    const pair = await friends(kind);
    const { juliet, account, server } = pair;
    const stranger = await server.newAccount('stranger');
    await ownPeer(server, stranger);
    for (const name of ['contact.card', 'contact.lastSeen'] as const)
      expect(await juliet.core.call(name, { account, peer: stranger.jid })).toEqual({
        ok: false,
        error: { code: 'not-contact' },
      });
    expect(
      await juliet.core.call('contact.timeZone', { account, peer: stranger.jid, resource: 'any' }),
    ).toEqual({ ok: false, error: { code: 'not-contact' } });
    const sent = (await juliet.ask('console.entries', { account })).value;
    expect(sent.filter(({ direction, xml }) => direction === 'out' && xml.includes(stranger.jid))).toEqual(
      [],
    );
  });

  it('the software of a device of theirs is asked when it is wanted; of strangers not (T31)', async () => {
    const { juliet, account, romeo, server } = await friends(kind);
    const asked = juliet.ask('contact.software', { account, device: romeo.jid });
    const request = await romeo.waitForRaw((xml) => xml.includes('jabber:iq:version'));
    const [, id = ''] = /id=["']([^"']+)["']/u.exec(request) ?? [];
    const [, from = ''] = /from=["']([^"']+)["']/u.exec(request) ?? [];
    // Whether the client answers by itself or not: the first answer counts.
    await romeo.sendRaw(
      `<iq xmlns='jabber:client' type='result' id='${id}' to='${from}'><query xmlns='jabber:iq:version'><name>Balcony</name><version>1.0</version></query></iq>`,
    );
    expect((await asked) ?? '').not.toBe('');
    const stranger = `nobody@${server.domain}/desk`;
    expect(await juliet.core.call('contact.software', { account, device: stranger })).toEqual({
      ok: false,
      error: { code: 'not-contact' },
    });
    expect(await juliet.core.call('contact.software', { account, device: romeo.bareJid })).toEqual({
      ok: false,
      error: { code: 'bad-jid' },
    });
  });

  it('in which time zone a contact’s client is, unless it keeps that to itself', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeoAccount, server } = pair;
    const romeo = await ownCore();
    await romeo.signIn(romeoAccount.jid, romeoAccount.password, at(server));
    const resource = await juliet.until(
      async () =>
        (await contactOf(pair))?.presence.resources.find(({ client }) => client === 'Flint')?.resource,
      'Romeo in another Flint',
    );
    const zone = () => juliet.ask('contact.timeZone', { account, peer: romeoAccount.jid, resource });
    expect(await zone()).toBe(0 - new Date().getTimezoneOffset());
    const patch = { tellTime: false };
    await romeo.ask('settings.set', { patch });
    expect(await zone()).toBeNull();
  });

  it('when an absent contact was last there', async () => {
    expect(can.lastActivity).toBe(true);
    const { juliet, account, romeo, romeoAccount, server } = await friends(kind);
    await romeo.disconnect();
    await juliet.until(async () => {
      const { contacts } = (await juliet.ask('roster.state', { account })).value;
      return contacts.find(({ presence }) => presence.kind === 'offline');
    }, 'Romeo is gone');
    const at = await juliet.ask('contact.lastSeen', { account, peer: romeoAccount.jid });
    expect(Math.abs(Date.now() - (at ?? 0))).toBeLessThan(60_000);
    const again = await connectPeer(server, romeoAccount);
    atEnd(() => again.disconnect());
  });
});
