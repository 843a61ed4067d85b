import { describe, expect, it } from 'vitest';
import { placeTip } from '../../../src-renderer/components/tip-place';

const screen = { width: 800, height: 600 };
const tip = { width: 100, height: 24 };

describe('a tip', () => {
  it('stands in the middle below what it is about, or above it', () => {
    const about = { left: 300, top: 200, width: 40, height: 32 };
    expect(placeTip(about, tip, screen, false)).toEqual({ left: 270, top: 236 });
    expect(placeTip(about, tip, screen, true)).toEqual({ left: 270, top: 172 });
  });

  it('takes the other side where there is no room, and stays below where neither has any', () => {
    const low = { left: 300, top: 560, width: 40, height: 32 };
    const high = { ...low, top: 4 };
    expect(placeTip(low, tip, screen, false).top).toBe(532);
    expect(placeTip(high, tip, screen, true).top).toBe(40);
    expect(placeTip({ ...high, height: 590 }, tip, screen, false).top).toBe(598);
  });

  it('stays within the window at its sides', () => {
    const about = { left: 0, top: 200, width: 32, height: 32 };
    expect(placeTip(about, tip, screen, false).left).toBe(8);
    expect(placeTip({ ...about, left: 768 }, tip, screen, false).left).toBe(692);
  });
});
