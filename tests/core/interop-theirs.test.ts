import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/support/paths';
import type { Message } from '../../src-shared/model/conversation';
import { clientsOf } from '../peers/clients';
import type { Peer } from '../peers/peer';
import { isSmack } from '../peers/smack/smack-peer';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { admin, configure, GROUP, peerSays, verona } from './rooms-support';
import { friends, messagesWith, ownPeer } from './support';

/** The second table of docs/interop.md. */
const table = [
  ...readFileSync(join(root, 'docs', 'interop.md'), 'utf8').matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gmu),
]
  .map(([, said = '', shown = '']) => ({ said, shown }))
  .filter(({ said }) => said !== 'others say');

/** A message of theirs: with what Smack has for it (Talk.java), and as XML for those that have nothing. */
interface Said {
  readonly body?: string;
  readonly words?: readonly string[];
  readonly xml?: string;
  readonly type?: 'chat' | 'groupchat' | 'headline';
}
let count = 0;
const say = async (peer: Peer, to: string, { body = '', words = [], xml = '', type = 'chat' }: Said) => {
  if (isSmack(peer)) return peer.say(to, body, 'type', type, ...words);
  const id = `theirs-${String(++count)}`;
  const text = body === '' ? '' : `<body>${body}</body>`;
  await peer.sendRaw(`<message type='${type}' to='${to}' id='${id}'>${text}${xml}</message>`);
  return id;
};
/** What a user sees of a message. */
const look = ({ kind, body, subject, edited, retracted, spoiler, file }: Message): string =>
  [
    ...(kind === 'chat' ? [] : [`a ${kind === 'headline' ? 'notice' : kind}:`]),
    ...(subject === null ? [] : [`\`${subject}\`,`]),
    ...(file
      ? [`the file \`${file.name ?? file.url}\``]
      : [retracted ? 'that it was taken back' : `\`${body}\``]),
    ...(edited ? ['(edited)'] : []),
    ...(spoiler === undefined ? [] : [`(covered, \`${spoiler}\`)`]),
  ].join(' ');

const READ_IN_GROUP = 'that ours was read in a group, where the room gives ids';
const FILE = 'https://files.invalid/label.txt';
const XHTML =
  "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><p><strong>It is here</strong></p></body></html>";
const MARKERS = 'urn:xmpp:chat-markers:0';
const MUC_USER = 'http://jabber.org/protocol/muc#user';

describe.each(sharedServers())('what Flint shows of clients of others on %s', (kind) => {
  it.each(clientsOf(kind))('is what docs/interop.md says, with %s', async (client) => {
    const pair = await friends(kind, {}, { client });
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const to = julietAccount.jid;
    const lines: (typeof table)[number][] = [];
    const shown = async (fits: (message: Message) => boolean, what: string): Promise<string> =>
      look(await juliet.until(async () => (await messagesWith(pair)).find(fits), what));
    const row = async (said: string, fits: (message: Message) => boolean): Promise<void> => {
      lines.push({ said, shown: await shown(fits, said) });
    };
    const has =
      (text: string) =>
      ({ body }: Message): boolean =>
        body === text;

    await say(romeo, to, { body: 'Shall I come?' });
    await row('a text', has('Shall I come?'));
    await say(romeo, to, {
      body: 'Good morrow',
      words: ['thread', 'a-thread', 'events', '', 'chat-state', 'active'],
      xml: "<thread>a-thread</thread><x xmlns='jabber:x:event'><offline/><composing/></x><active xmlns='http://jabber.org/protocol/chatstates'/>",
    });
    await row('a text as Spark sends it', has('Good morrow'));
    await say(romeo, to, { body: '/me waves' });
    await row('what one does', has('/me waves'));
    const slip = await romeo.sendMessage(to, 'Meet in hal B');
    await shown(has('Meet in hal B'), 'the slip');
    await romeo.sendMessage(to, 'Meet in hall B', { replaces: slip });
    await row('a correction', has('Meet in hall B'));
    const regret = await romeo.sendMessage(to, 'Never mind');
    await shown(has('Never mind'), 'what he will take back');
    await say(romeo, to, {
      words: ['retraction', regret],
      xml: `<retract xmlns='urn:xmpp:message-retract:1' id='${regret}'/>`,
    });
    await row('a text taken back', ({ retracted }) => retracted);
    const spoiler = "<spoiler xmlns='urn:xmpp:spoiler:0'>The end</spoiler>";
    await say(romeo, to, { body: 'Both die', words: ['spoiler', 'The end'], xml: spoiler });
    await row('a spoiler', has('Both die'));
    await say(romeo, to, { body: 'It is here', words: ['formatted', 'It is here'], xml: XHTML });
    await row('formatted text', has('It is here'));
    const oob = `<x xmlns='jabber:x:oob'><url>${FILE}</url></x>`;
    await say(romeo, to, { body: FILE, words: ['file', FILE], xml: oob });
    await row('a file at an address', has(FILE));
    const attention = "<attention xmlns='urn:xmpp:attention:0'/>";
    await say(romeo, to, { type: 'headline', words: ['attention', ''], xml: attention });
    await row('a buzz', (one) => one.kind === 'buzz');
    const subject = '<subject>Maintenance</subject>';
    await say(romeo, to, {
      ...{ type: 'headline', body: 'At noon', words: ['subject', 'Maintenance'], xml: subject },
    });
    await row('an announcement', has('At noon'));

    const typing = () =>
      juliet.events.find((event) => event.type === 'typing' && event.state === 'composing') ?? null;
    await romeo.sendChatState(to, 'composing');
    await juliet.until(typing, 'that he is typing');
    lines.push({ said: 'that they are typing', shown: 'that they are typing' });
    const asked = await romeo.sendMessage(to, 'Art thou there?', { requestReceipt: true });
    await romeo.waitForMessage(({ receiptFor }) => receiptFor === asked);
    const { id } = await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'Ay' });
    const ours = await romeo.waitForMessage(({ body }) => body === 'Ay');
    expect(ours.receiptRequested).toBe(true);
    await romeo.sendReceipt(ours.from, ours.id ?? '');
    const delivered = (one: Message): boolean => one.id === id && one.delivery === 'received';
    await shown(delivered, 'that ours is there');
    lines.push({ said: 'that ours arrived', shown: 'that ours arrived' });

    const displayed = (of: string): Said => ({
      words: ['displayed', of],
      xml: `<displayed xmlns='${MARKERS}' id='${of}'/>`,
    });
    await say(romeo, to, displayed(ours.id ?? ''));
    await shown((one) => one.id === id && one.delivery === 'read', 'that ours was read');
    lines.push({ said: 'that ours was read', shown: 'that ours was read' });

    const { room, join: enter, until, said } = await verona(kind, pair);
    const invitation = () =>
      juliet.until(
        async () =>
          (await juliet.ask('rooms.state', { account })).value.invitations.find((one) => one.room === room),
        'the invitation',
      );
    const wanted = `<x xmlns='${MUC_USER}'><invite to='${to}'><reason>Come</reason></invite></x>`;
    if (isSmack(romeo)) await romeo.inRoom('invite', room, to, 'Come');
    else await romeo.sendRaw(`<message to='${room}'>${wanted}</message>`);
    const { reason, direct } = await invitation();
    lines.push({ said: 'an invitation by the room', shown: `\`${reason ?? ''}\`, with a choice` });
    expect(direct).toBe(false);
    await juliet.ask('invitation.decline', { account, peer: room });
    if (isSmack(romeo)) expect(await romeo.waitForRoom(room, 'declined')).toBe(julietAccount.jid);
    else await romeo.waitForRaw((xml) => xml.includes('<decline') && xml.includes(julietAccount.jid));
    if (isSmack(romeo)) await romeo.inRoom('invite-directly', room, to);
    else await romeo.sendRaw(`<message to='${to}'><x xmlns='jabber:x:conference' jid='${room}'/></message>`);
    expect(await invitation()).toMatchObject({ by: romeoAccount.jid, direct: true });
    lines.push({ said: 'an invitation of their own', shown: 'who invites, with a choice' });
    await enter();

    if (isSmack(romeo)) await romeo.inRoom('say', room, 'Shall we?');
    else await peerSays(romeo, room, 'Shall we?');
    const heard = await juliet.until(
      async () => (await said()).find(({ body }) => body === 'Shall we?'),
      'what he says in the room',
    );
    lines.push({ said: 'a text in a room', shown: `\`${heard.nick ?? ''}: ${heard.body}\`` });
    // As Spark says in a room that it is writing (XEP-0022): nobody is to see a message in that.
    const event = "<x xmlns='jabber:x:event'><composing/><id>djn</id></x>";
    await romeo.sendRaw(`<message to='${room}/Juliet'>${event}</message>`);
    const whisper = `<body>But thee</body><x xmlns='${MUC_USER}'/>`;
    if (isSmack(romeo)) await romeo.inRoom('whisper', room, 'Juliet', 'But thee');
    else await romeo.sendRaw(`<message type='chat' to='${room}/Juliet'>${whisper}</message>`);
    const peer = `${room}/Romeo`;
    const apart = await juliet.until(async () => {
      const { value } = await juliet.ask('messages.page', { account, peer, anchor: null, limit: 10 });
      return value.messages.length > 0 ? value.messages : null;
    }, 'what he says to her alone');
    lines.push({ said: 'a text to one in a room', shown: `${apart.map(look).join()}, apart` });
    if (isSmack(romeo)) await romeo.inRoom('subject', room, 'The feast');
    else await romeo.sendRaw(`<message type='groupchat' to='${room}'><subject>The feast</subject></message>`);
    const named = await until((one) => one.subject === 'The feast', 'the subject');
    lines.push({ said: 'the subject of a room', shown: `\`${named.subject ?? ''}\`` });
    const kick = "<item nick='Juliet' role='none'><reason>Go</reason></item>";
    if (isSmack(romeo)) await romeo.inRoom('kick', room, 'Juliet', 'Go');
    else await admin(romeo, room, kick);
    const { status } = await until((one) => one.status.is === 'out', 'that she is out');
    expect(status).toMatchObject({ why: 'kicked' });
    const why = status.is === 'out' ? (status.reason ?? '') : '';
    lines.push({ said: 'that one has to go', shown: `\`${why}\`, and that we are out` });

    // Openfire's rooms give no ids that could be named.
    const namesThem = CAPABILITIES[kind].roomMam;
    if (namesThem) {
      const group = await verona(kind, pair);
      await configure(romeo, group.room, GROUP);
      await admin(romeo, group.room, `<item affiliation='member' jid='${to}'/>`);
      await group.join();
      await juliet.ask('message.send', { account, peer: group.room, body: 'Seen by all?' });
      const sent = await romeo.waitForRaw((xml) => xml.includes('Seen by all?'));
      const named = /<stanza-id[^>]* id=["']([^"']+)["']/u.exec(sent)?.[1] ?? 'none';
      await say(romeo, group.room, { type: 'groupchat', ...displayed(named) });
      const readBy = await juliet.until(async () => {
        const of = { account, peer: group.room, anchor: null, limit: 10 };
        const { value } = await juliet.ask('messages.page', of);
        return value.messages.find((one) => one.readBy)?.readBy;
      }, 'who has read it');
      lines.push({ said: READ_IN_GROUP, shown: `that \`${readBy.join()}\` has read it` });
    }

    expect(lines).toEqual(namesThem ? table : table.filter((one) => one.said !== READ_IN_GROUP));
  });

  it('and a device of ours on Smack and Flint have copies of what the other one sends (XEP-0280)', async () => {
    const pair = await friends(kind);
    const { server, juliet, account, julietAccount, romeo, romeoAccount } = pair;
    const phone = await ownPeer(server, julietAccount, { client: 'smack' });
    if (!isSmack(phone)) throw new Error('another client was asked for');
    await phone.enableCopies();
    const peer = romeoAccount.jid;
    await juliet.ask('message.send', { account, peer, body: 'From here' });
    expect(await phone.waitForCopy('From here')).toEqual({ direction: 'sent', to: peer });
    const { from } = await romeo.waitForMessage(({ body }) => body === 'From here');
    await romeo.sendMessage(from, 'To Flint');
    expect(await phone.waitForCopy('To Flint')).toEqual({ direction: 'received', to: from });
    await phone.say(peer, 'From there');
    const theirs = await juliet.until(
      async () => (await messagesWith(pair)).find(({ body }) => body === 'From there'),
      'what the other device says',
    );
    expect(theirs.direction).toBe('out');
  });
});
