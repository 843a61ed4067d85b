import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import type { SharedServer } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { peerSays } from './rooms-support';
import { asShared, at, ownCore, signedIn } from './support';

const MUC = 'http://jabber.org/protocol/muc';

/** The server whose rooms can do this. */
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
    await romeo.sendRaw(`<presence to='${room}/Romeo'><x xmlns='${MUC}'/></presence>`);
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Romeo`));
    const page = async (core = juliet, of = account) =>
      (await core.ask('messages.page', { account: of, peer: room, anchor: null, limit: 50 })).value.messages;
    const until = (find: (of: readonly Message[]) => Message | undefined, what: string) =>
      juliet.until(async () => find(await page()) ?? null, what);
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
});
