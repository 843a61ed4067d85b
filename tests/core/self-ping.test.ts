import { describe, expect, it } from 'vitest';
import type { ServerKind } from '../servers/server';
import { connectServer, sharedServers } from '../servers/shared';
import { leapingClock } from '../support/leaping-clock';
import { meddler } from '../support/meddler';
import { realClock } from '../support/real-clock';
import { admin, peerSays, verona } from './rooms-support';
import { atEnd, signedIn } from './support';

/** XEP-0410 §3.1. */
const SILENCE_MS = 300_000;

/** Juliet sits in Verona behind somebody who can keep from her that she is put out of it, at a clock that can leap. */
const deafInVerona = async (kind: ServerKind) => {
  const clock = leapingClock();
  let deaf = false;
  const pings: string[] = [];
  const swallowed: string[] = [];
  const between = await meddler(connectServer(kind).wsUrl, (way, frame) => {
    if (way === 'up' && frame.includes('urn:xmpp:ping') && frame.includes('verona')) pings.push(frame);
    const out = way === 'down' && /<presence[^>]*type=["']unavailable/.test(frame);
    if (!deaf || !out) return frame;
    swallowed.push(frame);
    return null;
  });
  atEnd(() => between.stop());
  const pair = await signedIn(
    kind,
    { server: between.url },
    // The line's own deadlines are not the subject: it is as good as it was.
    { spoil: (ports) => ({ ...ports, clock }), link: { clock: realClock } },
  );
  const all = await verona(kind, pair);
  expect(await all.join()).toEqual({ is: 'joined' });
  await all.until(({ occupants }) => occupants === 2, 'two in the room');
  return {
    ...{ all, clock, pings },
    /** What the room says of who goes does not come any more; resolves once that of herself was kept from her, and not of others. */
    async unheard(act: () => Promise<void>) {
      deaf = true;
      await act();
      const ofHer = (): boolean => swallowed.some((frame) => frame.includes(`${all.room}/Juliet`));
      await all.juliet.until(() => (ofHer() ? true : null), 'kept from her');
      deaf = false;
    },
  };
};

describe.each(sharedServers())('a room on %s that has lost us without a word', (kind) => {
  it('is asked after five minutes of silence, and entered again with what was said meanwhile', async () => {
    const { all, clock, pings, unheard } = await deafInVerona(kind);
    const { juliet, account, romeo, room, until, said, shown } = all;
    // A room that has us says so, and nothing happens.
    clock.leap(SILENCE_MS);
    await juliet.until(() => (pings.length > 0 ? true : null), 'asked');
    // Whatever comes of it, it is answered after the ping.
    await juliet.core.call('room.affiliations', { account, peer: room, list: 'owner' });
    expect((await shown())?.status).toEqual({ is: 'joined' });

    await unheard(() => admin(romeo, room, `<item nick='Juliet' role='none'/>`));
    await peerSays(romeo, room, 'where art thou');
    // Nothing shows it yet: that is what is asked for.
    expect((await shown())?.status).toEqual({ is: 'joined' });
    clock.leap(SILENCE_MS);
    await until(({ status }) => status.is !== 'joined', 'noticed');
    await until(({ status }) => status.is === 'joined', 'in it again');
    await until(({ occupants }) => occupants === 2, 'with Romeo');
    await juliet.until(async () => ((await said()).length > 0 ? true : null), 'what was said');
    await juliet.ask('message.send', { account, peer: room, body: 'here' });
    await romeo.waitForMessage(({ body }) => body === 'here');
    expect((await said()).map(({ body }) => body)).toEqual(['where art thou', 'here']);
  });

  it('and is no more, is said to be gone', async () => {
    const { all, clock, unheard } = await deafInVerona(kind);
    const { romeo, room, until, shown } = all;
    await unheard(() =>
      romeo.sendRaw(
        `<iq type='set' id='end' to='${room}'><query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query></iq>`,
      ),
    );
    expect((await shown())?.status).toEqual({ is: 'joined' });
    clock.leap(SILENCE_MS);
    await until(({ status }) => status.is === 'refused' && status.why === 'missing', 'gone');
  });
});
