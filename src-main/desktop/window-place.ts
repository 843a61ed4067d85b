export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** What is kept about the window from one start to the next. */
export interface WindowPlace {
  /** Without maximizing, in DIP; null before the first time. */
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
  /** Whether the user has been told why closing minimises. */
  readonly toldTaskbar: boolean;
}

export const MIN_SIZE = { width: 360, height: 480 } as const;
const DEFAULT_SIZE = { width: 1120, height: 740 } as const;
/** Of a window with one conversation. */
export const CHAT_SIZE = { width: 520, height: 640 } as const;
/** So far a window is from the one that it would cover. */
const STEP = 28;
/** So much of the title bar has to be on a screen, else the window could not be dragged back. */
const GRIP = { width: 120, height: 32 } as const;

export const noPlace: WindowPlace = { bounds: null, maximized: false, toldTaskbar: false };

/** What the kept file says, or `noPlace` where it says nothing that can be understood. */
export const parsePlace = (text: string | null): WindowPlace => {
  if (text === null) return noPlace;
  try {
    const { bounds, maximized, toldTaskbar } = JSON.parse(text) as Partial<
      Record<keyof WindowPlace, unknown>
    >;
    return {
      bounds: isRectangle(bounds) ? bounds : null,
      maximized: maximized === true,
      toldTaskbar: toldTaskbar === true,
    };
  } catch {
    return noPlace;
  }
};

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Partial<Record<keyof Rectangle, unknown>>;
  const sane = (one: unknown): one is number => Number.isInteger(one) && Math.abs(one as number) < 100_000;
  return sane(x) && sane(y) && sane(width) && sane(height) && width > 0 && height > 0;
}

/**
 * Where the window opens: where it was, if its title bar is in reach there, else in the middle of the first screen.
 *
 * @param areas the work areas of all screens, the primary one first
 * @param size what it has the first time
 */
export const placeOn = (
  areas: readonly Rectangle[],
  kept: Rectangle | null,
  size: { readonly width: number; readonly height: number } = DEFAULT_SIZE,
): Rectangle => {
  const area = areas[0] ?? { x: 0, y: 0, ...size };
  if (!kept) return centred(area, size);
  const home = areas.find((one) => isGrippable(one, kept));
  if (!home) return centred(area, kept);
  return {
    ...kept,
    width: clamp(kept.width, MIN_SIZE.width, home.width),
    height: clamp(kept.height, MIN_SIZE.height, home.height),
  };
};

/** The same place, moved on until it covers none of the others' title bars. */
export const besides = (place: Rectangle, others: readonly Rectangle[]): Rectangle => {
  const covers = ({ x, y }: Rectangle): boolean =>
    Math.abs(x - place.x) < STEP && Math.abs(y - place.y) < STEP;
  const hidden = others.filter(covers);
  if (hidden.length === 0) return place;
  const rest = others.filter((other) => !covers(other));
  return besides({ ...place, x: place.x + STEP, y: place.y + STEP }, rest);
};

function isGrippable(area: Rectangle, window: Rectangle): boolean {
  const across =
    Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x) >=
    Math.min(GRIP.width, window.width);
  return across && window.y >= area.y - 1 && window.y + GRIP.height <= area.y + area.height;
}

function centred(area: Rectangle, size: { readonly width: number; readonly height: number }): Rectangle {
  const width = clamp(size.width, MIN_SIZE.width, area.width);
  const height = clamp(size.height, MIN_SIZE.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number): number =>
  Math.max(Math.min(value, Math.max(high, low)), low);
