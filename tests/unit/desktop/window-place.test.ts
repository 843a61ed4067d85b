import { describe, expect, it } from 'vitest';
import { besides, MIN_SIZE, noPlace, parsePlace, placeOn } from '../../../src-main/desktop/window-place';

const laptop = { x: 0, y: 27, width: 1440, height: 873 };
const left = { x: -1920, y: 0, width: 1920, height: 1080 };

describe('a window beside others', () => {
  const place = { x: 100, y: 100, width: 520, height: 640 };
  it('stays where it is as long as it covers no title bar', () => {
    expect(besides(place, [])).toEqual(place);
    expect(besides(place, [{ ...place, x: 700 }])).toEqual(place);
  });
  it('steps aside, of each of them', () => {
    const second = besides(place, [place]);
    expect(second).toEqual({ ...place, x: 128, y: 128 });
    expect(besides(place, [second, place])).toEqual({ ...place, x: 156, y: 156 });
  });
});

describe('the place of the window', () => {
  it('is the middle of the first screen at first', () => {
    expect(placeOn([laptop], null)).toEqual({ x: 160, y: 94, width: 1120, height: 740 });
  });

  it('is where it was, on whichever screen', () => {
    const kept = { x: -1800, y: 40, width: 900, height: 700 };
    expect(placeOn([laptop, left], kept)).toEqual(kept);
  });

  it('may hang over an edge, so long as its title bar can be taken hold of', () => {
    const over = { x: 1300, y: 400, width: 900, height: 700 };
    expect(placeOn([laptop], over)).toEqual(over);
    expect(placeOn([laptop], { ...over, x: 1400 }).x).toBe(270);
    expect(placeOn([laptop], { ...over, y: -300 }).y).toBeGreaterThanOrEqual(27);
  });

  it('comes back when its screen is gone, in the size it had', () => {
    expect(placeOn([laptop], { x: -1800, y: 40, width: 900, height: 700 })).toEqual({
      x: 270,
      y: 114,
      width: 900,
      height: 700,
    });
  });

  it('is never larger than its screen, nor smaller than the least', () => {
    expect(placeOn([laptop], { x: 0, y: 27, width: 5000, height: 4000 })).toMatchObject({
      width: 1440,
      height: 873,
    });
    expect(placeOn([laptop], { x: 0, y: 27, width: 10, height: 10 })).toMatchObject(MIN_SIZE);
  });

  it('reads what was kept, and nothing where the file is damaged or strange', () => {
    const place = { bounds: { x: 1, y: 2, width: 300, height: 400 }, maximized: true, toldTaskbar: true };
    expect(parsePlace(JSON.stringify(place))).toEqual(place);
    for (const text of [
      null,
      '',
      '{',
      'null',
      '[]',
      '3',
      '{"bounds":{"x":"1"}}',
      '{"bounds":{"x":1,"y":2,"width":-3,"height":1}}',
    ]) {
      expect(parsePlace(text)).toEqual(noPlace);
    }
  });
});
