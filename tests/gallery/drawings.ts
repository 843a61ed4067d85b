import { pngFrom, type Colour } from '../support/pictures';

/** A shape and its colour; those that come later lie on top. */
type Shape = readonly [covers: (x: number, y: number) => boolean, colour: Colour];
/** Each point is looked at so many times in each direction: edges are not ragged. */
const LOOKS = 4;

const draw = (width: number, height: number, ground: Colour, shapes: readonly Shape[]): Buffer =>
  pngFrom(width, height, (x, y) => {
    const sum = [0, 0, 0];
    for (let n = 0; n < LOOKS ** 2; n++) {
      const [px, py] = [x + ((n % LOOKS) + 0.5) / LOOKS, y + (Math.floor(n / LOOKS) + 0.5) / LOOKS];
      const colour = shapes.findLast(([covers]) => covers(px, py))?.[1] ?? ground;
      for (const part of [0, 1, 2] as const) sum[part]! += colour[part];
    }
    const [red = 0, green = 0, blue = 0] = sum.map((part) => Math.round(part / LOOKS ** 2));
    return [red, green, blue];
  });
const disc =
  (cx: number, cy: number, radius: number) =>
  (x: number, y: number): boolean =>
    Math.hypot(x - cx, y - cy) < radius;
const box =
  (left: number, top: number, width: number, height: number) =>
  (x: number, y: number): boolean =>
    x >= left && x < left + width && y >= top && y < top + height;
/** A triangle that stands on `foot`. */
const peak =
  (cx: number, top: number, foot: number, half: number) =>
  (x: number, y: number): boolean =>
    y < foot && y > top && Math.abs(x - cx) < (half * (y - top)) / (foot - top);

const SIDE = 96;
/** Pictures of people, 96 × 96. */
export const portraits = {
  nora: draw(
    SIDE,
    SIDE,
    [216, 229, 226],
    [
      [peak(52, 18, 62, 34), [250, 250, 246]],
      [(x, y) => x > 52 && peak(52, 18, 62, 34)(x, y), [214, 120, 84]],
      [(x, y) => y > 64 && y < 76 && x > 20 + (y - 64) && x < 80 - (y - 64), [58, 84, 102]],
      [(_, y) => y > 74, [134, 176, 184]],
    ],
  ),
  ingrid: draw(
    SIDE,
    SIDE,
    [176, 208, 226],
    [
      [disc(68, 28, 11), [250, 232, 178]],
      [peak(34, 30, 96, 52), [86, 122, 142]],
      [peak(34, 30, 48, 15), [240, 246, 248]],
      [peak(70, 48, 96, 46), [56, 88, 108]],
    ],
  ),
  tomas: draw(
    SIDE,
    SIDE,
    [234, 220, 196],
    [
      [(x, y) => box(41, 30, 14, 44)(x, y) || disc(48, 30, 7)(x, y), [92, 140, 104]],
      [(x, y) => box(25, 46, 9, 14)(x, y) || box(25, 54, 18, 8)(x, y), [92, 140, 104]],
      [(x, y) => box(62, 38, 9, 14)(x, y) || box(54, 48, 17, 8)(x, y), [92, 140, 104]],
      [(x, y) => y > 70 && y < 88 && Math.abs(x - 48) < 18 - (y - 70) / 4, [186, 96, 66]],
    ],
  ),
} as const;

const INK: Colour = [52, 62, 74];
const SHELF: Colour = [206, 216, 224];
const SPARK: Colour = [196, 79, 17];
/** Hall B from above, with its scanners. */
export const hallPlan = draw(
  640,
  360,
  [246, 242, 234],
  [
    [(x, y) => box(30, 26, 580, 308)(x, y) && !box(36, 32, 568, 296)(x, y), INK],
    [box(216, 32, 6, 120), INK],
    [box(216, 208, 6, 120), INK],
    [box(424, 32, 6, 190), INK],
    [box(222, 250, 130, 6), INK],
    ...[62, 122, 182, 242].map((top): Shape => [box(62, top, 124, 36), SHELF]),
    ...[62, 122, 182].map((top): Shape => [box(460, top, 116, 36), [178, 204, 220]]),
    [box(252, 70, 140, 110), SHELF],
    [box(252, 280, 140, 30), SHELF],
    ...(
      [
        [219, 180],
        [427, 256],
        [427, 130],
      ] as const
    ).map(([cx, cy]): Shape => [disc(cx, cy, 13), SPARK]),
  ],
);
