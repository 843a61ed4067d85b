/** Fallback indication, XEP-0428. */
import { attr, children, xml, type Element } from '../element';

const FALLBACK = 'urn:xmpp:fallback:0';

/** The body is there for clients that do not know this extension. */
export const fallbackFor = (namespace: string): Element =>
  xml('fallback', { xmlns: FALLBACK, for: namespace });

/** §3: only that part of the body is, in code points. */
export const fallbackRange = (namespace: string, start: number, end: number): Element =>
  xml(
    'fallback',
    { xmlns: FALLBACK, for: namespace },
    xml('body', { start: String(start), end: String(end) }),
  );

/** Nobody needs more than one or two. */
const MAX_RANGES = 10;
const place = /^\d{1,7}$/;

interface Range {
  readonly start: number;
  readonly end: number;
}
const rangeOf = (body: Element): Range | null => {
  const [start, end] = [attr(body, 'start') ?? '', attr(body, 'end') ?? ''];
  return place.test(start) && place.test(end) ? { start: Number(start), end: Number(end) } : null;
};

/**
 * The body without the parts that are there for clients that do not know `namespace`, and those parts (null: there are none).
 * Ranges that lie outside, or over each other, take nothing away; nor do those that would leave nothing to be read.
 */
export const withoutFallback = (
  message: Element,
  body: string,
  namespace: string,
): { readonly body: string; readonly fallback: string | null } => {
  const whole = { body, fallback: null };
  const ranges = children(message, 'fallback', FALLBACK)
    .filter((one) => attr(one, 'for') === namespace)
    .flatMap((one) => children(one, 'body', FALLBACK))
    .map(rangeOf)
    .toSorted((a, b) => (a?.start ?? 0) - (b?.start ?? 0));
  if (ranges.length === 0 || ranges.length > MAX_RANGES) return whole;
  const points = [...body];
  let left = '';
  let taken = '';
  let at = 0;
  for (const range of ranges) {
    if (!range || range.start < at || range.end < range.start || range.end > points.length) return whole;
    left += points.slice(at, range.start).join('');
    taken += points.slice(range.start, range.end).join('');
    at = range.end;
  }
  left += points.slice(at).join('');
  return left.trim() === '' ? whole : { body: left, fallback: taken };
};

/** Whether the body is for clients that do not know `namespace`, and nothing else: what is told of no part of it is told of all (§3). */
export const isAllFallback = (message: Element, body: string, namespace: string): boolean => {
  const told = children(message, 'fallback', FALLBACK).filter((one) => attr(one, 'for') === namespace);
  if (told.length === 0) return false;
  const parts = told.flatMap((one) => children(one, 'body', FALLBACK));
  if (parts.length === 0 || parts.some((part) => attr(part, 'start') === undefined)) return true;
  const points = [...body];
  for (const range of parts.slice(0, MAX_RANGES).map(rangeOf))
    if (range) points.fill('', Math.min(range.start, points.length), range.end);
  return points.join('').trim() === '';
};
