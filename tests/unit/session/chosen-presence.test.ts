import { describe, expect, it } from 'vitest';
import { chosen, createStatusEnd, endOf } from '../../../src-main/session/chosen-presence';
import type { OwnPresence, SavedPresence } from '../../../src-shared/model/presence';
import { FakeClock } from '../../support/clock';

const MINUTE = 60_000;
const lunch: SavedPresence = { kind: 'away', text: 'Lunch', priority: -1, clearAfter: 'hour' };

describe('a choice of presence', () => {
  const now = Date.UTC(2026, 0, 1, 12);
  const after = (before: OwnPresence, change: Parameters<typeof chosen>[1]) =>
    chosen(before, change, [lunch], now);

  it('of a kind alone keeps a text of one’s own, with its end', () => {
    const before = { kind: 'online', status: 'Writing', until: now + 1 } as const;
    expect(after(before, { kind: 'dnd' })).toEqual({ ...before, kind: 'dnd' });
    expect(after({ kind: 'away', status: null }, { kind: 'online' })).toEqual({
      kind: 'online',
      status: null,
    });
  });

  it('of a kind alone takes away what a saved message brought', () => {
    const before = after({ kind: 'online', status: null }, { kind: 'away', status: 'Lunch' });
    expect(before).toEqual({ kind: 'away', status: 'Lunch', priority: -1 });
    expect(after(before, { kind: 'online' })).toEqual({ kind: 'online', status: null });
  });

  it('of when the words of a saved message go leaves them their priority; other words have none of their own', () => {
    const before = after({ kind: 'online', status: null }, { kind: 'away', status: 'Lunch' });
    const timed = after(before, { kind: 'away', status: 'Lunch', clearAfter: 'half-hour' });
    expect(timed).toEqual({ ...before, until: now + 30 * MINUTE });
    expect(after(timed, { kind: 'away', status: 'Late lunch' })).toEqual({
      kind: 'away',
      status: 'Late lunch',
      until: now + 30 * MINUTE,
    });
  });

  it('of words keeps when they go, unless it says otherwise', () => {
    const before = { kind: 'online', status: 'Wirting', until: now + 1 } as const;
    expect(after(before, { kind: 'online', status: 'Writing' }).until).toBe(now + 1);
    expect(after(before, { kind: 'online', status: 'Writing', clearAfter: 'never' }).until).toBeUndefined();
  });

  it('without words has no end and no priority', () => {
    expect(
      after({ kind: 'online', status: 'x' }, { kind: 'away', status: '  ', clearAfter: 'hour' }),
    ).toEqual({ kind: 'away', status: null });
  });

  it('lasts as long as was said; today ends at midnight here', () => {
    expect(endOf('never', now)).toBeUndefined();
    expect(endOf('half-hour', now)).toBe(now + 30 * MINUTE);
    expect(endOf('hour', now)).toBe(now + 60 * MINUTE);
    expect(endOf('four-hours', now)).toBe(now + 240 * MINUTE);
    const midnight = new Date(endOf('today', now) ?? 0);
    expect([midnight.getHours(), midnight.getMinutes()]).toEqual([0, 0]);
    expect(midnight.getTime() - now).toBeLessThanOrEqual(24 * 60 * MINUTE);
  });
});

describe('the end of a text', () => {
  it('comes on time, also when the clock of the wall was set or the computer slept', async () => {
    const clock = new FakeClock();
    let ends = 0;
    let presence: OwnPresence = { kind: 'online', status: 'x', until: clock.now() + 30 * MINUTE };
    const end = createStatusEnd(
      clock,
      () => presence,
      () => {
        ends++;
      },
    );
    end.watch();
    await clock.advance(29 * MINUTE);
    expect(ends).toBe(0);
    await clock.advance(MINUTE);
    expect(ends).toBe(1);
    presence = { ...presence, until: clock.now() + 240 * MINUTE };
    end.watch();
    clock.epoch += 240 * MINUTE;
    await clock.advance(MINUTE);
    expect(ends).toBe(2);
  });

  it('that is past is seen at once, and again later when it could not be written; one that never comes waits for nothing', async () => {
    const clock = new FakeClock();
    let ends = 0;
    const watch = (presence: OwnPresence): void => {
      createStatusEnd(
        clock,
        () => presence,
        () => {
          ends++;
        },
      ).watch();
    };
    watch({ kind: 'online', status: 'x' });
    expect(clock.timers).toBe(0);
    watch({ kind: 'online', status: 'x', until: clock.now() });
    expect(ends).toBe(1);
    await clock.advance(MINUTE);
    expect(ends).toBe(2);
  });
});
