import type { Locator } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { peerShares, peerUploads } from '../core/files-support';
import { admin, configure, peerJoins, peerSays } from '../core/rooms-support';
import { PASSWORD } from '../e2e/office';
import { accountOf, ask, composer, en, log, sidebar, soon } from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { freePorts } from '../servers/free-ports';
import { startCrowdedRoom, type CrowdedRoom } from '../support/crowded-room';
import { hallPlan } from './drawings';
import { handsOf } from './hands';
import { openOffice, type Office } from './seeded';

const MUC = 'http://jabber.org/protocol/muc';

/** Inside a room, at its door, and out of it again. */
let office: Office;
let maya: Peer;
let ingrid: Peer;
let hall: CrowdedRoom;
let port = 0;
const hands = handsOf(() => office);
const { page, dialog, press, escape, stay, scene, knock, openRoom, roomRow, item, button, message } = hands;
const room = (name: string): string => `${name}@conference.${office.server.domain}`;
const person = (nick: string): Locator =>
  page()
    .getByRole('listbox', { name: en('room.people') })
    .getByRole('option', { name: nick });
const made = async (
  name: string,
  title: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> => {
  await peerJoins(maya, room(name), 'Maya');
  await configure(maya, room(name), {
    'muc#roomconfig_roomname': title,
    'muc#roomconfig_persistentroom': '1',
    ...more,
  });
  return room(name);
};
/** The list of people is below what is known of the room. */
const toPeople = (): Promise<unknown> =>
  page()
    .locator('.people')
    .evaluate((section) => section.scrollIntoView({ block: 'start' }));
const people = async (name = 'Line 3'): Promise<void> => {
  await openRoom(name);
  await hands.details();
  await toPeople();
};
const fromRoomMenu = async (words: Parameters<typeof en>[0], name = 'Line 3'): Promise<void> => {
  await roomRow(name).click({ button: 'right' });
  await item(words);
  await dialog().waitFor();
};
const out = (words: Parameters<typeof en>[0]): Promise<void> =>
  page()
    .getByRole('form', { name: en(words) })
    .waitFor();

beforeAll(async () => {
  ({ component: port } = await freePorts(['component']));
  office = await openOffice({ componentPort: port });
  const peer = (name: string): Promise<Peer> =>
    connectPeer(office.server, { jid: office.jid(name), password: PASSWORD });
  [maya, ingrid] = await Promise.all([peer('maya'), peer('ingrid')]);
  const line = await made('line-3', 'Line 3', {
    'muc#roomconfig_roomdesc': 'Everything about the labels and the scanners of line 3',
  });
  await admin(maya, line, `<item jid='${office.jid('nora')}' affiliation='owner'/>`);
  await peerJoins(ingrid, line, 'Ingrid Solheim').catch(() => undefined);
  await maya.sendRaw(
    `<message type='groupchat' to='${line}'><subject>Scanners move to hall B on Thursday</subject></message>`,
  );
  await hands.join(line);
  await hands.foldContacts();
  await roomRow('Line 3').waitFor();
});
afterAll(async () => {
  await Promise.allSettled([maya.disconnect(), ingrid.disconnect()]);
  await office.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

describe('the gallery: in a room', () => {
  it('what is said, and who is there', () =>
    office.hang({
      name: '80-room',
      each: toPeople,
      open: async () => {
        const line = room('line-3');
        await openRoom('Line 3');
        await peerSays(ingrid, line, 'The first pallet is at the dock. Who has the new labels?', 'labels');
        await message('first pallet').waitFor();
        await peerSays(maya, line, 'Nora has them, A6 and the wide roll.');
        await composer(page(), 'Line 3').fill('Five minutes, I am on my way with both');
        await press('Enter');
        const xml = await maya.waitForRaw((raw) => raw.includes('Five minutes') && raw.includes('stanza-id'));
        const [, id = ''] = /<stanza-id[^>]*\bid=["']([^"']+)/.exec(xml) ?? [];
        await ingrid.sendRaw(
          `<message type='groupchat' id='r-1' to='${line}'><reactions xmlns='urn:xmpp:reactions:0' id='${id}'><reaction>👍</reaction></reactions><store xmlns='urn:xmpp:hints'/></message>`,
        );
        await peerSays(ingrid, line, 'New places for the scanners in hall B:');
        const plan = { name: 'hall-b-scanners.png', type: 'image/png', bytes: hallPlan };
        const url = await peerUploads(ingrid, `upload.${office.server.domain}`, plan);
        await peerShares(ingrid, line, url, 'groupchat');
        await log(page())
          .getByRole('button', { name: en('files.enlarge', { name: 'hall-b-scanners.png' }) })
          .waitFor();
        await peerSays(maya, line, 'Nora: take the lift at gate 4, the other one is stuck');
        await message('gate 4').waitFor();
        await people();
        await person('Ingrid Solheim').waitFor();
      },
      close: hands.closeDetails,
    }));
  it('the menu of somebody in it', () =>
    scene(
      '81-room-person',
      async () => {
        await people();
        await person('Ingrid Solheim').click({ button: 'right' });
        await page().getByRole('menu').waitFor();
      },
      async () => {
        // In a window that turns narrow the menu is closed already.
        if (await page().getByRole('menu').isVisible()) await escape();
        await hands.closeDetails();
      },
    ));
  it('whom to name', () =>
    scene(
      '82-room-mention',
      async () => {
        await openRoom('Line 3');
        await composer(page(), 'Line 3').focus();
        await page().keyboard.type('Ask @');
        await page()
          .getByRole('listbox', { name: en('room.mention') })
          .getByRole('option')
          .first()
          .waitFor();
      },
      async () => {
        await escape();
        await composer(page(), 'Line 3').fill('');
      },
    ));
  it('with somebody in it alone', () =>
    scene(
      '83-room-private',
      async () => {
        await ingrid.sendRaw(
          `<message type='chat' id='alone' to='${room('line-3')}/Nora'><body>Between us: the wide roll is nearly empty</body><x xmlns='${MUC}#user'/></message>`,
        );
        await hands.openPeer(en('room.private-name', { nick: 'Ingrid Solheim', room: 'Line 3' }));
        await message('Between us').waitFor();
      },
      () => openRoom('Line 3'),
    ));
  it('all of its settings', () =>
    scene('84-room-settings', async () => {
      await fromRoomMenu('form.open');
      await dialog().locator('form').waitFor();
    }));
  it('members and bans', () =>
    scene('85-room-lists', async () => {
      await fromRoomMenu('moderation.lists');
      await dialog()
        .getByRole('radio', { name: en('moderation.list-owner') })
        .click();
      await dialog().getByRole('listitem').first().waitFor();
    }));
  it('others are asked in', () => scene('86-room-invite', () => fromRoomMenu('room.invite-more')));
  it('what it is about', () => scene('87-room-describe', () => fromRoomMenu('room.describe')));
  it('closed for good', () => scene('88-room-destroy', () => fromRoomMenu('room.destroy')));
  it('somebody is removed', () =>
    scene(
      '89-room-kick',
      async () => {
        await people();
        await person('Ingrid Solheim').click({ button: 'right' });
        await item('moderation.kick');
        await dialog().waitFor();
      },
      async () => {
        await escape();
        await hands.closeDetails();
      },
    ));
  it('many, with their hats', () =>
    office.hang({
      name: '90-room-crowd',
      each: toPeople,
      open: async () => {
        hall = await startCrowdedRoom(office.server, port, 120);
        await hands.join(hall.jid);
        await people(hall.name);
        await page()
          .getByRole('listbox', { name: en('room.people') })
          .getByText('Host')
          .first()
          .waitFor();
      },
      close: async () => {
        await hands.closeDetails();
        await ask(page(), 'room.leave', { account: await accountOf(page()), peer: hall.jid });
        await hall.stop();
      },
    }));
});

describe('the gallery: at the door of a room', () => {
  it('it wants a password', () =>
    scene(
      '91-room-password',
      async () => {
        await made('board', 'Board', {
          'muc#roomconfig_passwordprotectedroom': '1',
          'muc#roomconfig_roomsecret': 'birch',
        });
        await knock('board');
        await dialog().getByLabel(en('room.join-password'), { exact: true }).waitFor();
      },
      stay,
    ));
  it('another one', () =>
    scene('92-room-password-wrong', async () => {
      await dialog().getByLabel(en('room.join-password'), { exact: true }).fill('beech');
      await press('Enter');
      await dialog().getByText(en('room.refused-password-wrong')).waitFor();
    }));
  it('somebody has the name', () =>
    scene('93-room-nick', async () => {
      await made('canteen', 'Canteen');
      await knock('canteen', 'Maya');
      await dialog()
        .getByText(en('room.refused-nick-taken-title', { nick: 'Maya' }))
        .waitFor();
    }));
  it('it is for members', () =>
    scene('94-room-members', async () => {
      await made('audit', 'Audit', { 'muc#roomconfig_membersonly': '1' });
      await knock('audit');
      await dialog().getByText(en('room.refused-members-only-title')).waitFor();
    }));
  it('it does not want us', () =>
    scene('95-room-banned', async () => {
      const night = await made('night', 'Night shift');
      await admin(maya, night, `<item jid='${office.jid('nora')}' affiliation='outcast'/>`);
      await knock('night');
      await dialog().getByText(en('room.refused-banned-title')).waitFor();
    }));
  it('there is none', () =>
    scene('97-room-missing', async () => {
      await knock('cellar');
      await dialog()
        .getByText(en('room.refused-missing-title', { room: room('cellar') }))
        .waitFor();
    }));
  it('one may only read', () =>
    scene(
      '98-room-read-only',
      async () => {
        const news = await made('news', 'News', { 'muc#roomconfig_moderatedroom': '1' });
        await hands.join(news);
        await openRoom('News');
        await peerSays(maya, news, 'Badge printers are down from 18:00. Finish what you print before that.');
        await page()
          .getByRole('region', { name: en('moderation.read-only') })
          .waitFor();
      },
      stay,
    ));
  it('somebody asks to speak', () =>
    scene(
      '99-room-asks',
      async () => {
        const line = room('line-3');
        await openRoom('Line 3');
        await admin(maya, line, `<item nick='Ingrid Solheim' role='visitor'/>`);
        await ingrid.sendRaw(
          `<message to='${line}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>${MUC}#request</value></field><field var='muc#role' type='list-single'><value>participant</value></field></x></message>`,
        );
        await page()
          .getByText(en('moderation.asks', { nick: 'Ingrid Solheim' }))
          .waitFor();
      },
      () =>
        page()
          .getByRole('button', { name: en('moderation.let-label', { nick: 'Ingrid Solheim' }) })
          .click(),
    ));
});

describe('the gallery: out of a room', () => {
  it('removed', () =>
    scene(
      '9a-room-kicked',
      async () => {
        await hands.join(room('canteen'));
        await openRoom('Canteen');
        await peerSays(maya, room('canteen'), 'Thursday is pancakes');
        await message('pancakes').waitFor();
        await admin(
          maya,
          room('canteen'),
          `<item nick='Nora' role='none'><reason>Lunch is over</reason></item>`,
        );
        await out('room.out-kicked-title');
      },
      async () => {
        await button('room.join-again');
        await composer(page(), 'Canteen').waitFor();
      },
    ));
  it('banned', () =>
    scene(
      '9b-room-banned-out',
      async () => {
        await admin(
          maya,
          room('canteen'),
          `<item jid='${office.jid('nora')}' affiliation='outcast'><reason>No forks in the scanner room</reason></item>`,
        );
        await out('room.out-banned-title');
      },
      stay,
    ));
  it('closed', () =>
    scene(
      '9c-room-destroyed',
      async () => {
        const news = room('news');
        await openRoom('News');
        await maya.sendRaw(
          `<iq type='set' id='end' to='${news}'><query xmlns='${MUC}#owner'><destroy jid='${room('line-3')}'><reason>News are in Line 3 from now on</reason></destroy></query></iq>`,
        );
        await out('room.out-destroyed-title');
        await soon(() => log(page()).innerText()).toContain(en('room.event-destroyed-you'));
      },
      stay,
    ));
});
