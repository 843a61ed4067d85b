import { expect, it } from 'vitest';
import { createSilence } from '../../../src-main/session/rooms/silence';
import { FakeClock } from '../../support/clock';

const MINUTE = 60_000;

it('a room is asked five minutes after its last word, and again as long as it is silent', async () => {
  const clock = new FakeClock();
  const asked: number[] = [];
  const silence = createSilence(clock, () => asked.push(clock.monotonic() / MINUTE));
  silence.start();
  await clock.advance(4 * MINUTE);
  silence.heard();
  await clock.advance(4 * MINUTE);
  expect(asked).toEqual([]);
  await clock.advance(12 * MINUTE);
  expect(asked).toEqual([9, 14, 19]);
  silence.stop();
  await clock.advance(20 * MINUTE);
  expect([asked.length, clock.timers]).toEqual([3, 0]);
});
