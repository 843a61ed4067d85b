import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { configure, peerJoins } from '../core/rooms-support';
import { peerShares, peerUploads } from '../core/files-support';
import { filmOf } from '../e2e/files/film';
import { composer, en, log, PATIENCE_MS, sidebar, soon, type Stage } from '../e2e/support';
import { PASSWORD } from '../e2e/office';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { pngOf } from '../support/pictures';
import { gallery, type Scene } from './hang';
import { openOffice, type Office } from './seeded';

/** Rooms, files, what is thought of a message, and a chat in a window of its own. */
let office: Office;
let maya: Peer;
const room = (name: string): string => `${name}@conference.${office.server.domain}`;
const page = (): Page => office.stage.page;
const escape = (): Promise<void> => page().keyboard.press('Escape');
const stay = (): Promise<void> => Promise.resolve();
const dialog = (): Locator => page().getByRole('dialog');
const scene = (name: string, open: () => Promise<unknown>, close: Scene['close'] = stay): Promise<void> =>
  office.hang({ name, open, close });
/** By the list of chats: the tree may have it out of sight. */
const openPeer = async (name: string): Promise<void> => {
  await sidebar(page())
    .getByRole('listbox', { name: en('roster.chats') })
    .getByRole('option', { name })
    .first()
    .click();
  await composer(page(), name).waitFor();
};
const fromRooms = async (item: Parameters<typeof en>[0]): Promise<void> => {
  await sidebar(page())
    .getByRole('button', { name: en('room.more') })
    .click();
  await page()
    .getByRole('menuitem', { name: en(item) })
    .click();
  await dialog().waitFor();
};
const message = (text: string): Locator => log(page()).locator('article').filter({ hasText: text }).last();

const shares = async (file: Parameters<typeof peerUploads>[2]): Promise<void> =>
  peerShares(maya, office.jid('nora'), await peerUploads(maya, `upload.${office.server.domain}`, file));

beforeAll(async () => {
  office = await openOffice();
  maya = await connectPeer(office.server, { jid: office.jid('maya'), password: PASSWORD });
  for (const [name, title, about, more] of [
    ['line-3', 'Line 3', 'Everything about the labels and the scanners of line 3', {}],
    ['canteen', 'Canteen', 'What there is today', {}],
    ['suzhou', '苏州 Suzhou', '产线与仓库', { 'muc#roomconfig_membersonly': '1' }],
    [
      'board',
      'Board',
      '',
      { 'muc#roomconfig_passwordprotectedroom': '1', 'muc#roomconfig_roomsecret': 'birch' },
    ],
  ] as const) {
    await peerJoins(maya, room(name), 'Maya');
    await configure(maya, room(name), {
      'muc#roomconfig_roomname': title,
      'muc#roomconfig_roomdesc': about,
      'muc#roomconfig_publicroom': '1',
      'muc#roomconfig_persistentroom': '1',
      ...more,
    });
  }
});
afterAll(async () => {
  await maya.disconnect();
  await office.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

describe('the gallery: rooms', () => {
  it('those that can be found', () =>
    scene(
      '43-room-browse',
      async () => {
        await fromRooms('browse.open');
        await dialog().getByRole('option').first().waitFor();
      },
      escape,
    ));
  it('a new one', () => scene('46-room-make', () => fromRooms('room.create-channel'), escape));
  it('invitations', () =>
    scene('47-invitations', async () => {
      await maya.sendRaw(
        `<message to='${office.jid('nora')}'><x xmlns='jabber:x:conference' jid='${room('canteen')}' reason='It is Thursday: pancakes'/></message>`,
      );
      await sidebar(page())
        .getByRole('listitem')
        .filter({ hasText: room('canteen') })
        .waitFor();
    }));
});

describe('the gallery: in a chat', () => {
  it('spoilers, covered and open', () =>
    scene('24-spoilers', async () => {
      await maya.sendMessage(office.jid('nora'), 'Have you read to the end?');
      await openPeer('Maya Okafor');
      for (const [id, hint, text] of [
        ['s-1', 'How it ends', 'They both die.'],
        ['s-2', '', 'It was the friar, all along.'],
      ] as const)
        await maya.sendRaw(
          `<message type='chat' id='${id}' to='${office.jid('nora')}'><body>${text}</body><spoiler xmlns='urn:xmpp:spoiler:0'>${hint}</spoiler></message>`,
        );
      const veils = log(page()).locator('.veil');
      await veils.nth(1).waitFor();
      await veils.nth(1).click();
      await message('all along').waitFor();
    }));
  it('pinned messages', () =>
    scene('25-pins', async () => {
      await message('to the end').click({ button: 'right' });
      await page()
        .getByRole('menuitem', { name: en('conversation.pin') })
        .click();
      await page()
        .getByRole('region', { name: en('conversation.pins') })
        .waitFor();
    }));
  it('what is thought of a message', () =>
    scene('26-reactions', async () => {
      await maya.sendMessage(office.jid('nora'), '48 of 48 scanned', { id: 'scanned' });
      await openPeer('Maya Okafor');
      await message('48 of 48').waitFor();
      await composer(page(), 'Maya Okafor').fill('Then we are done before lunch');
      await page().keyboard.press('Enter');
      const { id } = await maya.waitForMessage(({ body }) => body?.startsWith('Then we') === true);
      await maya.sendRaw(
        `<message type='chat' id='r-1' to='${office.jid('nora')}'><reactions xmlns='urn:xmpp:reactions:0' id='${id ?? ''}'><reaction>🎉</reaction><reaction>👍</reaction></reactions><store xmlns='urn:xmpp:hints'/></message>`,
      );
      await message('done before lunch').getByText('🎉').waitFor();
      await maya.sendRaw(
        `<message type='chat' id='b-1' to='${office.jid('nora')}'><body>Buzz!</body><attention xmlns='urn:xmpp:attention:0'/></message>`,
      );
      await log(page())
        .getByText(en('conversation.buzz-in', { name: 'Maya Okafor' }))
        .waitFor();
    }));
  it('several that are chosen', () =>
    scene(
      '27-selection',
      async () => {
        await message('48 of 48').click({ button: 'right' });
        await page()
          .getByRole('menuitem', { name: en('selection.select') })
          .click();
        await message('done before lunch').click();
      },
      async () => {
        await page()
          .getByRole('button', { name: en('selection.stop') })
          .click();
        await composer(page(), 'Maya Okafor').waitFor();
      },
    ));
  it('files that came, and files on their way', () =>
    scene('28-files', async () => {
      for (const [name, type, bytes] of [
        ['pallet.png', 'image/png', pngOf(320, [30, 110, 70])],
        ['Test sheet of line 3, both rolls.pdf', 'application/pdf', Buffer.alloc(90_000)],
      ] as const)
        await shares({ name, type, bytes });
      await log(page())
        .getByRole('button', { name: en('files.enlarge', { name: 'pallet.png' }) })
        .waitFor();
      // More than the server takes.
      const film = join(office.stage.desktop.dir, 'Hall B, all cameras.mp4');
      writeFileSync(film, Buffer.alloc(24_000_000));
      await page().locator('input[type=file]').setInputFiles(film);
      await page()
        .getByRole('list', { name: en('files.tray') })
        .getByRole('alert')
        .waitFor();
    }));
  it('a picture by itself', () =>
    scene(
      '29-picture',
      async () => {
        await log(page())
          .getByRole('button', { name: en('files.enlarge', { name: 'pallet.png' }) })
          .click();
        await dialog().waitFor();
      },
      escape,
    ));
  it('a film', () =>
    scene('29b-film', async () => {
      await shares({ name: 'walk.webm', type: 'video/webm', bytes: await filmOf(page()) });
      await log(page()).locator('video').waitFor();
    }));
  it('a day to go to', () =>
    scene(
      '77-day',
      async () => {
        await log(page()).locator('.line.day .date').last().click();
        await dialog().waitFor();
      },
      escape,
    ));
  it('who somebody is', () =>
    scene(
      '76-person-card',
      async () => {
        const tree = sidebar(page()).getByRole('tree');
        await tree.focus();
        // From the group to the first person in it, whose row is drawn a moment after it has been gone to.
        for (const key of ['Home', 'ArrowDown']) await page().keyboard.press(key);
        await tree.locator('[data-person]').first().waitFor();
        await page().keyboard.press('Alt+Enter');
        await dialog().waitFor();
      },
      escape,
    ));
});

describe('the gallery: more', () => {
  const go = async (name: Parameters<typeof en>[0]): Promise<void> => {
    await page().keyboard.press('Control+,');
    await page()
      .getByRole('navigation')
      .getByRole('button', { name: en(name), exact: true })
      .click();
  };
  it('languages of spelling', () =>
    scene(
      '75-spelling',
      async () => {
        // No dictionary is fetched from outside.
        await office.stage.flint.app.evaluate(({ session }) => {
          session.defaultSession.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/');
        });
        await go('settings.chat');
        await page()
          .getByRole('switch', { name: en('settings.spelling') })
          .click();
        await page()
          .getByRole('button', { name: en('settings.spell-languages') })
          .click();
        await dialog().getByRole('checkbox').first().waitFor();
      },
      async () => {
        await escape();
        await page()
          .getByRole('switch', { name: en('settings.spelling') })
          .click();
        await escape();
        await sidebar(page()).waitFor();
      },
    ));
  it('a picture that is cut', () =>
    scene(
      '74-crop',
      async () => {
        await go('settings.profile');
        await page()
          .locator('input[type=file]')
          .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: pngOf(640, [150, 80, 40]) });
        await page()
          .getByRole('dialog', { name: en('profile.crop') })
          .waitFor();
      },
      async () => {
        await escape();
        await dialog().waitFor({ state: 'detached' });
        await escape();
        await sidebar(page()).waitFor();
      },
    ));
  it('a chat in its own window', async () => {
    const { flint, desktop } = office.stage;
    await openPeer('Ingrid Solheim');
    const [window] = await Promise.all([
      flint.app.waitForEvent('window', { timeout: PATIENCE_MS }),
      page().keyboard.press('Control+Shift+O'),
    ]);
    window.setDefaultTimeout(PATIENCE_MS);
    await composer(window, 'Ingrid Solheim').waitFor();
    await scene('78-own-window-main', stay);
    const own = gallery({ flint, desktop, page: window } as unknown as Stage);
    await own.hang({ name: '79-own-window', open: stay });
    await window.keyboard.press('Control+W').catch(() => undefined);
    await soon(() => flint.app.windows().length).toBe(1);
  });
});
