import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAttention } from '../../../src-main/session/attention';
import { createHub } from '../../../src-main/session/hub';
import { defaultQuietHours, nextQuietChange, quietUntil } from '../../../src-shared/model/quiet-hours';
import { defaultSettings, type Settings } from '../../../src-shared/model/settings';
import { FakeClock } from '../../support/clock';

const before = process.env['TZ'];
// A place where the clock is changed: on 29 March 2026 at 2 to 3, on 25 October 2026 at 3 back to 2.
beforeAll(() => void (process.env['TZ'] = 'Europe/Berlin'));
afterAll(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const at = (text: string): number => new Date(text).getTime();
const night = { ...defaultQuietHours, on: true };
const until = (text: string, hours = night): string | null => {
  const end = quietUntil(hours, at(text));
  return end === null ? null : new Date(end).toString().slice(0, 21);
};

describe('quiet hours', () => {
  it('cross midnight: the evening and the morning of the next day', () => {
    expect(until('2026-11-24T21:59:59')).toBeNull();
    expect(until('2026-11-24T22:00:00')).toBe('Wed Nov 25 2026 07:00');
    expect(until('2026-11-25T06:59:59')).toBe('Wed Nov 25 2026 07:00');
    expect(until('2026-11-25T07:00:00')).toBeNull();
    expect(until('2026-11-24T23:00:00', { ...night, on: false })).toBeNull();
  });

  it('within a day, and on the days on which they begin alone', () => {
    const lunch = { on: true, from: 12 * 60, to: 13 * 60 + 30, days: [1, 2, 3, 4, 5] };
    expect(until('2026-11-24T12:30:00', lunch)).toBe('Tue Nov 24 2026 13:30');
    expect(until('2026-11-28T12:30:00', lunch)).toBeNull();
    const friday = { ...night, days: [5] };
    expect(until('2026-11-28T03:00:00', friday)).toBe('Sat Nov 28 2026 07:00');
    expect(until('2026-11-29T03:00:00', friday)).toBeNull();
    expect(until('2026-11-28T23:00:00', friday)).toBeNull();
  });

  it('a whole day, and days without a gap between them', () => {
    const weekend = { on: true, from: 0, to: 0, days: [0, 6] };
    expect(until('2026-11-28T00:00:00', weekend)).toBe('Mon Nov 30 2026 00:00');
    expect(until('2026-11-30T00:00:00', weekend)).toBeNull();
  });

  it('go by the clock on the wall where it is changed: a night is longer or shorter', () => {
    expect(until('2026-03-28T23:00:00')).toBe('Sun Mar 29 2026 07:00');
    expect(quietUntil(night, at('2026-03-28T22:00:00'))).toBe(at('2026-03-28T22:00:00') + 8 * 3_600_000);
    expect(quietUntil(night, at('2026-10-24T22:00:00'))).toBe(at('2026-10-24T22:00:00') + 10 * 3_600_000);
    expect(until('2026-10-25T06:59:00')).toBe('Sun Oct 25 2026 07:00');
    // An hour that does not exist ends an hour later; one that comes twice, the first time.
    const early = { ...night, to: 150 };
    expect(until('2026-03-29T01:30:00', early)).toBe('Sun Mar 29 2026 03:30');
    expect(quietUntil(early, at('2026-10-25T00:00:00'))).toBe(at('2026-10-25T00:00:00') + 2.5 * 3_600_000);
  });

  it('say when they may change next', () => {
    expect(nextQuietChange(night, at('2026-11-24T12:00:00'))).toBe(at('2026-11-24T22:00:00'));
    expect(nextQuietChange(night, at('2026-11-24T22:00:00'))).toBe(at('2026-11-25T07:00:00'));
    expect(nextQuietChange({ ...night, days: [1] }, at('2026-11-24T12:00:00'))).toBe(
      at('2026-11-30T22:00:00'),
    );
    expect(nextQuietChange(defaultQuietHours, at('2026-11-24T12:00:00'))).toBeNull();
  });
});

describe('attention', () => {
  const start = (first: Partial<Settings>, epoch = at('2026-11-24T21:00:00')) => {
    const clock = new FakeClock(epoch);
    const hub = createHub();
    const told: (number | null)[] = [];
    hub.listen(({ event }) => {
      if (event.type === 'quiet') told.push(event.quietUntil);
    });
    let settings = { ...defaultSettings, ...first };
    let lock: (locked: boolean) => void = () => undefined;
    const attention = createAttention(() => settings, hub, {
      clock,
      system: {
        onLock: (run: typeof lock) => ((lock = run), () => undefined),
        onWake: () => () => undefined,
      },
    } as never);
    attention.start();
    const change = (patch: Partial<Settings>): void => {
      settings = { ...settings, ...patch };
      hub.emit({ topic: 'app', type: 'settings', settings, locale: 'en' });
    };
    return { clock, told, attention, change, lock: (locked: boolean): void => void lock(locked) };
  };

  it('is quiet as long as the user asks, on into quiet hours that begin meanwhile; not after a clock that was set back', async () => {
    const hour = 3_600_000;
    const silentUntil = at('2026-11-24T22:30:00');
    const { clock, told, attention, change } = start({ silentUntil });
    expect([attention.quietUntil(), attention.allows('message')]).toEqual([silentUntil, null]);
    change({ quietHours: night });
    await clock.advance(0);
    expect(told.at(-1)).toBe(at('2026-11-25T07:00:00'));
    change({ quietHours: defaultQuietHours });
    await clock.advance(2 * hour);
    expect([told.at(-1), attention.audible()]).toEqual([null, true]);
    change({ silentUntil: clock.now() + 25 * hour });
    await clock.advance(0);
    expect(attention.quietUntil()).toBeNull();
    attention.stop();
  });

  it('tells when what the user asked for is over within quiet hours, though it stays quiet', async () => {
    const { clock, told, attention } = start({ silentUntil: at('2026-11-24T22:30:00'), quietHours: night });
    const morning = at('2026-11-25T07:00:00');
    expect(told).toEqual([morning]);
    await clock.advance(2 * 3_600_000);
    expect(told).toEqual([morning, morning]);
    attention.stop();
  });

  it('tells when quiet hours begin and end, and shows nothing between', async () => {
    const { clock, told, attention, change } = start({ quietHours: night });
    expect([attention.quietUntil(), attention.audible()]).toEqual([null, true]);
    expect(attention.allows('message')).toEqual({ text: true, sound: true });
    await clock.advance(3_600_000);
    expect(told).toEqual([at('2026-11-25T07:00:00')]);
    expect([attention.allows('message'), attention.audible()]).toEqual([null, false]);
    await clock.advance(9 * 3_600_000);
    expect(told.at(-1)).toBeNull();
    expect(attention.allows('message')).not.toBeNull();
    change({ quietHours: { ...night, from: 0, to: 0 } });
    await clock.advance(0);
    expect(told.at(-1)).toBeGreaterThan(clock.now());
    change({ quietHours: defaultQuietHours });
    await clock.advance(0);
    expect(told.at(-1)).toBeNull();
    attention.stop();
    expect(clock.timers).toBe(0);
  });

  it('a clock that was set meanwhile counts at once', () => {
    const { clock, attention } = start({ quietHours: night });
    clock.epoch += 2 * 3_600_000;
    expect(attention.allows('message')).toBeNull();
  });

  it('a locked screen: without the text, nothing, or as always', () => {
    const { attention, change, lock } = start({});
    lock(true);
    expect(attention.allows('message')).toEqual({ text: false, sound: true });
    change({ noticesLocked: 'nothing' });
    expect([attention.allows('message'), attention.audible()]).toEqual([null, false]);
    change({ noticesLocked: 'show' });
    expect(attention.allows('message')).toEqual({ text: true, sound: true });
    change({ noticesLocked: 'nothing' });
    lock(false);
    expect(attention.allows('message')).not.toBeNull();
  });
});
