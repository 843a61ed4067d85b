/** Pure arithmetic of places (R9): which rows may stay, and where the others go. Places are in microseconds. */

/** Something of a conversation in the order of the archive. */
export interface Entry {
  /** Where it stands; null for what is not there yet. */
  readonly sort: number | null;
  /** Epoch milliseconds, the archive's. */
  readonly at: number;
  /** A page of an archive gave it its order before: it stays rather than one that came live. */
  readonly pinned: boolean;
}

/** Whether rows follow what is before them, or precede what is after: from which end they are put at their time. */
export type Side = 'follow' | 'precede';

const lastTime = 8e12;
export const startOf = (at: number): number => Math.min(Math.max(at, 0), lastTime) * 1000;
/** Stamps of whole seconds leave the second open, others the millisecond. */
const endOf = (at: number): number => startOf(at) + (at % 1000 === 0 ? 999_999 : 999);

/** Where a row goes that nothing else holds back. */
export const preferred = (at: number, side: Side): number => (side === 'follow' ? startOf(at) : endOf(at));

/**
 * Which of the entries stand in increasing order between two places already: as many as can be, those pinned before others.
 */
export function staying(entries: readonly Entry[], lower: number, upper: number): readonly boolean[] {
  const stay = entries.map(() => false);
  const pinned = increasing(entries, 0, entries.length, lower, upper, true);
  for (const index of pinned) stay[index] = true;
  // Between two pinned ones those that came live may stay too, where they stand right.
  const bounds = [-1, ...pinned, entries.length];
  bounds.slice(1).forEach((to, n) => {
    const from = bounds[n] ?? -1;
    const low = entries[from]?.sort ?? lower;
    const high = entries[to]?.sort ?? upper;
    for (const index of increasing(entries, from + 1, to, low, high, false)) stay[index] = true;
  });
  return stay;
}

/** Indices of a longest strictly increasing run of places, all between `lower` and `upper`. */
function increasing(
  entries: readonly Entry[],
  from: number,
  to: number,
  lower: number,
  upper: number,
  pinned: boolean,
): readonly number[] {
  // Patience: tails[n] ends the run of n + 1 with the least place.
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  const placeAt = (index: number | undefined) =>
    index === undefined ? lower : (entries[index]?.sort ?? lower);
  for (let index = from; index < to; index++) {
    const entry = entries[index];
    if (entry?.sort == null || entry.pinned !== pinned) continue;
    if (entry.sort <= lower || entry.sort >= upper) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeAt(tails[middle]) < entry.sort) low = middle + 1;
      else high = middle;
    }
    before.set(index, tails[low - 1]);
    tails[low] = index;
  }
  const run: number[] = [];
  for (let index = tails.at(-1); index !== undefined; index = before.get(index)) run.unshift(index);
  return run;
}

/**
 * Places for rows of these times, strictly increasing between `lower` and `upper`, near their times as far as that goes.
 * Null: there is no room for so many.
 */
export function between(
  times: readonly number[],
  lower: number,
  upper: number,
  side: Side,
): readonly number[] | null {
  const count = times.length;
  if (upper - lower - 1 < count) return null;
  const places = times.map((at) => preferred(at, side));
  const up = () => {
    for (let n = 0; n < count; n++) places[n] = Math.max(places[n] ?? 0, (places[n - 1] ?? lower) + 1);
  };
  const down = () => {
    for (let n = count - 1; n >= 0; n--) places[n] = Math.min(places[n] ?? 0, (places[n + 1] ?? upper) - 1);
  };
  // The first pass gives order, the second one pushes back what went over the other edge, and keeps it.
  if (side === 'follow') {
    up();
    down();
  } else {
    down();
    up();
  }
  return places;
}
