import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { CAPABILITIES } from './capabilities';
import { RawSession } from './raw-session';
import { connectServer, newAccount, sharedServers, type SharedServer, type TestAccount } from './shared';
import { startServer } from './start-server';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const INFO = '<query xmlns="http://jabber.org/protocol/disco#info"/>';
const succeeded = (answer: string): boolean => /type=['"]result['"]/.test(answer);

type Target = Pick<SharedServer, 'domain' | 'wsUrl' | 'createUser'>;

async function openStream(server: Target): Promise<{ session: RawSession; features: string }> {
  const opened = await RawSession.open(server);
  closing.push(() => {
    opened.session.cut();
  });
  return opened;
}

async function signIn(
  server: Target,
  account?: TestAccount,
): Promise<{ session: RawSession; features: string; account: TestAccount }> {
  const who = account ?? (await newAccount(server, server));
  const { session } = await openStream(server);
  const features = await session.authenticate(who.name, who.password);
  await session.bind();
  return { session, features, account: who };
}

async function peerOf(server: SharedServer): Promise<Peer> {
  const peer = await connectPeer(server, await server.newAccount('peer'));
  closing.push(() => peer.disconnect());
  return peer;
}

describe.each(sharedServers().filter((kind) => kind !== 'prosody13'))('%s', (kind) => {
  const can = CAPABILITIES[kind];

  it('offers these mechanisms and features', async () => {
    const server = connectServer(kind);
    expect(await offered(server)).toEqual({ sasl: can.sasl, sasl2: can.sasl2 });
    const { features } = await signIn(server);
    expect({
      rosterVersioning: features.includes('urn:xmpp:features:rosterver'),
      preApproval: features.includes('urn:xmpp:features:pre-approval'),
      sm: features.includes('urn:xmpp:sm:3'),
      csi: features.includes('urn:xmpp:csi:0'),
    }).toEqual({
      rosterVersioning: can.rosterVersioning,
      preApproval: can.preApproval,
      sm: can.sm,
      csi: can.csi,
    });
  });

  it('lets strangers make an account, or does not', async () => {
    const server = connectServer(kind);
    const { session } = await openStream(server);
    const name = `new-${randomBytes(5).toString('hex')}`;
    const form = `<username>${name}</username><password>0 "密码" &lt;&amp;&gt;</password>`;
    const answer = await session.iq(
      'set',
      `<query xmlns="jabber:iq:register">${form}</query>`,
      server.domain,
    );
    expect(succeeded(answer)).toBe(can.registration);
    if (can.registration) {
      await signIn(server, { name, jid: `${name}@${server.domain}`, password: '0 "密码" <&>' });
    }
  });

  it('lets a user change the password, or does not', async () => {
    const server = connectServer(kind);
    const { session, account } = await signIn(server);
    const form = `<username>${account.name}</username><password>další &amp; 新</password>`;
    const answer = await session.iq(
      'set',
      `<query xmlns="jabber:iq:register">${form}</query>`,
      server.domain,
    );
    expect(succeeded(answer)).toBe(can.passwordChange);
    await signIn(server, { ...account, password: 'další & 新' });
  });

  it('answers these requests', async () => {
    const server = connectServer(kind);
    const { session, account } = await signIn(server);
    const answers = async (type: 'get' | 'set', payload: string, to?: string): Promise<boolean> =>
      succeeded(await session.iq(type, payload, to));
    const [own, main] = [
      await session.iq('get', INFO, account.jid),
      await session.iq('get', INFO, server.domain),
    ];
    const items = await session.iq(
      'get',
      '<query xmlns="http://jabber.org/protocol/disco#items"/>',
      server.domain,
    );
    const services = [...items.matchAll(/jid=['"]([^'"]+)/g)].map((match) => match[1] ?? '');
    const withFeature = async (feature: string): Promise<string | undefined> => {
      for (const service of services) {
        const info = await session.iq('get', INFO, service);
        if (info.includes(`'${feature}'`) || info.includes(`"${feature}"`))
          return service.replace(`.${server.domain}`, '');
      }
      return undefined;
    };
    const rooms = await withFeature('http://jabber.org/protocol/muc');
    expect({
      blocking: await answers('get', '<blocklist xmlns="urn:xmpp:blocking"/>'),
      mam: await answers('set', '<query xmlns="urn:xmpp:mam:2"/>'),
      roomMam: (await session.iq('get', INFO, `${rooms ?? ''}.${server.domain}`)).includes('urn:xmpp:mam:2'),
      privacyLists: await answers('get', '<query xmlns="jabber:iq:privacy"/>'),
      carbons: await answers('set', '<enable xmlns="urn:xmpp:carbons:2"/>'),
      vcardTemp: await answers('get', '<vCard xmlns="vcard-temp"/>'),
      privateXml: await answers(
        'get',
        '<query xmlns="jabber:iq:private"><storage xmlns="storage:bookmarks"/></query>',
      ),
      lastActivity: await answers('get', '<query xmlns="jabber:iq:last"/>', server.domain),
      sharedGroupList: await answers(
        'get',
        '<sharedgroup xmlns="http://www.jivesoftware.org/protocol/sharedgroup"/>',
        server.domain,
      ),
      pep: /category=['"]pubsub['"][^>]*type=['"]pep['"]|type=['"]pep['"][^>]*category=['"]pubsub['"]/.test(
        own + main,
      ),
      publishOptions: (own + main).includes('pubsub#publish-options'),
      upload: (await withFeature('urn:xmpp:http:upload:0')) !== undefined,
      userSearch: await withFeature('jabber:iq:search').then((found) =>
        found === rooms ? undefined : found,
      ),
      rooms,
    }).toEqual({
      blocking: can.blocking,
      mam: can.mam,
      roomMam: can.roomMam,
      privacyLists: can.privacyLists,
      carbons: can.carbons,
      vcardTemp: can.vcardTemp,
      privateXml: can.privateXml,
      lastActivity: can.lastActivity,
      sharedGroupList: can.sharedGroupList,
      pep: can.pep,
      publishOptions: can.publishOptions,
      upload: can.upload,
      userSearch: can.userSearch,
      rooms: can.rooms,
    });
  });

  it('can hide a session by a privacy list, or cannot', async () => {
    const server = connectServer(kind);
    const peer = await peerOf(server);
    const { session, account } = await signIn(server);
    session.send(`<presence xmlns="jabber:client"/>`);
    await peer.subscribe(account.jid);
    await session.take((xml) => xml.includes('subscribe'));
    session.send(`<presence xmlns="jabber:client" type="subscribed" to="${peer.bareJid}"/>`);
    await peer.waitForPresence(account.jid, (one) => one.available);

    session.send('<presence xmlns="jabber:client" type="unavailable"/>');
    const list = '<list name="invisible"><item action="deny" order="1"><presence-out/></item></list>';
    await session.iq('set', `<query xmlns="jabber:iq:privacy">${list}</query>`);
    await session.iq('set', '<query xmlns="jabber:iq:privacy"><active name="invisible"/></query>');
    await peer.waitForOffline(account.jid);
    session.send('<presence xmlns="jabber:client"><show>dnd</show></presence>');
    // A message that comes after it tells that the presence would have come by now.
    session.send(`<message xmlns="jabber:client" type="chat" to="${peer.jid}"><body>here</body></message>`);
    await peer.waitForMessage((one) => one.body === 'here');
    expect(peer.presencesOf(account.jid).length === 0 ? 'privacy-lists' : 'no').toBe(can.invisible);
  });

  it('keeps a message for somebody who is away, or does not', async () => {
    const server = connectServer(kind);
    const peer = await peerOf(server);
    const away = await server.newAccount('away');
    await peer.sendMessage(away.jid, 'later');
    await peer.roster();
    const { session } = await signIn(server, away);
    session.send('<presence xmlns="jabber:client"/>');
    const kept = await session
      .take((xml) => xml.includes('<body>later</body>'), 2_000)
      .then(
        () => true,
        () => false,
      );
    expect(kept).toBe(can.offlineMessages);
  });

  it('resumes a session as this table says', async () => {
    const server = connectServer(kind);
    const peer = await peerOf(server);
    const { session, account } = await signIn(server);
    session.send('<enable xmlns="urn:xmpp:sm:3" resume="true"/>');
    const id = /\sid=['"]([^'"]+)/.exec(await session.take((xml) => xml.startsWith('<enabled')))?.[1] ?? '';
    session.cut();

    const { session: next } = await openStream(server);
    await next.authenticate(account.name, account.password);
    next.send(`<resume xmlns="urn:xmpp:sm:3" previd="${id}" h="0"/>`);
    const resumed = (await next.take((xml) => /^<(resumed|failed)/.test(xml))).startsWith('<resumed');
    next.send(`<message xmlns="jabber:client" type="chat" to="${peer.bareJid}"><body>after</body></message>`);
    const arrived = await peer
      .waitForMessage((one) => one.body === 'after', 2_000)
      .then(() => true)
      .catch(() => false);
    expect(!resumed ? 'no' : arrived ? 'works' : 'lossy').toBe(can.smResume);
  });

  it('shares groups as this table says', async () => {
    const server = connectServer(kind);
    const [juliet, nurse] = [await server.newAccount('juliet'), await server.newAccount('nurse')];
    const first = await signIn(server, juliet);
    await first.session.iq('get', '<query xmlns="jabber:iq:roster"/>');
    // Openfire pushes to those alone who are available.
    first.session.send('<presence xmlns="jabber:client"/>');
    await server.createGroup(`group of ${juliet.name}`, [juliet.name, nurse.name]);
    const pushed = await first.session
      .take((xml) => xml.includes('jabber:iq:roster') && xml.includes(nurse.jid), 1_500)
      .then(
        () => true,
        () => false,
      );
    expect(pushed ? 'pushed' : 'next-sign-in').toBe(can.sharedGroups);
    first.session.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>');
    await first.session.take((xml) => xml.startsWith('<close'));
    const { session } = await signIn(server, juliet);
    expect(await session.iq('get', '<query xmlns="jabber:iq:roster"/>')).toContain(nurse.jid);
    const edit = `<query xmlns="jabber:iq:roster"><item jid="${nurse.jid}"><group>Other</group></item></query>`;
    expect(succeeded(await session.iq('set', edit)) ? 'accepted' : 'refused').toBe(can.sharedGroupEdit);
    await server.deleteGroup(`group of ${juliet.name}`);
  });
});

describe('prosody13', () => {
  it('offers SASL2 with Bind2, and signs a client of the old kind in too @restart', async () => {
    const server = await startServer('prosody13');
    try {
      const can = CAPABILITIES.prosody13;
      expect(await offered(server)).toEqual({ sasl: can.sasl, sasl2: can.sasl2 });
      const peer = await connectPeer(server, await newAccount(server, server));
      await peer.disconnect();
    } finally {
      for (const close of closing.splice(0)) await close();
      await server.stop();
    }
  });
});

async function offered(server: Target): Promise<{ sasl: readonly string[]; sasl2: boolean }> {
  const { features } = await openStream(server);
  const old = /<mechanisms.*<\/mechanisms>/s.exec(features)?.[0] ?? '';
  const names = [...old.matchAll(/<mechanism>([^<]+)/g)].map((match) => match[1] ?? '');
  return {
    sasl: names.sort(),
    sasl2: features.includes('urn:xmpp:sasl:2') && features.includes('urn:xmpp:bind:0'),
  };
}
