import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { configure, verona, type Verona } from './rooms-support';

describe.each(sharedServers())('what a room is about on %s', (kind) => {
  const CHANGE = 'muc#roomconfig_changesubject';

  /** As soon as all that was said before is here. */
  const setIn =
    ({ juliet, account, room }: Verona) =>
    (subject: string) =>
      juliet.until(async () => {
        const answer = await juliet.core.call('room.subject', { account, peer: room, subject });
        return !answer.ok && answer.error.code === 'no-room' ? null : answer;
      }, 'all is here');

  it('is what we say, once the room has said it to all', async () => {
    const all = await verona(kind);
    const { romeo, room, join, shown, until } = all;
    const set = setIn(all);
    await configure(romeo, room, { [CHANGE]: '1' });
    await join();
    await until(({ canSetSubject }) => canSetSubject, 'everybody may');
    expect(await set('A <feast>')).toMatchObject({ ok: true });
    expect(await shown()).toMatchObject({ subject: 'A <feast>' });
    await romeo.waitForRaw((xml) => xml.includes('<subject') && xml.includes('A &lt;feast'));
    expect(await set('A <feast>')).toMatchObject({ ok: true });
  });

  it('is offered to moderators alone where the room says so, and its refusal is told', async () => {
    const all = await verona(kind);
    const { romeo, room, join, shown, until } = all;
    await configure(romeo, room, { [CHANGE]: '0' });
    await join();
    await until(({ role }) => role === 'participant', 'no moderator');
    // Openfire 4.2 does not say who may.
    if (kind !== 'openfire') await until(({ canSetSubject }) => !canSetSubject, 'only moderators may');
    expect(await setIn(all)('A duel')).toMatchObject({
      error: { code: 'server-refused', params: { condition: 'forbidden' } },
    });
    expect((await shown())?.subject).not.toBe('A duel');
  });
});
