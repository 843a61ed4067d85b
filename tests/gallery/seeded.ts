import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { sha1 } from '../support/pictures';
import type { ServerOptions, TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { furnish, jidAt, PASSWORD } from '../e2e/office';
import {
  accountOf,
  ask,
  composer,
  contactRow,
  log,
  openChat,
  openStage,
  settings,
  sidebar,
  signIn,
  type Stage,
} from '../e2e/support';
import { portraits } from './drawings';
import { gallery, type Gallery } from './hang';

/** Nora’s office on a Prosody of its own, with something in every corner of it. */
export interface Office {
  readonly server: TestServer;
  readonly stage: Stage;
  readonly hang: Gallery['hang'];
  readonly peers: ReadonlyMap<string, Peer>;
  readonly jid: (name: string) => string;
  readonly stop: () => Promise<void>;
}

/** Somebody’s words, with all that XML can do. */
const raw = (peer: Peer, xml: string): Promise<void> => peer.sendRaw(xml);

/** XEP-0084. */
const wears = async (peer: Peer, picture: Buffer): Promise<void> => {
  const id = sha1(picture);
  const publish = (node: string, payload: string): Promise<void> =>
    raw(
      peer,
      `<iq type='set' id='${node}'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:${node}'><item id='${id}'>${payload}</item></publish></pubsub></iq>`,
    );
  await publish('data', `<data xmlns='urn:xmpp:avatar:data'>${picture.toString('base64')}</data>`);
  await publish(
    'metadata',
    `<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='${String(picture.length)}' id='${id}' type='image/png' width='96' height='96'/></metadata>`,
  );
};
/** Some have a picture; Nora has a name too. */
const dress = async (server: TestServer, peers: ReadonlyMap<string, Peer>): Promise<void> => {
  for (const name of ['ingrid', 'tomas'] as const) await wears(peers.get(name)!, portraits[name]);
  const nora = await connectPeer(
    server,
    { jid: jidAt(server)('nora'), password: PASSWORD },
    { client: 'stanza' },
  );
  await raw(
    nora,
    `<iq type='set' id='card'><vCard xmlns='vcard-temp'><FN>Nora Lindqvist</FN><N><FAMILY>Lindqvist</FAMILY><GIVEN>Nora</GIVEN></N><ORG><ORGNAME>Northgate</ORGNAME><ORGUNIT>Production</ORGUNIT></ORG><TITLE>Line 3</TITLE></vCard></iq>`,
  );
  await wears(nora, portraits.nora);
  await nora.waitForRaw((xml) => xml.includes('urn:xmpp:avatar:metadata'));
  await nora.disconnect();
};

/** @param args for Chromium */
export async function openOffice(options: ServerOptions = {}, args: readonly string[] = []): Promise<Office> {
  const [server, stage] = await Promise.all([startServer('prosody', options), openStage({}, args)]);
  const { page } = stage;
  const jid = jidAt(server);
  const peers = await furnish(server);
  await dress(server, peers);
  const walls = gallery(stage);
  await walls.begin();
  await settings(page, {
    autoAway: false,
    savedPresences: [
      { text: 'Lunch', kind: 'away', priority: null, clearAfter: 'hour' },
      { text: 'In a meeting, back at three', kind: 'dnd', priority: 0, clearAfter: 'never' },
    ],
  });
  await signIn(page, { jid: jid('nora'), password: PASSWORD }, server.wsUrl);
  await contactRow(page, '李雯 Li Wen').waitFor();
  const account = await accountOf(page);

  // Every kind of message, from Anneke.
  const anneke = peers.get('anneke')!;
  await openChat(page, 'Anneke de Vries');
  const said = (text: string) => log(page).getByText(text).first().waitFor();
  await anneke.sendMessage(jid('nora'), 'Meet in hal B', { id: 'typo' });
  await said('Meet in hal B');
  await raw(
    anneke,
    `<message xmlns='jabber:client' type='chat' id='fix' to='${jid('nora')}'><body>Meet in hall B</body><replace xmlns='urn:xmpp:message-correct:0' id='typo'/></message>`,
  );
  await anneke.sendMessage(jid('nora'), 'The old printer is broken', { id: 'regret' });
  await said('The old printer');
  await raw(
    anneke,
    `<message xmlns='jabber:client' type='chat' id='undo' to='${jid('nora')}'><retract xmlns='urn:xmpp:message-retract:1' id='regret'/><store xmlns='urn:xmpp:hints'/></message>`,
  );
  await raw(
    anneke,
    `<message xmlns='jabber:client' type='headline' id='news' to='${jid('nora')}'><subject>Badge printers down tonight</subject><body>Maintenance begins at 18:00. Finish what you print before that.</body></message>`,
  );
  await anneke.sendMessage(
    jid('nora'),
    '> Which roll?\nThe *wide* one, _not_ the `A6`:\n```\noffset_y = -2.0\ndpi = 300\n```\nhttps://files.northgate.example/label',
  );
  await said('offset_y');
  await anneke.sendMessage(jid('nora'), '/me waves from hall B');
  await composer(page, 'Anneke de Vries').fill('Wait for me');
  await page.keyboard.press('Enter');
  const heard = await anneke.waitForMessage(({ body }) => body === 'Wait for me');
  await raw(
    anneke,
    `<message xmlns='jabber:client' type='error' id='${heard.id ?? ''}' to='${heard.from}'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
  );
  await page.locator('article .fail').first().waitFor();

  // Chats with every mark.
  await ask(page, 'chat.mark', { account, peer: jid('ingrid'), marks: { pinned: true } });
  await ask(page, 'chat.mark', {
    account,
    peer: jid('tomas'),
    marks: { mutedUntil: Date.now() + 86_400_000 },
  });
  await composer(page, 'Anneke de Vries').fill('The offset is');
  const zixuan = peers.get('zixuan')!;
  await zixuan.sendMessage(jid('nora'), '星期四见。');
  await sidebar(page).getByText('星期四见。').waitFor();
  await ask(page, 'chat.mark', { account, peer: jid('zixuan'), marks: { archived: true } });

  // A stranger asks, and writes.
  await server.createUser('devi', PASSWORD);
  const devi = await connectPeer(server, { jid: jid('devi'), password: PASSWORD }, { client: 'stanza' });
  await devi.subscribe(jid('nora'));
  await devi.sendMessage(
    jid('nora'),
    'Good morning, we met at the fair. Do you still need pallets for the spring?',
  );
  return {
    server,
    stage,
    hang: walls.hang,
    peers,
    jid,
    stop: async () => {
      await Promise.allSettled([devi, ...peers.values()].map((peer) => peer.disconnect()));
      await stage.stop();
      await server.stop();
    },
  };
}
