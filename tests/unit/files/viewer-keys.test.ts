import { describe, expect, it } from 'vitest';
import { viewerAct } from '../../../src-renderer/features/files/viewer-keys';

describe('keys where a picture is looked at', () => {
  it('arrows go to the one before and after, where the window’s direction has them', () => {
    expect(viewerAct('ArrowRight', false, false)).toEqual({ is: 'go', by: 1 });
    expect(viewerAct('ArrowRight', false, true)).toEqual({ is: 'go', by: -1 });
    expect(viewerAct('ArrowUp', false, false)).toBeNull();
  });

  it('arrows move a large one the way they point, in every direction of writing', () => {
    for (const rtl of [false, true]) {
      expect(viewerAct('ArrowLeft', true, rtl)).toEqual({ is: 'pan', x: -0.2, y: 0 });
      expect(viewerAct('ArrowDown', true, rtl)).toEqual({ is: 'pan', x: 0, y: 0.2 });
    }
  });

  it('plus and minus change its size, whatever it is', () => {
    expect([true, false].map((large) => viewerAct('=', large, false))).toEqual(
      Array(2).fill({ is: 'zoom', by: 1 }),
    );
    expect(viewerAct('x', true, false)).toBeNull();
  });
});
