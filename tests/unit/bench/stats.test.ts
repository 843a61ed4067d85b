import { describe, expect, it } from 'vitest';
import { median, percentile } from '../../bench/stats';

describe('the statistics of the bench', () => {
  it('takes the middle value, whatever the order', () => {
    expect(median([5, 1, 30])).toBe(5);
    expect(median([10, 1, 3, 5])).toBe(4);
    expect(median([7])).toBe(7);
  });

  it('takes percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile([4], 0.95)).toBe(4);
    expect(percentile([1, 2], 0)).toBe(1);
  });

  it('refuses to say anything about nothing', () => {
    expect(() => median([])).toThrow();
    expect(() => percentile([], 0.5)).toThrow();
  });
});
