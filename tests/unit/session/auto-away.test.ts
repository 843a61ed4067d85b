import { beforeEach, describe, expect, it } from 'vitest';
import { createAutoAway, type AutoAway } from '../../../src-main/session/auto-away';
import type { OwnPresence } from '../../../src-shared/model/presence';
import { defaultSettings, type Settings } from '../../../src-shared/model/settings';
import { FakeClock } from '../../support/clock';

const MINUTE = 60_000;

describe('away by itself', () => {
  let clock: FakeClock;
  /** Monotonic moment of the last touch; null: the system does not tell. */
  let touched: number | null;
  let locks: Set<(locked: boolean) => void>;
  let settings: Settings;
  let changes: number;
  let away: AutoAway;

  beforeEach(() => {
    clock = new FakeClock();
    touched = 0;
    locks = new Set();
    changes = 0;
    settings = { ...defaultSettings, autoAwayMinutes: 5, autoXaMinutes: 20 };
    away = createAutoAway(
      {
        clock,
        system: {
          idleSeconds: () => (touched === null ? null : Math.floor((clock.monotonic() - touched) / 1000)),
          onLock: (run) => {
            locks.add(run);
            return () => locks.delete(run);
          },
        },
      },
      () => settings,
      () => changes++,
    );
    away.watch();
  });
  const lock = (locked: boolean): void => {
    for (const run of locks) run(locked);
  };
  const seen = (presence: OwnPresence = { kind: 'online', status: 'here' }) => away.over(presence);

  it('away, then extended away, since the last touch; and back to what was before', async () => {
    const start = clock.now();
    await clock.advance(4 * MINUTE);
    expect(seen()).toEqual({ kind: 'online', status: 'here' });
    await clock.advance(MINUTE + 5_000);
    expect(seen()).toEqual({ kind: 'away', status: 'here', idleSince: start });
    await clock.advance(15 * MINUTE);
    expect(seen()).toEqual({ kind: 'xa', status: 'here', idleSince: start });
    touched = clock.monotonic();
    await clock.advance(1_000);
    expect(seen()).toEqual({ kind: 'online', status: 'here' });
    expect(changes).toBe(3);
  });

  it('stands before Online and Free to chat alone', async () => {
    await clock.advance(6 * MINUTE);
    expect(away.absence({ kind: 'chat', status: null })).toBe('away');
    for (const kind of ['away', 'phone', 'xa', 'dnd', 'invisible', 'offline'] as const) {
      expect(seen({ kind, status: null })).toEqual({ kind, status: null });
    }
  });

  it('on lock at once, also where the system tells no idle time; back on unlock', async () => {
    touched = null;
    lock(true);
    expect(seen().kind).toBe('away');
    await clock.advance(21 * MINUTE);
    expect(seen().kind).toBe('xa');
    lock(false);
    expect(seen()).toEqual({ kind: 'online', status: 'here' });
  });

  it('each of them can be off', async () => {
    settings = { ...settings, autoAway: false, awayOnLock: false };
    lock(true);
    await clock.advance(10 * MINUTE);
    expect(seen().kind).toBe('online');
    await clock.advance(11 * MINUTE);
    expect(seen().kind).toBe('xa');
    settings = { ...settings, autoXa: false };
    await clock.advance(1_000);
    expect(seen().kind).toBe('online');
  });

  it('a choice of the user wins, until the computer was touched and left again', async () => {
    await clock.advance(6 * MINUTE);
    away.dismiss();
    await clock.advance(30 * MINUTE);
    expect(seen().kind).toBe('online');
    touched = clock.monotonic();
    await clock.advance(6 * MINUTE);
    expect(seen().kind).toBe('away');
  });

  it('leaves nothing behind when it is stopped', async () => {
    await clock.advance(6 * MINUTE);
    away.stop();
    expect(seen().kind).toBe('online');
    expect(clock.timers).toBe(0);
    expect(locks.size).toBe(0);
  });
});
