import { describe, expect, it } from 'vitest';
import { kept, middle, moved, sideOf, squareOf } from '../../../src-renderer/features/settings/crop';
import { MAX_PICKED_BYTES, MAX_PICKED_SIDE, pickedFault } from '../../../src-shared/model/picture-file';
import { pngClaiming, pngOf } from '../../support/pictures';

const wide = { width: 400, height: 200 };

describe('the square that is cut out of a picture', () => {
  it('begins in the middle, as large as it can be', () => {
    expect(squareOf(wide, middle(wide))).toEqual({ left: 100, top: 0, side: 200 });
  });
  it('never leaves the picture, however it is moved or zoomed', () => {
    expect(moved(wide, middle(wide), -5, -5)).toEqual({ x: 100, y: 100, zoom: 1 });
    expect(moved(wide, middle(wide), 5, 5)).toEqual({ x: 300, y: 100, zoom: 1 });
    const near = kept(wide, { x: 399, y: 1, zoom: 2 });
    expect(squareOf(wide, near)).toEqual({ left: 300, top: 0, side: 100 });
    expect(kept(wide, { ...near, zoom: 99 }).zoom).toBe(4);
    expect(kept(wide, { ...near, zoom: 0 }).zoom).toBe(1);
  });
  it('moves by parts of itself: what is near moves slowly', () => {
    const near = kept(wide, { ...middle(wide), zoom: 4 });
    expect(sideOf(wide, 4)).toBe(50);
    expect(moved(wide, near, 0.1, 0).x).toBe(205);
  });
});

describe('a file that is chosen for a picture', () => {
  it('T21 is looked at by its header alone: no other format, not too many bytes, not too many pixels', () => {
    const good = pngOf(64, [1, 2, 3]);
    expect(pickedFault(good.length, good)).toBeNull();
    expect(pickedFault(MAX_PICKED_BYTES + 1, good)).toBe('bytes');
    expect(pickedFault(20, Buffer.from('GIF89a and more bytes'))).toBe('type');
    expect(pickedFault(20, Buffer.from('<svg width="1" height="1"/>'))).toBe('type');
    expect(pickedFault(100, pngClaiming(MAX_PICKED_SIDE + 1, 1))).toBe('pixels');
    expect(pickedFault(100, pngClaiming(10_000, 10_000))).toBe('pixels');
    expect(pickedFault(100, pngClaiming(0, 10))).toBe('pixels');
  });
});
