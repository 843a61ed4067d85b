import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { anotherDevice, chatOf, noticeOf, sentBy, untilMessage, type Device } from './devices-support';
import { peerSays, verona } from './rooms-support';

/** XEP-0490 §3.1: shared is what has the room's id, and what the server keeps for own devices alone (T8). */
const canShare = (kind: ServerKind): boolean =>
  CAPABILITIES[kind].roomMam && CAPABILITIES[kind].publishOptions;

/** Juliet in Verona at two computers of ours, under one nick. */
const twiceInVerona = async (kind: ServerKind) => {
  const all = await verona(kind);
  const desk: Device = { core: all.juliet, account: all.account };
  expect(await all.join()).toEqual({ is: 'joined' });
  const laptop = await anotherDevice(all);
  await laptop.core.until(async () => {
    const { rooms } = (await laptop.core.ask('rooms.state', { account: laptop.account })).value;
    return rooms.find(({ jid, status }) => jid === all.room && status.is === 'joined');
  }, 'on the laptop too, by its bookmark');
  const counts = async (device: Device) => {
    const { unread = 0, mentions = 0 } = (await chatOf(device, all.room)) ?? {};
    return { unread, mentions };
  };
  const until = (device: Device, unread: number, mentions: number) =>
    device.core.until(
      async () => {
        const now = await counts(device);
        return now.unread === unread && now.mentions === mentions ? now : null;
      },
      `${String(unread)} unread, ${String(mentions)} of them mentions`,
    );
  const read = ({ core, account }: Device) => core.ask('chat.read', { account, peer: all.room });
  const be = ({ core, account }: Device, kind: 'online' | 'offline') =>
    core.ask('presence.set', { account, kind, status: null });
  return { ...all, desk, laptop, counts, until, read, be };
};

describe.each(sharedServers().filter(canShare))('how far a room was read, on %s', (kind) => {
  it('is known on the other computer at once: nothing unread, no mention, no notification', async () => {
    const { desk, laptop, romeo, room, until, read } = await twiceInVerona(kind);
    await peerSays(romeo, room, 'nobody here?');
    await peerSays(romeo, room, 'Juliet, look');
    for (const device of [desk, laptop]) {
      await until(device, 2, 1);
      await device.core.until(() => noticeOf(device, room), 'a notification');
    }
    await read(desk);
    await until(laptop, 0, 0);
    expect(noticeOf(laptop, room)).toBeUndefined();
    // §3.1: named by the id that the room gave it.
    expect(await sentBy(desk)).toMatch(new RegExp(`<stanza-id [^>]*by="${room}"`));
    // The place is that of the last message: what follows counts, on both.
    await peerSays(romeo, room, 'still there?');
    for (const device of [desk, laptop]) await until(device, 1, 0);
    await read(laptop);
    await until(desk, 0, 0);
  });

  it('and at its next sign-in: of what was missed only the rest is unread', async () => {
    const { desk, laptop, romeo, room, until, read, be } = await twiceInVerona(kind);
    await be(laptop, 'offline');
    await peerSays(romeo, room, 'Juliet, one');
    await peerSays(romeo, room, 'two');
    await until(desk, 2, 1);
    await read(desk);
    await desk.core.until(
      async () => (/<publish [^>]*urn:xmpp:mds:displayed:0/.test(await sentBy(desk)) ? true : null),
      'published',
    );
    await peerSays(romeo, room, 'three');
    await until(desk, 1, 0);
    await be(laptop, 'online');
    await untilMessage(laptop, room, 'three');
    await until(laptop, 1, 0);
    expect(noticeOf(laptop, room)).toBeUndefined();
  });
});

describe.each(sharedServers().filter((kind) => !canShare(kind)))(
  'how far a room was read, on %s, which cannot keep that for own devices alone',
  (kind) => {
    it('T8 is told nobody, and each computer has its own count', async () => {
      const { desk, laptop, romeo, room, until, counts, read } = await twiceInVerona(kind);
      await peerSays(romeo, room, 'Juliet, look');
      for (const device of [desk, laptop]) await until(device, 1, 1);
      await read(desk);
      await until(desk, 0, 0);
      // Longer than it waits before it tells.
      await new Promise((next) => setTimeout(next, 1_500));
      expect(await sentBy(desk)).not.toContain('<publish');
      expect(await counts(laptop)).toEqual({ unread: 1, mentions: 1 });
    });
  },
);
