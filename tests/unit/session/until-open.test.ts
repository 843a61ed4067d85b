import { beforeEach, describe, expect, it } from 'vitest';
import { untilOpen } from '../../../src-main/session/until-open';
import { StoreError } from '../../../src-main/store/store';
import { FakeClock, settle } from '../../support/clock';

let clock: FakeClock;
let tries: number;
let reason: StoreError['reason'] | null;
let wake: () => void;
let network: (up: boolean) => void;
const opened: string[] = [];

beforeEach(() => {
  clock = new FakeClock();
  tries = 0;
  reason = 'full';
  opened.length = 0;
});
const start = (byItself = true) =>
  untilOpen({
    clock,
    system: {
      onWake: (run) => {
        wake = run;
        return () => undefined;
      },
      onNetwork: (run) => {
        network = run;
        return () => undefined;
      },
    },
    open: () => {
      tries += 1;
      return reason === null ? Promise.resolve('history') : Promise.reject(new StoreError(reason, ''));
    },
    byItself: () => byItself,
    onOpen: (value) => opened.push(value),
    onChange: () => undefined,
  });

describe('what is opened until it is', () => {
  it('R12 tries again by itself, slower and slower, says why meanwhile, and is open once there is room', async () => {
    const history = start();
    await settle();
    expect(history.refusal()).toEqual({ reason: 'full', retryIn: 1_000 });
    await expect(history.latest()).rejects.toMatchObject({ reason: 'full' });
    const waits: (number | null)[] = [];
    for (let n = 0; n < 8; n++) {
      waits.push(clock.next);
      await clock.advance(clock.next ?? 0);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    reason = null;
    await clock.advance(60_000);
    expect([opened, history.refusal(), clock.timers]).toEqual([['history'], null, 0]);
    expect(await history.latest()).toBe('history');
  });

  it('R12 tries at once when the computer wakes, the network is back, or somebody asks', async () => {
    const history = start(false);
    await settle();
    expect(history.refusal()).toEqual({ reason: 'full', retryIn: null });
    for (const nudge of [wake, () => network(true), history.again]) {
      nudge();
      await settle();
    }
    expect(tries).toBe(4);
    network(false);
    await settle();
    expect(tries).toBe(4);
  });

  it('ends when told to, and hands over what a try that runs still opens', async () => {
    const waiting = start();
    await settle();
    expect(await waiting.stop()).toBeNull();
    expect(clock.timers).toBe(0);
    reason = null;
    const trying = start();
    expect(await trying.stop()).toBe('history');
    expect(opened).toEqual([]);
    await expect(trying.latest()).rejects.toMatchObject({ reason: 'closed' });
  });
});
