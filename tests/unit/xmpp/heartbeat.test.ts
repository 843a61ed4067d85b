import { beforeEach, describe, expect, it } from 'vitest';
import { Heartbeat } from '../../../src-main/xmpp/stream/heartbeat';
import { FakeClock } from '../../support/clock';

let clock: FakeClock;
let asked: number[];
let dead: number[];
let heartbeat: Heartbeat;
beforeEach(() => {
  clock = new FakeClock();
  asked = [];
  dead = [];
  heartbeat = new Heartbeat(
    clock,
    { probeEvery: 15_000, probeAnswer: 10_000 },
    () => asked.push(clock.monotonic()),
    () => dead.push(clock.monotonic()),
  );
});

describe('heartbeat', () => {
  it('R6 a black hole is seen within 30 s of the last sign of life', async () => {
    await clock.advance(7_000);
    heartbeat.heard();
    await clock.advance(30_000);
    expect(asked[0]).toBe(22_000);
    expect(dead).toEqual([32_000]);
  });

  it('R6 a server that answers is asked again and again, and never given up', async () => {
    for (let i = 0; i < 20; i += 1) {
      await clock.advance(15_000);
      heartbeat.answered();
    }
    expect(asked.length).toBeGreaterThan(15);
    expect(dead).toEqual([]);
  });

  it('asks nothing while there is talk', async () => {
    for (let i = 0; i < 30; i += 1) {
      await clock.advance(10_000);
      heartbeat.heard();
    }
    expect(asked).toEqual([]);
  });

  it('R6 waits longer while something still trickles in, but not for ever', async () => {
    await clock.advance(15_000);
    for (let i = 0; i < 130; i += 1) {
      await clock.advance(1_000);
      heartbeat.heard();
    }
    expect(dead).toEqual([135_000]);
  });

  it('R6 what was asked beside it has to be answered within two minutes, however much comes in', async () => {
    heartbeat.asked();
    await clock.advance(10_000);
    heartbeat.answered();
    for (let i = 0; i < 130; i += 1) {
      await clock.advance(1_000);
      if (i === 5) heartbeat.asked();
      heartbeat.heard();
    }
    expect(asked).toEqual([]);
    expect(dead).toEqual([136_000]);
  });

  it('R7 asks at once after the computer slept, once', async () => {
    heartbeat.probe();
    heartbeat.probe();
    expect(asked).toEqual([0]);
    await clock.advance(10_000);
    expect(dead).toEqual([10_000]);
  });

  it('is still after its end', async () => {
    heartbeat.probe();
    heartbeat.stop();
    await clock.advance(60_000);
    expect(dead).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});
