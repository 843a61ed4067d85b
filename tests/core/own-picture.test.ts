import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { pngClaiming, pngOf, sha1 } from '../support/pictures';
import { friends, ownCore, ownPeer, type Pair } from './support';

const blue = pngOf(256, [40, 90, 160]);
const red = pngOf(96, [160, 60, 50]);

const set = (pair: Pair, bytes: Buffer, type: 'image/png' | 'image/jpeg' = 'image/png') =>
  pair.juliet.core.call('picture.set', { account: pair.account, type, data: bytes.toString('base64') });
const ask = async (pair: Pair, id: string, payload: string): Promise<string> => {
  const { romeo, julietAccount } = pair;
  await romeo.sendRaw(
    `<iq xmlns='jabber:client' type='get' id='${id}' to='${julietAccount.jid}'>${payload}</iq>`,
  );
  return romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};
const card = (pair: Pair, id: string) => ask(pair, id, `<vCard xmlns='vcard-temp'/>`);
const node = (pair: Pair, id: string, name: string, item?: string) =>
  ask(
    pair,
    id,
    `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:${name}'>${item ? `<item id='${item}'/>` : ''}</items></pubsub>`,
  );
const presenceWith = ({ romeo, julietAccount }: Pair, photo: string) =>
  romeo.waitForRaw(
    (xml) => xml.startsWith('<presence') && xml.includes(julietAccount.jid) && xml.includes(photo),
  );
const published = async ({ juliet, account }: Pair) =>
  (await juliet.ask('console.entries', { account })).value.filter(
    ({ direction, xml }) => direction === 'out' && /type="set"/.test(xml) && /vCard|avatar:/.test(xml),
  );
const ownHash = async ({ juliet, account, julietAccount }: Pair) =>
  (await juliet.ask('faces.state', { account })).value.avatars.find(({ jid }) => jid === julietAccount.jid)
    ?.hash;

describe.each(sharedServers())('the own picture on %s', (kind) => {
  it('is seen by others in both ways, told in presence, kept beside the words, and removed again', async () => {
    expect(CAPABILITIES[kind]).toMatchObject({ vcardTemp: true, pep: true });
    const pair = await friends(kind);
    const { juliet, account, julietAccount } = pair;
    const phone = await ownPeer(pair.server, julietAccount);
    await phone.sendRaw(
      `<iq xmlns='jabber:client' type='set' id='words'><vCard xmlns='vcard-temp'><FN>Juliet</FN><TITLE>Heiress</TITLE></vCard></iq>`,
    );
    await phone.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('words'));

    const base64 = blue.toString('base64');
    expect(await set(pair, blue)).toEqual({ ok: true, value: null });
    await presenceWith(pair, `<photo>${sha1(blue)}</photo>`);
    const old = await card(pair, 'card-1');
    expect(old).toContain(base64);
    expect(old).toContain('Heiress');
    const metadata = await node(pair, 'meta-1', 'metadata');
    for (const part of [sha1(blue), 'image/png', '256', String(blue.length)])
      expect(metadata).toContain(part);
    expect(await node(pair, 'data-1', 'data', sha1(blue))).toContain(base64);
    expect(await ownHash(pair)).toBe(sha1(blue));
    // XEP-0398: a server that makes the card of the node is not given both.
    const cards = (await published(pair)).filter(({ xml }) => xml.includes('vCard'));
    const converts = (await juliet.ask('console.entries', { account })).value.some(({ xml }) =>
      xml.includes('urn:xmpp:pep-vcard-conversion:0'),
    );
    expect(cards).toHaveLength(converts ? 0 : 1);

    // It goes with every presence from then on, in the next run too.
    await juliet.ask('presence.set', { account, kind: 'away' });
    const away = await pair.romeo.waitForRaw(
      (xml) => xml.startsWith('<presence') && xml.includes('away') && xml.includes(julietAccount.jid),
    );
    expect(away).toContain(sha1(blue));

    expect(await juliet.core.call('picture.remove', { account })).toEqual({ ok: true, value: null });
    const gone = await card(pair, 'card-2');
    expect(gone).not.toContain('BINVAL');
    expect(gone).toContain('Heiress');
    expect(await node(pair, 'meta-2', 'metadata')).not.toContain('<info');
    expect(await ownHash(pair)).toBeUndefined();
  });

  it('T21 only a square that every server takes is published', async () => {
    const pair = await friends(kind);
    const bad = { ok: false, error: { code: 'bad-picture' } };
    expect(await set(pair, pngOf(100, [1, 2, 3]))).toEqual(bad);
    expect(await set(pair, pngClaiming(256, 192))).toEqual(bad);
    expect(await set(pair, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual(bad);
    expect(await set(pair, red, 'image/jpeg')).toEqual(bad);
    expect(await set(pair, Buffer.concat([red, Buffer.alloc(41 * 1024)]))).toEqual(bad);
    expect(await published(pair)).toEqual([]);
  });

  it('another device of the account shows it, and tells it in its own presence', async () => {
    const pair = await friends(kind);
    const { julietAccount, server } = pair;
    const laptop = await ownCore();
    const account = await laptop.signIn(julietAccount.jid, julietAccount.password, { server: server.wsUrl });
    await laptop.ask('presence.set', { account, kind: 'dnd' });
    expect(await set(pair, red)).toMatchObject({ ok: true });
    await laptop.until(async () => {
      const { avatars } = (await laptop.ask('faces.state', { account })).value;
      return avatars.find(({ jid, hash }) => jid === julietAccount.jid && hash === sha1(red));
    }, 'the picture on the other device');
    await pair.romeo.waitForRaw(
      (xml) => xml.startsWith('<presence') && xml.includes('dnd') && xml.includes(sha1(red)),
    );
  });
});
