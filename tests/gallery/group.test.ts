import type { Locator } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { admin, configure, peerJoins, peerSays } from '../core/rooms-support';
import { PASSWORD } from '../e2e/office';
import { composer, en, log, sidebar, soon } from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { handsOf } from './hands';
import { openOffice, type Office } from './seeded';

const MUC = 'http://jabber.org/protocol/muc';
const ASKS_VOICE = `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>${MUC}#request</value></field><field var='muc#role' type='list-single'><value>participant</value></field></x>`;

/** A group whose members see who has read what, the way to speak in a room, and a room that is looked for. */
let office: Office;
const others = new Map<string, Peer>();
const hands = handsOf(() => office);
const { page, dialog, press, escape, stay, scene, openRoom, roomRow, item, button, message } = hands;
const room = (name: string): string => `${name}@conference.${office.server.domain}`;
const peer = (name: string): Peer => others.get(name)!;
const reads = (who: string, to: string, id: string): Promise<void> =>
  peer(who).sendRaw(
    `<message type='groupchat' to='${to}'><displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/></message>`,
  );
/** @returns the id that the room gave it */
const says = async (name: string, body: string): Promise<string> => {
  await composer(page(), name).fill(body);
  await press('Enter');
  const xml = await peer('maya').waitForRaw((raw) => raw.includes(body) && raw.includes('stanza-id'));
  return /<stanza-id[^>]*\bid=["']([^"']+)/.exec(xml)?.[1] ?? '';
};
const readBy = (count: number): Locator =>
  log(page()).getByRole('button', { name: en('conversation.read-by', { count }) });
/** What it says beside it stays with the focus: the pointer is elsewhere when the picture is taken. */
const tipOf = async (about: Locator): Promise<void> => {
  await press('Shift');
  await about.focus();
  await page().getByRole('tooltip').waitFor();
};

beforeAll(async () => {
  office = await openOffice();
  for (const [name, nick] of [
    ['maya', 'Maya Okafor'],
    ['ingrid', 'Ingrid Solheim'],
    ['tomas', 'Tomás Herrera'],
    ['zixuan', '王子轩'],
    ['fatima', 'Fatima Zahra Bennani'],
  ] as const) {
    others.set(name, await connectPeer(office.server, { jid: office.jid(name), password: PASSWORD }));
    for (const one of ['jury', 'news', 'canteen'])
      await peerJoins(peer(name), room(one), nick).catch(() => undefined);
    if (name !== 'maya') continue;
    await configure(peer('maya'), room('jury'), {
      'muc#roomconfig_roomname': 'Hall B, the jury',
      'muc#roomconfig_roomdesc': 'Who decides where the scanners of hall B go',
      'muc#roomconfig_membersonly': '1',
      'muc#roomconfig_whois': 'anyone',
      'muc#roomconfig_changesubject': '1',
    });
    for (const member of ['nora', 'ingrid', 'tomas', 'zixuan', 'fatima'])
      await admin(peer('maya'), room('jury'), `<item affiliation='member' jid='${office.jid(member)}'/>`);
    await configure(peer('maya'), room('news'), {
      'muc#roomconfig_roomname': 'News',
      'muc#roomconfig_moderatedroom': '1',
      'muc#roomconfig_publicroom': '1',
    });
    await configure(peer('maya'), room('canteen'), {
      'muc#roomconfig_roomname': 'Canteen',
      'muc#roomconfig_roomdesc': 'What there is today, and who comes along',
      'muc#roomconfig_publicroom': '1',
    });
  }
  for (const one of ['jury', 'news', 'canteen']) await hands.join(room(one));
  await hands.foldContacts();
  await roomRow('News').waitFor();
});
afterAll(async () => {
  await Promise.allSettled([...others.values()].map((one) => one.disconnect()));
  await office.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

describe('the gallery: in a group', () => {
  it('how many have read it', () =>
    scene(
      'e0-group-read-by',
      async () => {
        const jury = room('jury');
        await openRoom('Hall B, the jury');
        await peerSays(
          peer('ingrid'),
          jury,
          'Two at every gate, and the spare one in the office of the dock.',
        );
        await message('Two at every gate').waitFor();
        await peerSays(peer('zixuan'), jury, '同意。苏州那边也是这样。');
        await message('苏州那边').waitFor();
        const id = await says('Hall B, the jury', 'Then it is decided: two at every gate.');
        for (const who of others.keys()) await reads(who, jury, id);
        await readBy(5).waitFor();
      },
      stay,
    ));
  it('who has', () =>
    scene('e1-group-read-by-names', async () => {
      await readBy(5).click();
      await dialog().getByRole('listitem').first().waitFor();
    }));
  it('who thinks so', () =>
    scene(
      'e2-group-reactions',
      async () => {
        const jury = room('jury');
        const id = await says('Hall B, the jury', 'I order the two that are missing.');
        for (const [who, emoji] of [
          ['maya', '👍'],
          ['ingrid', '👍'],
          ['zixuan', '👍'],
          ['fatima', '🎉'],
        ] as const) {
          await peer(who).sendRaw(
            `<message type='groupchat' id='r-${who}' to='${jury}'><reactions xmlns='urn:xmpp:reactions:0' id='${id}'><reaction>${emoji}</reaction></reactions><store xmlns='urn:xmpp:hints'/></message>`,
          );
          // The next one comes by another line, and may be faster.
          await message('two that are missing').locator('.chip', { hasText: emoji }).waitFor();
        }
        const said = message('two that are missing');
        await soon(() => said.locator('.chip').count()).toBe(2);
        await soon(() => said.locator('.chip').first().innerText()).toContain('3');
        await tipOf(said.locator('.chip').first());
      },
      stay,
    ));
  it('what is known of it', () =>
    scene(
      'e3-group-pane',
      async () => {
        await openRoom('Hall B, the jury');
        await hands.details();
      },
      hands.closeDetails,
    ));
  const fromMenu = async (words: Parameters<typeof en>[0]): Promise<void> => {
    await roomRow('Hall B, the jury').click({ button: 'right' });
    await page()
      .getByRole('menuitem', { name: en(words) })
      .click();
    await dialog().waitFor();
  };
  it('what can be done with it', () =>
    scene('e4-menu-room', async () => {
      await roomRow('Hall B, the jury').click({ button: 'right' });
      await page().getByRole('menu').waitFor();
    }));
  it('it has another subject', () => scene('e5-room-subject', () => fromMenu('room.subject-change')));
  it('one leaves it', () => scene('e6-room-leave', () => fromMenu('room.leave')));
});

describe('the gallery: who may speak', () => {
  it('we have asked', () =>
    scene(
      'e7-voice-asked',
      async () => {
        const news = room('news');
        await openRoom('News');
        await peerSays(peer('maya'), news, 'Badge printers are down from 18:00.');
        await message('Badge printers').waitFor();
        await button('moderation.ask-voice');
        await page().getByText(en('moderation.asked-voice')).waitFor();
      },
      stay,
    ));
  it('the room while we have', () =>
    scene(
      'e8-voice-asked-pane',
      async () => {
        await hands.details();
        await page().getByLabel(en('room.find-person')).first().waitFor();
      },
      hands.closeDetails,
    ));
  it('others ask us', () =>
    scene(
      'e9-voice-requests',
      async () => {
        const news = room('news');
        await admin(peer('maya'), news, `<item jid='${office.jid('nora')}' affiliation='admin'/>`);
        await composer(page(), 'News').waitFor();
        for (const who of ['ingrid', 'fatima'])
          await peer(who).sendRaw(`<message to='${news}'>${ASKS_VOICE}</message>`);
        await soon(() =>
          page()
            .getByRole('list', { name: en('moderation.asking') })
            .getByRole('listitem')
            .count(),
        ).toBe(2);
      },
      stay,
    ));
  it('the room while they do', () =>
    scene(
      'ea-voice-requests-pane',
      async () => {
        await hands.details();
        await page().getByLabel(en('room.find-person')).first().waitFor();
      },
      hands.closeDetails,
    ));
});

describe('the gallery: a room that is looked for', () => {
  it('it alone is found', () =>
    office.hang({
      name: 'eb-room-found',
      open: async () => {
        await press('Control+Shift+F');
        await page().keyboard.type('canteen');
        await soon(() => sidebar(page()).getByRole('option').count()).toBe(1);
      },
      // A narrow window shows the chat in its place.
      each: () => press('Control+Shift+F'),
      close: () =>
        sidebar(page())
          .getByRole('button', { name: en('roster.clear-search') })
          .click(),
    }));
  const browse = async (words: string): Promise<void> => {
    await sidebar(page())
      .getByRole('button', { name: en('room.more') })
      .click();
    await item('browse.open');
    await dialog().getByRole('option', { name: 'Canteen' }).waitFor();
    await dialog().getByLabel(en('browse.find')).fill(words);
  };
  it('among those that can be found', () =>
    scene('ed-browse-found', async () => {
      await browse('cant');
      await soon(() => dialog().getByRole('option').count()).toBe(1);
    }));
  it('and there is none like it', () =>
    scene('ee-browse-none', async () => {
      await browse('swimming pool');
      await dialog()
        .getByText(en('browse.found-none', { query: 'swimming pool' }))
        .waitFor();
    }));
  it('whose words are looked for in it', () =>
    scene(
      'ec-search-sender',
      async () => {
        await openRoom('Hall B, the jury');
        await press('Control+F');
        await page().keyboard.type('gate');
        await sidebar(page())
          .getByRole('listbox', { name: en('search.hits') })
          .getByRole('option')
          .first()
          .waitFor();
        await sidebar(page())
          .getByRole('group', { name: en('search.filters') })
          .getByRole('button', { name: en('search.from-anyone') })
          .click();
        await page()
          .getByRole('menuitemradio', { name: en('search.from-nick') })
          .or(page().getByRole('menuitemcheckbox', { name: en('search.from-nick') }))
          .click();
        await dialog().getByRole('option').first().waitFor();
      },
      async () => {
        await escape();
        await sidebar(page())
          .getByRole('button', { name: en('roster.clear-search') })
          .click();
      },
    ));
});
