import { beforeEach, describe, expect, it } from 'vitest';
import { untilOpen } from '../../../src-main/session/until-open';
import { StoreError } from '../../../src-main/store/store';
import { FakeClock, settle } from '../../support/clock';

let clock: FakeClock;
let tries: number;
let reason: StoreError['reason'] | null;
let wake: () => void;
let network: (up: boolean) => void;
let lock: (locked: boolean) => void;
/** How many listen to the computer. */
let listening: number;
const opened: string[] = [];

beforeEach(() => {
  clock = new FakeClock();
  tries = 0;
  reason = 'full';
  listening = 0;
  opened.length = 0;
});
const heard = (): (() => void) => {
  listening += 1;
  return () => (listening -= 1);
};
const start = (byItself = true) =>
  untilOpen({
    clock,
    system: {
      onWake: (run) => {
        wake = run;
        return heard();
      },
      onNetwork: (run) => {
        network = run;
        return heard();
      },
      onLock: (run) => {
        lock = run;
        return heard();
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
    expect([opened, history.refusal(), clock.timers, listening]).toEqual([['history'], null, 0, 0]);
    expect(await history.latest()).toBe('history');
  });

  it('R12 R15 tries at once when the computer wakes or is unlocked, the network is back, or somebody asks', async () => {
    const history = start();
    await settle();
    for (const nudge of [wake, () => lock(false), () => network(true), history.again]) {
      nudge();
      await settle();
    }
    expect(tries).toBe(5);
    for (const nudge of [() => lock(true), () => network(false)]) nudge();
    await settle();
    expect(tries).toBe(5);
  });

  it('R15 what somebody has to mend is not tried by itself, nor with each change of the network', async () => {
    const history = start(false);
    await settle();
    expect(history.refusal()).toEqual({ reason: 'full', retryIn: null });
    network(true);
    await settle();
    expect([tries, clock.timers]).toEqual([1, 0]);
    lock(false);
    await settle();
    expect(tries).toBe(2);
  });

  it('ends when told to, and hands over what a try that runs still opens', async () => {
    const waiting = start();
    await settle();
    expect(listening).toBe(3);
    expect(await waiting.stop()).toBeNull();
    expect([clock.timers, listening]).toEqual([0, 0]);
    reason = null;
    const trying = start();
    expect(await trying.stop()).toBe('history');
    expect([opened, listening]).toEqual([[], 0]);
    await expect(trying.latest()).rejects.toMatchObject({ reason: 'closed' });
  });
});
