import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRest, type Rest } from '../../../src-renderer/features/shell/rest';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('when the page lets go of what it needs no more', () => {
  let rest: Rest;
  let times = 0;
  beforeEach(() => {
    vi.useFakeTimers();
    times = 0;
    rest = createRest(() => (times += 1));
  });
  afterEach(() => {
    rest.stop();
    vi.useRealTimers();
  });

  it('a minute after it was used last, and not while it is used', () => {
    for (let n = 0; n < 10; n += 1) {
      vi.advanceTimersByTime(40 * SECOND);
      rest.used();
    }
    expect(times).toBe(0);
    vi.advanceTimersByTime(MINUTE);
    expect(times).toBe(1);
  });

  it('soon after it went out of sight, and again now and then, for what comes meanwhile', () => {
    rest.seen(false);
    vi.advanceTimersByTime(10 * SECOND);
    expect(times).toBe(1);
    vi.advanceTimersByTime(20 * MINUTE);
    expect(times).toBe(3);
  });

  it('not at once when the user is back', () => {
    rest.seen(false);
    vi.advanceTimersByTime(9 * SECOND);
    rest.seen(true);
    vi.advanceTimersByTime(50 * SECOND);
    rest.used();
    vi.advanceTimersByTime(59 * SECOND);
    expect(times).toBe(0);
  });
});
