/** When nothing is to be shown or heard, by the computer's own clock and calendar. */
export interface QuietHours {
  readonly on: boolean;
  /** Minutes after midnight. An end that is not after the beginning is on the next day. */
  readonly from: number;
  readonly to: number;
  /** The days on which they begin; 0 is Sunday. */
  readonly days: readonly number[];
}

export const defaultQuietHours: QuietHours = {
  on: false,
  from: 22 * 60,
  to: 7 * 60,
  days: [0, 1, 2, 3, 4, 5, 6],
};

/** Days looked ahead: every week is like the next. */
const AHEAD = 8;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The spans that begin yesterday or later, in order; `at` in epoch milliseconds. Made from the day's date and the time on the
 * clock, never by adding hours: a night on which the clock is changed is longer or shorter by itself.
 */
const spansFrom = ({ on, from, to, days }: QuietHours, at: number): readonly Span[] => {
  if (!on) return [];
  const now = new Date(at);
  const moment = (day: number, minutes: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + day, 0, minutes).getTime();
  return Array.from({ length: AHEAD + 2 }, (_, index) => index - 1)
    .filter((day) => days.includes(new Date(moment(day, 0)).getDay()))
    .map((day) => ({ start: moment(day, from), end: moment(to > from ? day : day + 1, to) }));
};

/** Until when it is quiet at `at` (both epoch milliseconds); null: it is not. Spans without a gap between them are one. */
export const quietUntil = (hours: QuietHours, at: number): number | null =>
  spansFrom(hours, at).reduce<number | null>(
    (until, { start, end }) => (start <= (until ?? at) && end > (until ?? at) ? end : until),
    null,
  );

/** The next moment after `at` at which that may change; null: never. */
export const nextQuietChange = (hours: QuietHours, at: number): number | null => {
  const later = spansFrom(hours, at)
    .flatMap(({ start, end }) => [start, end])
    .filter((moment) => moment > at);
  return later.length > 0 ? Math.min(...later) : null;
};

/** The longest that one asks for quiet at a time: what is further away was kept before the clock was set back. */
const LONGEST_SILENCE_MS = 24 * 3_600_000;

/** Whether the user has asked for quiet at `at`, until `until` (both epoch milliseconds). */
export const isSilent = (until: number | null, at: number): until is number =>
  until !== null && until > at && until - at <= LONGEST_SILENCE_MS;
