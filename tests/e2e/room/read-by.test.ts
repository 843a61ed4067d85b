import { expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { admin, peerJoins } from '../../core/rooms-support';
import { openRoomStage } from '../room-kit';
import { accountOf, ask, composer, en, log, sidebar, soon } from '../support';

const GROUP = {
  'muc#roomconfig_membersonly': '1',
  'muc#roomconfig_whois': 'anyone',
  'muc#roomconfig_roomname': 'Balcony',
};
const read = (peer: Peer, room: string, id: string): Promise<void> =>
  peer.sendRaw(
    `<message type='groupchat' to='${room}'><displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/></message>`,
  );

it('in a group the newest of ours that others have read says how many they are, and who', async () => {
  const { server, stage, juliet, romeo, view, room, stop } = await openRoomStage(
    'balcony',
    'conference',
    GROUP,
  );
  const nurseAccount = await server.newAccount('nurse');
  const nurse = await connectPeer(server, nurseAccount);
  try {
    const { page } = stage;
    for (const { jid } of [juliet, nurseAccount])
      await admin(romeo, room, `<item affiliation='member' jid='${jid}'/>`);
    await peerJoins(nurse, room, 'Nurse');
    const account = await accountOf(page);
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Balcony' })
      .click();
    const field = composer(page, 'Balcony');
    const said = (body: string) => log(page).getByRole('article').filter({ hasText: body });
    const say = async (body: string): Promise<string> => {
      await field.fill(body);
      await field.press('Enter');
      const xml = await romeo.waitForRaw((one) => one.includes(`<body>${body}</body>`));
      return /<stanza-id[^>]* id=["']([^"']+)["']/.exec(xml)?.[1] ?? 'none';
    };
    const first = await say('Ay me');
    const second = await say('O Romeo, Romeo! wherefore art thou Romeo?');
    await read(romeo, room, first);
    await soon(() => said('Ay me').textContent()).toContain(en('conversation.read-by', { count: 1 }));
    for (const peer of [romeo, nurse]) await read(peer, room, second);
    const words = en('conversation.read-by', { count: 2 });
    await soon(() => said('O Romeo').textContent()).toContain(words);
    // It says all that the one above it said.
    expect(await said('Ay me').textContent()).not.toContain(en('common.delivery-read'));
    const mark = said('O Romeo').getByRole('button', { name: words });
    await mark.hover();
    const tip = page.getByRole('tooltip');
    await soon(() => tip.textContent()).toContain('Nurse and Romeo');
    await mark.click();
    const list = page.getByRole('dialog', { name: words });
    expect(await list.getByRole('listitem').allTextContents()).toEqual(['Nurse', 'Romeo']);
    await view.look('read-by-names');
    await page.keyboard.press('Escape');
    await view.lookAround('read-by');
    await view.narrowly(() => view.look('read-by-narrow'));
  } finally {
    await nurse.disconnect();
    await stop();
  }
});
