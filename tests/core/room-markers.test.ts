import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { sentBy } from './devices-support';
import { admin, configure, GROUP, peerSays, verona } from './rooms-support';

const MARKERS = 'urn:xmpp:chat-markers:0';
/** Longer than Flint waits before it tells. */
const A_WHILE = 1_500;

/** Juliet in a room of Romeo's: a group, or one where everybody gets in. */
const room = async (kind: ServerKind, settings: Parameters<typeof configure>[2] | null) => {
  const all = await verona(kind);
  const { juliet, account, romeo, julietAccount, room: peer } = all;
  if (settings) await configure(romeo, peer, settings);
  await admin(romeo, peer, `<item affiliation='member' jid='${julietAccount.jid}'/>`);
  expect(await all.join()).toEqual({ is: 'joined' });
  const own = async (body: string) =>
    (await juliet.ask('messages.page', { account, peer, anchor: null, limit: 200 })).value.messages.find(
      (one) => one.body === body,
    );
  /** Says it, and answers what Romeo gets of it: the stanza, and the room's id for it. */
  const say = async (body: string) => {
    await juliet.ask('message.send', { account, peer, body });
    const xml = await romeo.waitForRaw((one) => one.includes(`<body>${body}</body>`));
    return { xml, id: new RegExp(`<stanza-id[^>]* id=["']([^"']+)["']`).exec(xml)?.[1] ?? 'none' };
  };
  return {
    ...all,
    own,
    say,
    marks: (id: string) =>
      romeo.sendRaw(
        `<message type='groupchat' to='${peer}'><displayed xmlns='${MARKERS}' id='${id}'/><store xmlns='urn:xmpp:hints'/></message>`,
      ),
    untilRead: (body: string) =>
      juliet.until(async () => {
        const message = await own(body);
        return message?.readBy ? message : null;
      }, `${body} is read`),
    read: () => juliet.ask('chat.read', { account, peer }),
    be: (presence: 'online' | 'offline') =>
      juliet.ask('presence.set', { account, kind: presence, status: null }),
    rest: () => new Promise((next) => setTimeout(next, A_WHILE)),
  };
};

const hasIds = (kind: ServerKind): boolean => CAPABILITIES[kind].roomMam;

describe.each(sharedServers().filter(hasIds))('who has read what in a group, on %s', (kind) => {
  it('is told by the others: live, and out of the archive what they read meanwhile', async () => {
    const { say, marks, untilRead, own, be, until } = await room(kind, GROUP);
    const first = await say('Ay me');
    expect(first.xml).toContain('<markable');
    const { id } = await say('Romeo, Romeo');
    await marks(first.id);
    expect(await untilRead('Ay me')).toMatchObject({ delivery: 'read', readBy: ['Romeo'] });
    expect(await own('Romeo, Romeo')).toMatchObject({ delivery: 'sent' });
    await be('offline');
    await marks(id);
    await be('online');
    await until(({ status }) => status.is === 'joined', 'back');
    expect(await untilRead('Romeo, Romeo')).toMatchObject({ delivery: 'read', readBy: ['Romeo'] });
    expect((await own('Ay me'))?.readBy).toBeUndefined();
  });

  it('is told to the others, by the room’s id of the last that was read', async () => {
    const { juliet, account, romeo, room: peer, read } = await room(kind, GROUP);
    for (const body of ['But soft', 'what light']) await peerSays(romeo, peer, body);
    const last = await romeo.waitForRaw((xml) => xml.includes('what light'));
    const id = /<stanza-id[^>]* id=["']([^"']+)["']/.exec(last)?.[1] ?? 'none';
    await juliet.until(async () => {
      const chats = (await juliet.ask('chats.list', { account })).value;
      return chats.find((chat) => chat.peer === peer && chat.unread === 2);
    }, 'both are here');
    await read();
    const marker = await romeo.waitForRaw((xml) => xml.includes('<displayed'));
    expect(marker).toContain(`${peer}/Juliet`);
    expect(marker).toContain(id);
  });
});

describe.each(sharedServers())('who has read what, on %s', (kind) => {
  it('T11 is neither asked, told nor believed where everybody gets in, or the room gives no ids', async () => {
    const settings = hasIds(kind) ? null : GROUP;
    const { juliet, account, romeo, room: peer, say, marks, own, read, rest } = await room(kind, settings);
    const { xml, id } = await say('Ay me');
    if (settings === null) expect(xml).not.toContain('<markable');
    await marks(id);
    await peerSays(romeo, peer, 'But soft');
    await juliet.until(async () => (await own('But soft')) ?? null, 'what was said after the marker');
    expect((await own('Ay me'))?.readBy).toBeUndefined();
    await read();
    await rest();
    expect(await sentBy({ core: juliet, account })).not.toContain(
      '<displayed xmlns="urn:xmpp:chat-markers:0"',
    );
  });
});
