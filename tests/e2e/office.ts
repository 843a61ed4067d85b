import { until } from '../desktop/child';
import { connectPeer } from '../peers/connect-peer';
import type { OwnPresence, Peer } from '../peers/peer';
import type { TestServer } from '../servers/server';
import { composer, en, inMain, PATIENCE_MS, soon, type Stage } from './support';

/** null: not signed in. */
type Person = readonly [local: string, name: string, groups: readonly string[], presence: OwnPresence | null];
export const PEOPLE: readonly Person[] = [
  ['maya', 'Maya Okafor', ['Production::Line 3'], { status: 'On the floor until 3' }],
  ['ingrid', 'Ingrid Solheim', ['Production::Line 3'], {}],
  ['tomas', 'Tomás Herrera', ['Production::Line 3'], { show: 'away', status: 'On the phone' }],
  ['piotr', 'Piotr Wiśniewski', ['Production::Line 3'], null],
  ['fatima', 'Fatima Zahra Bennani', ['Production'], { show: 'dnd', status: 'Audit, back at two' }],
  ['liwen', '李雯 Li Wen', ['Suzhou 苏州'], { show: 'chat', status: '在产线，随时可以问我' }],
  ['zixuan', '王子轩', ['Suzhou 苏州'], { show: 'xa', status: 'Back on Thursday' }],
  ['anneke', 'Anneke de Vries', ['Design'], { show: 'away' }],
];
export const PASSWORD = 'nora’s own';

/** An account of the office at a server. */
export const jidAt =
  (server: Pick<TestServer, 'domain'>) =>
  (name: string): string =>
    `${name}@${server.domain}`;

/** Everybody is in Nora's contacts, sees her and is seen; some have written already. */
export async function furnish(server: TestServer): Promise<Map<string, Peer>> {
  const peers = new Map<string, Peer>();
  const jid = jidAt(server);
  await Promise.all(
    ['nora', ...PEOPLE.map(([name]) => name)].map((name) => server.createUser(name, PASSWORD)),
  );
  for (const name of ['nora', ...PEOPLE.map(([local]) => local)])
    peers.set(name, await connectPeer(server, { jid: jid(name), password: PASSWORD }, { client: 'stanza' }));
  const nora = peers.get('nora')!;
  for (const [local, name, groups] of PEOPLE) {
    await nora.setContact({ jid: jid(local), name, groups });
    await nora.subscribe(jid(local));
  }
  const mutual = async (): Promise<number> =>
    (await nora.roster()).filter(({ subscription }) => subscription === 'both').length;
  // Not `soon`, which is for the inside of a specification only.
  await until(
    'all to see each other',
    async () => ((await mutual()) === PEOPLE.length ? true : undefined),
    PATIENCE_MS,
  );
  await nora.disconnect();
  peers.delete('nora');
  await peers.get('ingrid')!.sendMessage(jid('nora'), 'Scanner log is in the shared folder');
  await peers.get('ingrid')!.sendMessage(jid('nora'), 'Have a look when you can');
  await peers.get('liwen')!.sendMessage(jid('nora'), '苏州这边也一样，已改好。Same fix here.');
  await peers.get('tomas')!.sendMessage(jid('nora'), 'Thanks, that did it.');
  for (const [local, , , presence] of PEOPLE)
    if (presence) await peers.get(local)!.setPresence(presence);
    else await peers.get(local)!.disconnect();
  return peers;
}

/** Nora and Maya talk, to the point where Maya types. Resolves with the id of Nora's last message. */
export async function converse(
  stage: Stage,
  server: TestServer,
  peers: ReadonlyMap<string, Peer>,
): Promise<string> {
  const jid = jidAt(server);
  const maya = peers.get('maya')!;
  const say = async (text: string): Promise<void> => {
    await maya.sendMessage(jid('nora'), text);
    await stage.page.getByRole('log').getByText(text).first().waitFor();
  };
  const answer = async (text: string): Promise<string> => {
    const field = composer(stage.page, 'Maya Okafor');
    await field.fill(text);
    await field.press('Enter');
    const { id = '' } = await maya.waitForMessage(({ body }) => body === text);
    await maya.sendReceipt(jid('nora'), id);
    return id;
  };
  await say('Are you in hall B already? The scanners have moved.');
  await answer('On my way, five minutes.');
  await say('Ingrid has drawn where they are now: https://files.northgate.example/hall-b');
  await answer('Much better than behind the pillar.');
  await say('And the label printer is back on firmware 4.2.');
  await say('First pallet at 10, the test sheet is at https://files.northgate.example/line3.pdf');
  await answer('Margins are fine on A6 👍');
  await answer(
    'On the 100 × 150 roll the barcode sits 2 mm low, so I moved the offset:\n```\noffset_y = -2.0\ndpi = 300\n```',
  );
  await say('That brings it up. 48 of 48 scanned 🎉');
  await say('李雯也确认了，苏州那边没有问题。');
  const last = await answer('Then we are done before lunch.');
  await stage.page.locator('article .state').last().waitFor();
  await soon(() => stage.page.locator('article .state').last().innerText()).toBe(
    en('common.delivery-received'),
  );
  await maya.sendChatState(jid('nora'), 'composing');
  await stage.page.getByRole('status').filter({ hasText: 'Maya Okafor' }).waitFor();
  await inMain(stage, (window) => {
    window.focus();
  });
  return last;
}
