import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { configure, peerJoins } from '../core/rooms-support';
import { composer, en, log, settings, sidebar } from '../e2e/support';
import { PASSWORD } from '../e2e/office';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { handsOf } from './hands';
import { openOffice, type Office } from './seeded';

/** What is done with messages, chats and rooms: what stands on the screen while one is at it. */
let office: Office;
let maya: Peer;
const hands = handsOf(() => office);
const { page, dialog, press, escape, scene, openPeer, message, item, button } = hands;

beforeAll(async () => {
  office = await openOffice();
  await settings(page(), { linkPreviews: 'off' });
  maya = await connectPeer(office.server, { jid: office.jid('maya'), password: PASSWORD });
  await maya.sendMessage(office.jid('nora'), 'Who takes the late shift on Thursday?', { id: 'late-shift' });
  await maya.sendMessage(office.jid('nora'), 'Two pallets are still at the dock.', { id: 'two-pallets' });
  await openPeer('Maya Okafor');
  await message('Two pallets').waitFor();
  await write('I do, until ten');
});
afterAll(async () => {
  await maya.disconnect();
  await office.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
  await openPeer('Maya Okafor');
});

const field = () => composer(page(), 'Maya Okafor');
const write = async (words: string): Promise<void> => {
  await field().fill(words);
  await press('Enter');
  await message(words).locator('.state').waitFor();
};
const ofMessage = async (text: string, words: Parameters<typeof item>[0]): Promise<void> => {
  await message(text).click({ button: 'right' });
  await item(words);
};
const choose = async (): Promise<void> => {
  await ofMessage('late shift', 'selection.select');
  await message('Two pallets').click();
};
const leaveSelection = async (): Promise<void> => {
  await dialog().waitFor({ state: 'detached' });
  await button('selection.stop');
};

describe('the gallery: at a message', () => {
  it('an answer is written', () =>
    scene(
      'c0-reply',
      async () => {
        await ofMessage('late shift', 'conversation.reply');
        await field().fill('Tomás and I, from two to ten');
      },
      async () => {
        await press('Enter');
        await message('from two to ten').locator('.state').waitFor();
      },
    ));
  it('an answer, and what it answers', () => scene('c1-answered', hands.stay, hands.stay));
  it('one of one’s own is changed', () =>
    scene('c2-editing', async () => {
      await ofMessage('until ten', 'conversation.edit');
      await page().getByText(en('conversation.editing')).waitFor();
    }));
  it('it is taken back', () =>
    scene('c3-retract', async () => {
      await ofMessage('until ten', 'conversation.retract');
      await dialog().waitFor();
    }));
  it('what one thinks of it', () =>
    scene('c4-react', async () => {
      await ofMessage('late shift', 'conversation.react');
      await page()
        .getByRole('dialog', { name: en('conversation.react') })
        .waitFor();
    }));
  it('words that are covered', () =>
    scene(
      'c5-spoiler',
      async () => {
        await button('conversation.styling');
        await button('conversation.spoiler-write');
        await field().fill('The late shift ends at nine');
      },
      async () => {
        await button('conversation.spoiler-stop');
        await button('conversation.styling');
        await field().fill('');
      },
    ));
  it('several go on to others', () =>
    scene(
      'c6-forward',
      async () => {
        await choose();
        await button('selection.forward');
        await dialog().waitFor();
      },
      async () => {
        await escape();
        await leaveSelection();
      },
    ));
  it('several are deleted', () =>
    scene(
      'c7-delete',
      async () => {
        await choose();
        await button('selection.delete');
        await dialog().waitFor();
      },
      async () => {
        await escape();
        await leaveSelection();
      },
    ));
  it('a link to somebody', () =>
    scene('c8-link', async () => {
      const link = `xmpp:${office.jid('theo')}?message;body=Good%20morning`;
      await maya.sendMessage(office.jid('nora'), link);
      await log(page()).getByRole('link', { name: link }).click();
      await dialog().waitFor();
    }));
});

describe('the gallery: at a chat', () => {
  it('its bell', () =>
    scene('c9-bell', async () => {
      await page()
        .getByRole('main')
        .getByRole('button', { name: en('chats.rule'), exact: true })
        .click();
      await page().getByRole('menu').waitFor();
    }));
  it('its menu', () =>
    scene('ca-menu-chat', async () => {
      await page()
        .getByRole('button', { name: en('conversation.menu') })
        .click();
      await page().getByRole('menu').waitFor();
    }));
  it('what came while one read further up', () =>
    scene(
      'cb-new',
      async () => {
        for (let line = 1; line <= 40; line += 1) {
          await maya.sendMessage(office.jid('nora'), `Pallet ${String(line)} of 40 is on the lorry.`);
        }
        await message('Pallet 40 of 40').waitFor();
        await log(page()).hover();
        await page().mouse.wheel(0, -900);
        await page()
          .getByRole('button', { name: en('conversation.jump') })
          .waitFor();
        await maya.sendMessage(office.jid('nora'), 'That was the last one.');
        await page()
          .getByRole('button', { name: en('conversation.jump-new', { count: 1 }) })
          .waitFor();
      },
      async () => {
        await page()
          .getByRole('button', { name: en('conversation.jump-new', { count: 1 }) })
          .click();
      },
    ));
  it('what is new since one was there', () =>
    scene(
      'cc-unread',
      async () => {
        await openPeer('Anneke de Vries');
        for (const words of ['Are you back?', 'The printer waits for you.'])
          await maya.sendMessage(office.jid('nora'), words);
        await sidebar(page()).getByText('The printer waits').waitFor();
        await openPeer('Maya Okafor');
        await log(page())
          .getByText(en('conversation.new-messages', { count: 2 }))
          .waitFor();
      },
      hands.stay,
    ));
});

describe('the gallery: a room before one is in', () => {
  const fromRooms = async (words: Parameters<typeof item>[0]): Promise<void> => {
    await sidebar(page())
      .getByRole('button', { name: en('room.more') })
      .click();
    await item(words);
    await dialog().waitFor();
  };
  it('a private group', () => scene('cd-room-group', () => fromRooms('room.create-group')));
  it('one that is set up first', () =>
    scene('cdb-room-set-up', async () => {
      await fromRooms('room.create-group');
      await dialog().getByLabel(en('room.create-name')).fill('The jury');
      await dialog().getByLabel(en('room.set-up')).click();
      await dialog()
        .getByRole('button', { name: en('room.set-up-action') })
        .click();
      await page()
        .getByRole('dialog', { name: en('room.set-up-title', { name: 'The jury' }) })
        .getByRole('textbox')
        .first()
        .waitFor();
    }));
  it('one whose name is known', () => scene('ce-room-join', () => fromRooms('room.join')));
  it('it wants to know who comes', () =>
    scene('cf-room-register', async () => {
      const jid = `chess@clubs.${office.server.domain}`;
      await peerJoins(maya, jid, 'Maya');
      await configure(maya, jid, {
        'muc#roomconfig_roomname': 'Chess',
        'muc#roomconfig_membersonly': '1',
        'muc#roomconfig_persistentroom': '1',
      });
      await fromRooms('room.join');
      await dialog().getByLabel(en('room.join-address'), { exact: true }).fill(jid);
      await dialog()
        .getByRole('button', { name: en('room.join-done') })
        .click();
      await page()
        .getByRole('button', { name: en('registration.ask'), exact: true })
        .click();
      await page()
        .getByRole('dialog', { name: en('registration.ask-title', { name: jid }) })
        .getByRole('textbox')
        .waitFor();
    }));
});
