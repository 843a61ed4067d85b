import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
import type { SharedServer } from '../servers/shared';
import { startServer } from '../servers/start-server';
import type { TestCore } from '../support/core';
import { meddler } from '../support/meddler';
import { peerSays } from './rooms-support';
import { asShared, at, atEnd, ownCore, signedIn } from './support';

const MUC = 'http://jabber.org/protocol/muc';
const OLD = 'urn:xmpp:message-moderate:0';
const NOW = 'urn:xmpp:message-moderate:1';

/** A module speaks both versions at once; of what is newer nothing passes, so that it is one from before version 0.3. */
const asBefore = (frame: string): string =>
  frame
    .replace(new RegExp(`<feature var=["']${NOW}["']/>`), '')
    .replace(/<retract [^>]*urn:xmpp:message-retract:1.*?<\/retract>/, '');

/** Before that nobody else gets in (XEP-0045 §10.1.2). */
const untilMade = (core: TestCore, account: AccountId) =>
  core.until(async () => {
    const { rooms } = (await core.ask('rooms.state', { account })).value;
    return rooms.find(({ moderation }) => moderation);
  }, 'made, and moderated');

/** The server whose rooms can do this. */
/** What is shown of the room, to us or to somebody else. */
const seenIn = (room: string, ours: TestCore, account: AccountId) => {
  const page = async (core = ours, of = account) =>
    (await core.ask('messages.page', { account: of, peer: room, anchor: null, limit: 50 })).value.messages;
  const until = (find: (of: readonly Message[]) => Message | undefined, what: string) =>
    ours.until(async () => find(await page()) ?? null, what);
  return { page, until };
};

describe('moderation on prosody13', () => {
  let server: SharedServer;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const started = await startServer('prosody13');
    server = asShared(started);
    stop = () => started.stop();
  });
  afterAll(() => stop());

  it('T5 a moderator takes back what somebody said, with a reason; all see who and why, and who comes later; nobody else can', async () => {
    const pair = await signedIn(server);
    const { juliet, account, romeo } = pair;
    const room = `verona-${randomBytes(4).toString('hex')}@conference.${server.domain}`;
    const joined = await juliet.ask('room.join', {
      ...{ account, peer: room, nick: 'Juliet', password: null, create: true },
    });
    expect(joined).toEqual({ is: 'joined' });
    await untilMade(juliet, account);
    await romeo.sendRaw(`<presence to='${room}/Romeo'><x xmlns='${MUC}'/></presence>`);
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Romeo`));
    const { page, until } = seenIn(room, juliet, account);
    await peerSays(romeo, room, 'Tybalt, you rat-catcher');
    await peerSays(romeo, room, 'Juliet, good night');
    const rude = await until((all) => all.find(({ body }) => body.includes('rat-catcher')), 'what he says');
    const kind = await until((all) => all.find(({ body }) => body.includes('good night')), 'the other');
    const { value } = await juliet.ask('rooms.state', { account });
    expect(value.rooms[0]).toMatchObject({ moderation: true, role: 'moderator' });

    // T5: Romeo is no moderator, and none by saying so.
    await romeo.sendRaw(
      `<message type='groupchat' id='forged' to='${room}'><retract xmlns='urn:xmpp:message-retract:1' id='x'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract><body>forged</body></message>`,
    );
    await until((all) => all.find(({ body }) => body === 'forged'), 'a message like others');
    const phone = await ownCore();
    const his = await server.newAccount('tybalt');
    const there = await phone.signIn(his.jid, his.password, at(server));
    await phone.ask('room.join', {
      account: there,
      peer: room,
      nick: 'Tybalt',
      password: null,
      create: false,
    });
    const seen = await phone.until(
      async () => (await page(phone, there)).find(({ body }) => body.includes('rat-catcher')) ?? null,
      'the archive',
    );
    expect(
      await phone.core.call('message.moderate', { account: there, id: seen.id, reason: null }),
    ).toMatchObject({
      error: { code: 'server-refused', params: { condition: 'forbidden' } },
    });

    await juliet.ask('message.moderate', { account, id: rude.id, reason: 'No names, please' });
    const gone = await until((all) => all.find(({ retracted }) => retracted), 'it is gone');
    expect(gone).toMatchObject({
      ...{ id: rude.id, body: '', retracted: true },
      moderated: { by: 'Juliet', reason: 'No names, please' },
    });
    await romeo.waitForRaw((xml) => xml.includes('message-moderate:1') && xml.includes('No names'));
    await phone.until(
      async () => (await page(phone, there)).find(({ moderated }) => moderated?.by === 'Juliet') ?? null,
      'it is gone for Tybalt',
    );
    expect((await page()).find(({ id }) => id === kind.id)).toMatchObject({ retracted: false });
    // It is no message, and can be taken back only once.
    expect((await page()).filter(({ kind: of }) => of !== 'event')).toHaveLength(3);
    expect(await juliet.core.call('message.moderate', { account, id: rude.id, reason: null })).toMatchObject({
      error: { code: 'no-message' },
    });

    // Who was away learns it from the room's archive.
    await phone.ask('presence.set', { account: there, kind: 'offline', status: null });
    await juliet.ask('message.moderate', { account, id: kind.id, reason: null });
    await until((all) => all.find((one) => one.id === kind.id && one.retracted), 'the second');
    await phone.ask('presence.set', { account: there, kind: 'online', status: null });
    await phone.until(
      async () =>
        (await page(phone, there)).filter(({ retracted }) => retracted).length === 2 ? true : null,
      'both are gone for Tybalt',
    );
  });

  it('T5 with version 0 alone: asked so, told so by whoever moderates, and known so from the archive', async () => {
    const frames: string[] = [];
    const between = await meddler(server.wsUrl, (way, frame) => {
      const passed = way === 'up' ? frame : asBefore(frame);
      frames.push(`${way} ${passed}`);
      return passed;
    });
    atEnd(() => between.stop());
    const said = (way: 'up' | 'down', namespace: string): number =>
      frames.filter((frame) => frame.startsWith(way) && frame.includes(namespace)).length;
    const { juliet, account, romeo } = await signedIn(server, { server: between.url });
    const room = `mantua-${randomBytes(4).toString('hex')}@conference.${server.domain}`;
    const join = (create: boolean) => ({ peer: room, password: null, create });
    await juliet.ask('room.join', { account, nick: 'Juliet', ...join(true) });
    await untilMade(juliet, account);
    await romeo.sendRaw(`<presence to='${room}/Romeo'><x xmlns='${MUC}'/></presence>`);
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Romeo`));
    const { page, until } = seenIn(room, juliet, account);
    await peerSays(romeo, room, 'Tybalt, you rat-catcher');
    await peerSays(romeo, room, 'and you, Mercutio');
    const rude = await until((all) => all.find(({ body }) => body.includes('rat-catcher')), 'what he says');
    const rudeToo = await until((all) => all.find(({ body }) => body.includes('Mercutio')), 'the other');
    const phone = await ownCore();
    const his = await server.newAccount('tybalt');
    const tybalt = await phone.signIn(his.jid, his.password, { server: between.url });
    await phone.ask('room.join', { account: tybalt, nick: 'Tybalt', ...join(false) });
    await phone.until(
      async () => (await page(phone, tybalt)).find(({ body }) => body.includes('Mercutio')) ?? null,
      'Tybalt has read both',
    );
    await phone.ask('presence.set', { account: tybalt, kind: 'offline', status: null });

    await juliet.ask('message.moderate', { account, id: rude.id, reason: 'No names, please' });
    const gone = await until((all) => all.find(({ retracted }) => retracted), 'it is gone');
    expect(gone).toMatchObject({ id: rude.id, moderated: { by: 'Juliet', reason: 'No names, please' } });
    expect([said('up', OLD), said('up', NOW), said('down', NOW)]).toEqual([1, 0, 0]);
    expect(said('down', OLD)).toBeGreaterThan(0);

    // Another client that asks for it in the same form.
    const there = { account, peer: room, nick: 'Romeo', role: 'moderator', reason: null } as const;
    await juliet.ask('room.setRole', there);
    const own = await romeo.waitForRaw((xml) => xml.includes('Mercutio') && xml.includes('stanza-id'));
    const stanzaId = /<stanza-id[^>]* id=["']([^"']+)/.exec(own)?.[1] ?? '';
    await romeo.sendRaw(
      `<iq type='set' id='old' to='${room}'><apply-to xmlns='urn:xmpp:fasten:0' id='${stanzaId}'><moderate xmlns='${OLD}'>` +
        `<retract xmlns='urn:xmpp:message-retract:0'/><reason>I am sorry</reason></moderate></apply-to></iq>`,
    );
    const sorry = await until((all) => all.find((one) => one.id === rudeToo.id && one.retracted), 'gone too');
    expect(sorry.moderated).toEqual({ by: 'Romeo', reason: 'I am sorry' });

    // Who was away learns both from the room's archive.
    await phone.ask('presence.set', { account: tybalt, kind: 'online', status: null });
    const known = await phone.until(async () => {
      const all = (await page(phone, tybalt)).filter(({ retracted }) => retracted);
      return all.length === 2 ? all : null;
    }, 'both are gone for Tybalt');
    expect(known.map(({ moderated }) => moderated?.by)).toEqual(['Juliet', 'Romeo']);
    expect(said('down', NOW)).toBe(0);
  });
});
