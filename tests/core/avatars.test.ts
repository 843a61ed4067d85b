import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { pngClaiming, pngOf, sha1 } from '../support/pictures';
import { friends, messagesWith, ownCore, ownPeer, type Pair } from './support';

const blue = pngOf(48, [40, 90, 160]);
const red = pngOf(48, [160, 60, 50]);

const set = async (pair: Pair, id: string, payload: string): Promise<string> => {
  await pair.romeo.sendRaw(`<iq xmlns='jabber:client' type='set' id='${id}'>${payload}</iq>`);
  return pair.romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};
const publish = (pair: Pair, node: string, id: string, payload: string) =>
  set(
    pair,
    `set-${node}-${id.slice(0, 6)}`,
    `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:${node}'><item id='${id}'>${payload}</item></publish></pubsub>`,
  );
/** XEP-0084 §3.1, as another client does it; `claimed`: the hash that it is published under. */
const publishAvatar = async (pair: Pair, bytes: Buffer, claimed = sha1(bytes)): Promise<void> => {
  await publish(
    pair,
    'data',
    claimed,
    `<data xmlns='urn:xmpp:avatar:data'>${bytes.toString('base64')}</data>`,
  );
  await publish(
    pair,
    'metadata',
    claimed,
    `<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='${String(bytes.length)}' id='${claimed}' type='image/png' width='48' height='48'/></metadata>`,
  );
};
const photo = (bytes: Buffer): string =>
  `<vCard xmlns='vcard-temp'><FN>Romeo Montague</FN><PHOTO><TYPE>image/png</TYPE><BINVAL>${bytes.toString('base64')}</BINVAL></PHOTO></vCard>`;
/** XEP-0153 §3.1: the card, then the hash in a presence. */
const sayPhoto = (pair: Pair, hash: string): Promise<void> =>
  pair.romeo.sendRaw(
    `<presence xmlns='jabber:client'><status>photo</status><x xmlns='vcard-temp:x:update'><photo>${hash}</photo></x></presence>`,
  );

const facesOf = async ({ juliet, account }: Pick<Pair, 'juliet' | 'account'>) =>
  (await juliet.ask('faces.state', { account })).value;
const untilHash = (pair: Pair, hash: string | undefined) =>
  pair.juliet.until(
    async () => {
      const found = (await facesOf(pair)).avatars.find(({ jid }) => jid === pair.romeoAccount.jid)?.hash;
      return found === hash ? true : null;
    },
    `the hash ${String(hash)}`,
  );
const pictureOf = async ({ juliet, account }: Pair, bytes: Buffer) =>
  (await juliet.ask('faces.picture', { account, hash: sha1(bytes) })).value;
const fetches = async ({ juliet, account }: Pick<Pair, 'juliet' | 'account'>, to: string): Promise<number> =>
  (await juliet.ask('console.entries', { account })).value.filter(
    ({ direction, xml }) =>
      direction === 'out' && xml.includes(to) && (xml.includes('avatar:data') || xml.includes('vcard-temp')),
  ).length;

describe.each(sharedServers())('pictures of contacts on %s', (kind) => {
  it('by their own node (XEP-0084): seen, kept for the next run, changed and taken away', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeoAccount } = pair;
    await publishAvatar(pair, blue);
    await untilHash(pair, sha1(blue));
    expect(await pictureOf(pair, blue)).toEqual({ type: 'image/png', data: blue.toString('base64') });
    expect(juliet.events).toContainEqual({
      topic: 'faces',
      type: 'avatar',
      account,
      jid: romeoAccount.jid,
      hash: sha1(blue),
    });
    await publishAvatar(pair, red);
    await untilHash(pair, sha1(red));
    expect(await pictureOf(pair, blue)).toBeNull();

    await juliet.stop(true);
    const next = await ownCore({ dir: juliet.dir, secrets: juliet.secrets });
    const later = { ...pair, juliet: next };
    expect((await facesOf(later)).avatars).toContainEqual({ jid: romeoAccount.jid, hash: sha1(red) });
    await next.waitForState(({ connection }) => connection.phase === 'online', 'online');
    await publish(later, 'metadata', 'none', `<metadata xmlns='urn:xmpp:avatar:metadata'/>`);
    await untilHash(later, undefined);
    // It was known by its hash: nobody was asked for the bytes again.
    expect(await fetches(later, romeoAccount.jid)).toBe(0);
  });

  it('by their card (XEP-0153, XEP-0398): the hash in a presence, the bytes from the card, once', async () => {
    const pair = await friends(kind);
    await set(pair, 'card-set', photo(blue));
    await sayPhoto(pair, sha1(blue));
    await untilHash(pair, sha1(blue));
    expect(await pictureOf(pair, blue)).toMatchObject({ type: 'image/png' });
    const asked = await fetches(pair, pair.romeoAccount.jid);
    await sayPhoto(pair, sha1(blue));
    await pair.romeo.sendMessage(pair.julietAccount.jid, 'again');
    await pair.juliet.until(
      async () => (await messagesWith(pair)).find(({ body }) => body === 'again'),
      'what came after it',
    );
    expect(await fetches(pair, pair.romeoAccount.jid)).toBe(asked);
  });

  it('T21 what is not what it was said to be, or would be too great to draw, is not kept', async () => {
    const pair = await friends(kind);
    const refused = (count: number) =>
      pair.juliet.until(
        () =>
          pair.juliet.log.filter((line) => line.includes('avatar-refused')).length >= count ? true : null,
        `refused ${String(count)} times`,
      );
    await publishAvatar(pair, blue, sha1(red));
    await refused(1);
    await publishAvatar(pair, pngClaiming(60_000, 60_000));
    await refused(2);
    expect((await facesOf(pair)).avatars).toEqual([]);
    // Who was caught is heard again as soon as it is another picture.
    const green = pngOf(48, [60, 140, 80]);
    await publishAvatar(pair, green);
    await untilHash(pair, sha1(green));
  });

  it('T31 nobody is asked for the picture of a stranger', async () => {
    const pair = await friends(kind);
    const { juliet, account, julietAccount, server } = pair;
    const stranger = await server.newAccount('stranger');
    const peer = await ownPeer(server, stranger);
    const their: Pair = { ...pair, romeo: peer, romeoAccount: stranger };
    await set(their, 'card-set', photo(blue));
    await peer.sendRaw(
      `<presence xmlns='jabber:client' to='${julietAccount.jid}'><x xmlns='vcard-temp:x:update'><photo>${sha1(blue)}</photo></x></presence>`,
    );
    await peer.sendRaw(
      `<message xmlns='jabber:client' type='headline' to='${julietAccount.jid}'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata'><item id='${sha1(blue)}'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='100' id='${sha1(blue)}' type='image/png'/></metadata></item></items></event></message>`,
    );
    await peer.sendMessage(julietAccount.jid, 'look at me');
    await juliet.until(async () => {
      const { value } = await juliet.ask('chats.list', { account });
      return value.find(({ peer: from }) => from === stranger.jid);
    }, 'the request');
    expect(await fetches(pair, stranger.jid)).toBe(0);
    expect((await facesOf(pair)).avatars).toEqual([]);
  });

  it('the account’s own name and picture come from its card', async () => {
    const server = (await friends(kind)).server;
    const account = await server.newAccount('nurse');
    const phone = await ownPeer(server, account);
    await phone.sendRaw(`<iq xmlns='jabber:client' type='set' id='own-card'>${photo(red)}</iq>`);
    await phone.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('own-card'));
    const desk = await ownCore();
    const id = await desk.signIn(account.jid, account.password, { server: server.wsUrl });
    await desk.until(async () => {
      const faces = await facesOf({ juliet: desk, account: id });
      const own = faces.avatars.find(({ jid }) => jid === account.jid);
      return faces.ownName === 'Romeo Montague' && own?.hash === sha1(red) ? true : null;
    }, 'name and picture');
  });
});
