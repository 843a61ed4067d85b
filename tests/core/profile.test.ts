import { describe, expect, it } from 'vitest';
import { emptyProfile, type Profile } from '../../src-shared/model/profile';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { friends, ownPeer, type Pair } from './support';

const mine: Profile = {
  ...emptyProfile,
  fullName: 'Juliet Capulet',
  given: 'Juliet',
  family: 'Capulet',
  nickname: 'Jule',
  organisation: 'Capulet & Co',
  unit: 'Balcony',
  title: 'Heiress',
  role: 'Daughter',
  url: 'https://capulet.example',
  birthday: '1583-07-31',
  note: 'Parting is\nsuch sweet sorrow.',
  phones: [
    { kind: 'work', value: '+39 045 1' },
    { kind: 'mobile', value: '+39 045 2' },
  ],
  mails: [{ kind: 'work', value: 'juliet@example.org' }],
  address: { street: 'Via Cappello 23', code: '37121', locality: 'Verona', region: '', country: 'Italy' },
};

const read = ({ juliet, account }: Pair) => juliet.ask('profile.read', { account });
const save = ({ juliet, account }: Pair, base: Profile, next: Profile) =>
  juliet.core.call('profile.save', {
    account,
    base: structuredClone(base) as never,
    next: structuredClone(next) as never,
  });
/** What a client that is not ours is answered. */
const asked = async (peer: Pair['romeo'], id: string, payload: string, to?: string): Promise<string> => {
  const type =
    payload.includes('BINVAL') || payload.includes('<publish') || payload.includes('<FN') ? 'set' : 'get';
  await peer.sendRaw(
    `<iq xmlns='jabber:client' type='${type}' id='${id}'${to ? ` to='${to}'` : ''}>${payload}</iq>`,
  );
  return peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};
const card = (peer: Pair['romeo'], id: string, of?: string) =>
  asked(peer, id, `<vCard xmlns='vcard-temp'/>`, of);
const card4 = (peer: Pair['romeo'], id: string, of: string) =>
  asked(
    peer,
    id,
    `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:vcard4'/></pubsub>`,
    of,
  );

describe.each(sharedServers())('the own profile on %s', (kind) => {
  it('is written to both cards, where contacts and other clients read it', async () => {
    expect(CAPABILITIES[kind]).toMatchObject({ vcardTemp: true, pep: true });
    const pair = await friends(kind);
    const { juliet, account, romeo, julietAccount } = pair;
    expect(await read(pair)).toEqual(emptyProfile);
    expect(await save(pair, emptyProfile, mine)).toEqual({ ok: true, value: mine });
    expect(await read(pair)).toEqual(mine);
    const old = await card(romeo, 'old-1', julietAccount.jid);
    for (const word of [
      'Juliet Capulet',
      'Jule',
      'Capulet &amp; Co',
      'Heiress',
      '+39 045 1',
      'Via Cappello 23',
    ])
      expect(old).toContain(word);
    const newer = await card4(romeo, 'new-1', julietAccount.jid);
    for (const word of ['Juliet Capulet', 'Balcony', 'juliet@example.org', '15830731', 'cell'])
      expect(newer).toContain(word);
    // XEP-0172, and the account's own name in its own window.
    await juliet.until(
      async () =>
        (await juliet.ask('faces.state', { account })).value.ownName === 'Juliet Capulet' ? 1 : null,
      'the name',
    );
    const nurse = await pair.server.newAccount('nurse');
    const other = await ownPeer(pair.server, nurse, { autoAccept: false });
    await juliet.ask('roster.add', { account, peer: nurse.jid, name: null, groups: [], message: null });
    expect(
      await other.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes('subscribe')),
    ).toContain('>Juliet Capulet</nick>');
    expect(
      await asked(
        romeo,
        'nick-1',
        `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='http://jabber.org/protocol/nick'/></pubsub>`,
        julietAccount.jid,
      ),
    ).toContain('Jule');
  });

  it('what other clients wrote stays, and what another device changed meanwhile is kept or said', async () => {
    const pair = await friends(kind);
    const { server, julietAccount } = pair;
    const phone = await ownPeer(server, julietAccount);
    await asked(
      phone,
      'phone-1',
      `<vCard xmlns='vcard-temp'><FN>Juliet</FN><ROLE>Heiress</ROLE><URL>https://capulet.example/</URL><ADR><HOME/><POBOX>7</POBOX><STREET>Via Cappello</STREET></ADR></vCard>`,
    );
    const base = await read(pair);
    expect(base).toMatchObject({ fullName: 'Juliet', address: { street: 'Via Cappello' } });
    const next = { ...base, title: 'Bride' };
    expect(await save(pair, base, next)).toMatchObject({ ok: true, value: { title: 'Bride' } });
    const old = await card(phone, 'phone-2');
    for (const kept of ['Heiress', 'https://capulet.example/', '<POBOX>7</POBOX>', 'Bride'])
      expect(old).toContain(kept);

    // The phone says something else of the same field: nothing is written over.
    const behind = await save(pair, base, { ...base, title: 'Lady' });
    expect(behind).toEqual({ ok: false, error: { code: 'changed-elsewhere' } });
    expect(await card(phone, 'phone-3')).toContain('Bride');
    // Of another field: both hold.
    expect(await save(pair, base, { ...base, nickname: 'Jule' })).toMatchObject({
      ok: true,
      value: { title: 'Bride', nickname: 'Jule' },
    });
    expect(await read(pair)).toMatchObject({ title: 'Bride', nickname: 'Jule', fullName: 'Juliet' });
  });

  it('a picture in the card outlives a change of the words', async () => {
    const pair = await friends(kind);
    const phone = await ownPeer(pair.server, pair.julietAccount);
    const photo = Buffer.from('a picture').toString('base64');
    await asked(
      phone,
      'photo-1',
      `<vCard xmlns='vcard-temp'><FN>Juliet</FN><PHOTO><TYPE>image/png</TYPE><BINVAL>${photo}</BINVAL></PHOTO></vCard>`,
    );
    const base = await read(pair);
    expect(await save(pair, base, { ...base, note: 'Words', unit: 'Balcony' })).toMatchObject({ ok: true });
    const after = await card(phone, 'photo-2');
    expect(after).toContain(photo);
    expect(await read(pair)).toMatchObject({ note: 'Words', unit: 'Balcony' });
  });
});
