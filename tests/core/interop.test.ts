import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/support/paths';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import type { Message } from '../../src-shared/model/conversation';
import { clientsOf } from '../peers/clients';
import type { Peer } from '../peers/peer';
import { isSmack } from '../peers/smack/smack-peer';
import { sharedServers } from '../servers/shared';
import { fileOnDisk } from './files-support';
import { knowingNoReactions } from './old-apps';
import { admin, configure, GROUP, peerSays, verona } from './rooms-support';
import { friends, messagesWith } from './support';

/** A line of the table in docs/interop.md: what a client reads that knows nothing of it, and what goes along for those that do. */
interface Line {
  readonly sent: string;
  readonly reads: string;
  readonly along: string;
}
const NOTHING = 'nothing';
const table = [
  ...readFileSync(join(root, 'docs', 'interop.md'), 'utf8').matchAll(
    /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| (tests\/[^|]+) \|$/gmu,
  ),
].map(([, sent = '', reads = '', along = '', on = '', by = '', proof = '']) => ({
  line: { sent, reads, along } satisfies Line,
  on,
  by,
  proof,
}));
const isAmong = (all: string, one: ServerKind | Peer['client']): boolean =>
  all === 'all' || all.toLowerCase().split(', ').includes(one);

/** What says what a message is; the rest (receipts, markers, hints, ids) goes with every one. */
const MEANINGS = [
  'urn:xmpp:reply:0',
  'urn:xmpp:fallback:0',
  'urn:xmpp:message-correct:0',
  'urn:xmpp:message-retract:1',
  'urn:xmpp:reactions:0',
  'urn:xmpp:spoiler:0',
  'urn:xmpp:attention:0',
  'urn:xmpp:reference:0',
  'urn:xmpp:sfs:0',
  'jabber:x:oob',
  'jabber:x:conference',
];
/** Of a marker by itself it is all that it says. */
const DISPLAYED = /<displayed[^>]* xmlns=["'](urn:xmpp:chat-markers:0)["']/u;
/** In the room's words, which differ. */
const MUC_USER = 'http://jabber.org/protocol/muc#user';
/** @param text what the client takes for the body */
const lineOf = (sent: string, xml: string, text: string): Line => {
  const body = text
    .replaceAll(/https?:\/\/(?:localhost|127\.0\.0\.1)\S+/gu, 'https://…/label.txt')
    .replaceAll('\n', ' ⏎ ');
  const along = [...MEANINGS.filter((one) => xml.includes(one)), ...(DISPLAYED.exec(xml)?.slice(1) ?? [])];
  return {
    sent,
    reads: body === '' ? NOTHING : `\`${body}\``,
    along: along.length === 0 ? NOTHING : along.map((one) => `\`${one}\``).join(', '),
  };
};

describe('docs/interop.md', () => {
  it('names specifications that are there', () => {
    for (const { proof } of table) expect(existsSync(join(root, proof)), proof).toBe(true);
  });
});

describe.each(sharedServers())('what clients of others read of ours on %s', (kind) => {
  it.each(clientsOf(kind))('is what docs/interop.md says, with %s', async (client) => {
    const pair = await friends(kind, {}, { client });
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    const lines: Line[] = [];
    /** @param mark what only this one has in it */
    const read = async (sent: string, mark: string, by: Peer = romeo): Promise<void> => {
      const xml = await by.waitForRaw((one) => one.startsWith('<message') && one.includes(mark));
      const id = /^<message[^>]* id=["']([^"']*)/u.exec(xml)?.[1];
      const has = /<body[\s>]/u.test(xml);
      const body = has ? (await by.waitForMessage((one) => one.id === id)).body : '';
      lines.push(lineOf(sent, xml, body ?? ''));
    };
    const say = (body: string, more: { readonly answers?: number; readonly spoiler?: string } = {}) =>
      juliet.ask('message.send', { account, peer, body, ...more });

    await say('It is *here*, in _hall B_');
    await read('styled text', 'hall B_');
    await say('/me waves');
    await read('what one does', '/me waves');
    await say('https://example.org/label');
    await read('a link', 'example.org');
    await romeo.sendMessage(julietAccount.jid, 'Shall I come?', { id: 'the-question' });
    const question = await juliet.until(
      async () => (await messagesWith(pair)).find(({ body }) => body === 'Shall I come?'),
      'the question',
    );
    await say('Yes', { answers: question.id });
    await read('an answer', 'urn:xmpp:reply:0');
    // The others say what they can do, see below.
    if (client === 'slixmpp') {
      await juliet.ask('message.react', { account, id: question.id, emoji: '👍' });
      await read('a reaction', 'urn:xmpp:reactions:0');
    }
    await say('Both die', { spoiler: 'The end' });
    await read('a spoiler', 'urn:xmpp:spoiler:0');
    /** What is not at the server yet is changed where it waits. */
    const said = async (body: string) => {
      const { id } = await say(body);
      await juliet.until(
        async () => (await messagesWith(pair)).find((one) => one.id === id && one.delivery !== 'waiting'),
        `“${body}” at the server`,
      );
      return id;
    };
    const typo = await said('Meet in hal B');
    await juliet.ask('message.rewrite', { account, id: typo, body: 'Meet in hall B' });
    await read('a correction', 'urn:xmpp:message-correct:0');
    const regret = await said('Never mind');
    await juliet.ask('message.retract', { account, id: regret });
    await read('a text taken back', 'urn:xmpp:message-retract:1');
    await juliet.ask('message.buzz', { account, peer });
    await read('a buzz', 'urn:xmpp:attention:0');
    // To Spark a file is no message: tests/core/direct-files.test.ts.
    if (CAPABILITIES[kind].upload && !isSmack(romeo)) {
      await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
      const path = await fileOnDisk(juliet, 'label.txt', 'Line 3');
      await juliet.ask('file.add', { account, peer, paths: [path] });
      await read('a file', 'jabber:x:oob');
    }
    const { join: enter, room } = await verona(kind, pair);
    await enter();
    await juliet.ask('message.send', { account, peer: room, body: '@Romeo, come' });
    await read('a mention in a room', '@Romeo, come');
    /** In the room, once it has said it. */
    const heard = (text: string) =>
      juliet.until(async () => {
        const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
        const fits = (one: Message) => one.body.endsWith(text) && one.delivery !== 'waiting';
        return page.value.messages.find(fits);
      }, `“${text}” in the room`);
    const toAll = async (body: string, answers?: number) => {
      await juliet.ask('message.send', { account, peer: room, body, ...(answers ? { answers } : {}) });
      return heard(body);
    };
    await peerSays(romeo, room, 'Shall we?');
    const asked = await heard('Shall we?');
    await toAll('Yes', asked.id);
    await read(asked.reactable ? 'an answer in a room' : 'an answer in a room without ids', 'Shall we?\nYes');
    const slip = await toAll('We meet in hal B');
    await juliet.ask('message.rewrite', { account, id: slip.id, body: 'We meet in hall B' });
    await read('a correction in a room', 'urn:xmpp:message-correct:0');
    if (asked.reactable) {
      const { id } = await toAll('Never mind all');
      await juliet.ask('message.retract', { account, id });
      await read('a text taken back in a room', 'urn:xmpp:message-retract:1');
      await juliet.ask('message.react', { account, id: asked.id, emoji: '👍' });
      const told = isSmack(romeo)
        ? 'a reaction in a room with an app that knows none'
        : 'a reaction in a room';
      await read(told, 'urn:xmpp:reactions:0');
    }
    await juliet.ask('message.send', { account, peer: room, body: 'All die', spoiler: 'The end' });
    await read('a spoiler in a room', 'urn:xmpp:spoiler:0');
    await juliet.ask('message.send', { account, peer: `${room}/Romeo`, body: 'To thee alone' });
    await read('a text to one in a room', 'To thee alone');
    const invite = () => juliet.ask('room.invite', { account, peer: room, people: [peer], reason: 'Come' });
    if (isSmack(romeo)) {
      await knowingNoReactions(pair);
      if (kind === 'ejabberd') {
        await invite();
        await read('an invitation to Spark that the room does not pass on', 'jabber:x:conference');
        await juliet.until(async () => {
          const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
          return page.value.messages.find(({ subject }) => subject === 'invite-failed');
        }, 'that nobody sees it is said');
        await admin(romeo, room, `<item jid='${julietAccount.jid}' affiliation='admin'/>`);
      }
      await invite();
      const reads = `\`${await romeo.waitForRoom(room, 'invited')}\``;
      lines.push({ sent: 'an invitation to Spark', reads, along: `\`${MUC_USER}\`` });
    } else {
      await invite();
      await read('an invitation', 'jabber:x:conference');
    }

    const markable = "<markable xmlns='urn:xmpp:chat-markers:0'/>";
    await romeo.sendRaw(
      `<message type='chat' id='seen' to='${julietAccount.jid}'><body>Seen?</body>${markable}</message>`,
    );
    await juliet.until(async () => (await messagesWith(pair)).find(({ body }) => body === 'Seen?'), 'it');
    await juliet.ask('chat.read', { account, peer });
    await read('that it was read', 'seen');
    // Openfire's rooms give no ids that could be named.
    if (asked.reactable) {
      const { join: enterGroup, room: group } = await verona(kind, pair);
      await configure(romeo, group, GROUP);
      await admin(romeo, group, `<item affiliation='member' jid='${julietAccount.jid}'/>`);
      await enterGroup();
      await peerSays(romeo, group, 'Seen by all?');
      const theirs = await romeo.waitForRaw((xml) => xml.includes('Seen by all?'));
      await juliet.until(async () => {
        const chats = (await juliet.ask('chats.list', { account })).value;
        return chats.find((chat) => chat.peer === group && chat.unread === 1);
      }, 'what was said in the group');
      await juliet.ask('chat.read', { account, peer: group });
      const id = /<stanza-id[^>]* id=["']([^"']+)["']/u.exec(theirs)?.[1] ?? 'none';
      await read('that it was read in a group', id);
    }

    const app = await knowingNoReactions(pair);
    await app.sendMessage(julietAccount.jid, 'Shall I come?', { id: 'another-question' });
    const again = await juliet.until(
      async () =>
        (await messagesWith(pair)).find(({ id, body }) => body === 'Shall I come?' && id !== question.id),
      'the question once more',
    );
    await juliet.ask('message.react', { account, id: again.id, emoji: '👍' });
    await read('a reaction to somebody whose apps know none', 'urn:xmpp:reactions:0', app);

    if (isSmack(romeo)) {
      const hall = `hall-${room}`;
      const theirs = { account, peer: hall };
      await juliet.ask('room.join', { ...theirs, nick: 'Juliet', password: null, create: true });
      // It lets nobody in before it is made.
      await juliet.until(
        () =>
          romeo.inRoom('join', hall, 'Romeo').then(
            () => true,
            () => null,
          ),
        'a room that is made',
      );
      await juliet.until(
        async () =>
          (await juliet.core.call('room.subject', { ...theirs, subject: 'The feast' })).ok ? true : null,
        'what the room is about',
      );
      let subject = '';
      // It had none when he came.
      while (subject === '') subject = await romeo.waitForRoom(hall, 'subject');
      lines.push({ sent: 'the subject of a room', reads: `\`${subject}\``, along: NOTHING });
      await juliet.ask('room.setRole', { ...theirs, nick: 'Romeo', role: 'none', reason: 'Go' });
      const reads = `\`${await romeo.waitForRoom(hall, 'kicked')}\``;
      lines.push({ sent: 'that one has to leave a room', reads, along: `\`${MUC_USER}\`` });
    }

    const written = table
      .filter(({ on, by }) => isAmong(on, kind) && isAmong(by, client))
      .map(({ line }) => line);
    expect(lines).toEqual(written);
  });
});
