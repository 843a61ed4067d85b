import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/support/paths';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import type { Message } from '../../src-shared/model/conversation';
import type { Peer } from '../peers/peer';
import { sharedServers } from '../servers/shared';
import { fileOnDisk } from './files-support';
import { knowingNoReactions } from './old-apps';
import { peerSays, verona } from './rooms-support';
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
    /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| (tests\/[^|]+) \|$/gmu,
  ),
].map(([, sent = '', reads = '', along = '', where = '', proof = '']) => ({
  line: { sent, reads, along } satisfies Line,
  where,
  proof,
}));
const isOn = (where: string, kind: ServerKind): boolean =>
  where === 'all' || where.toLowerCase().split(', ').includes(kind);

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
const bodyOf = (xml: string): string =>
  (/<body[^>]*>([^<]*)<\/body>/u.exec(xml)?.[1] ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
const lineOf = (sent: string, xml: string): Line => {
  const body = bodyOf(xml)
    .replaceAll(/https?:\/\/(?:localhost|127\.0\.0\.1)\S+/gu, 'https://…/label.txt')
    .replaceAll('\n', ' ⏎ ');
  const along = MEANINGS.filter((one) => xml.includes(one));
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
  it('is what docs/interop.md says', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    const lines: Line[] = [];
    /** @param mark what only this one has in it */
    const read = async (sent: string, mark: string, by: Peer = romeo): Promise<void> => {
      const xml = await by.waitForRaw((one) => one.startsWith('<message') && one.includes(mark));
      lines.push(lineOf(sent, xml));
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
    // The client of the tests on Openfire says what it can do, see below.
    if (kind !== 'openfire') {
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
    if (CAPABILITIES[kind].upload) {
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
    }
    await juliet.ask('room.invite', { account, peer: room, people: [peer], reason: 'Come' });
    await read('an invitation', 'jabber:x:conference');

    const app = await knowingNoReactions(pair);
    await app.sendMessage(julietAccount.jid, 'Shall I come?', { id: 'another-question' });
    const again = await juliet.until(
      async () =>
        (await messagesWith(pair)).find(({ id, body }) => body === 'Shall I come?' && id !== question.id),
      'the question once more',
    );
    await juliet.ask('message.react', { account, id: again.id, emoji: '👍' });
    await read('a reaction to somebody whose apps know none', 'urn:xmpp:reactions:0', app);

    const written = table.filter(({ where }) => isOn(where, kind)).map(({ line }) => line);
    expect(lines).toEqual(written);
  });
});
