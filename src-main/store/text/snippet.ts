import type { Snippet } from '../../../src-shared/model/history';
import { placesOf, type Found, type Term } from './terms';

/** Characters that a snippet shows, and how many of them before the first hit. */
const width = 160;
const before = 40;
/** A cut moves so far to fall between two words. */
const reach = 20;

/**
 * The piece of a text in which most of the terms are found, as it is written but on one line; `…` where it is cut. Without
 * any hit it is the beginning.
 * @param look how much of the text is searched for hits, in UTF-16 units
 */
export function snippetOf(text: string, terms: readonly Term[], look: number): Snippet {
  const places = placesOf(terms, text.slice(0, look));
  const [start, end] = windowOf(text, best(places));
  const head = start > 0 ? '…' : '';
  const tail = end < text.length ? '…' : '';
  const shift = head.length - start;
  return {
    text: head + text.slice(start, end).replace(/\s/g, ' ') + tail,
    marks: joined(places.filter((place) => place.start >= start && place.end <= end)).map(
      (place) => [place.start + shift, place.end + shift] as const,
    ),
  };
}

/** So many hits are compared: a text of nothing but hits must not hold up the rest. */
const mostCompared = 1000;

/** The place from which on a window holds the most different terms; the first of equal ones. */
function best(places: readonly Found[]): number {
  const compared = places.slice(0, mostCompared);
  let chosen = 0;
  let most = 0;
  compared.forEach(({ start }, n) => {
    const inside = new Set<number>();
    for (const place of compared.slice(n, n + width)) {
      if (place.end > start + width - before) break;
      inside.add(place.term);
    }
    if (inside.size > most) [chosen, most] = [start, inside.size];
  });
  return chosen;
}

function windowOf(text: string, hit: number): readonly [start: number, end: number] {
  if (text.length <= width) return [0, text.length];
  const wanted = Math.min(hit - before, text.length - width);
  const start = wanted <= 0 ? 0 : cut(text, wanted, 1);
  return [start, start + width >= text.length ? text.length : cut(text, start + width, -1)];
}

/** A place near `at` after a space; else one that parts no character. */
function cut(text: string, at: number, step: 1 | -1): number {
  for (let n = 0, place = at; n < reach; n++, place += step) {
    if (/\s/.test(text.charAt(place - 1))) return place;
  }
  let place = at;
  while (place > 0 && place < text.length && /^[\udc00-\udfff\p{M}\u200d]/u.test(text.slice(place)))
    place += step;
  return place;
}

/** Ranges that touch or overlap become one. */
function joined(places: readonly Found[]): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of places) {
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}
