import type { Locale } from '../../src-shared/i18n';
import { isolate } from '../../src-shared/i18n/bidi';
import { directionOf } from '../../src-shared/i18n/locales';
import type { HourCycle } from '../../src-shared/model/hour-cycle';

export interface Formats {
  /** 09:31, 9:31 am */
  readonly time: (at: number) => string;
  /** Today the time, within a week the weekday, else the date. */
  readonly brief: (at: number, now?: number) => string;
  /** 24 Nov 2026 */
  readonly date: (at: number) => string;
  /** 12 MB, 1.5 GB */
  readonly size: (bytes: number) => string;
  /** Two sizes that differ, in units that show that they do. */
  readonly sizes: (one: number, other: number) => readonly [string, string];
  /** Date and time in full, for titles and screen readers. */
  readonly full: (at: number) => string;
  /** 5 minutes ago, yesterday, 3 months ago */
  readonly ago: (at: number, now: number) => string;
  /** The day of the week, 0 is Sunday: Mon */
  readonly weekday: (day: number) => string;
  readonly number: (value: number) => string;
  /** 7, 99+: as much as there is room for */
  readonly badge: (value: number) => string;
  readonly percent: (value: number) => string;
  /** English (United States) */
  readonly language: (tag: string) => string;
  /** "A, B and C" */
  readonly list: (words: readonly string[]) => string;
}

const day = 86_400_000;
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const steps = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', 3_600_000],
] as const;
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** English dates in the order that most of the world writes them: 24 November. */
export const dateLocale = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale);

/** A Chinese word between Latin ones has a space on either side, which Intl leaves out. */
const spaced = (parts: readonly { readonly type: string; readonly value: string }[]): string => {
  const isLatin = (text: string | undefined): boolean => /\p{Script=Latin}/u.test(text ?? '');
  return parts
    .map(({ type, value }, at) => {
      if (type === 'element' || !/\p{Script=Han}/u.test(value)) return value;
      const [before, after] = [parts[at - 1]?.value.at(-1), parts[at + 1]?.value.at(0)];
      return `${isLatin(before) ? ' ' : ''}${value}${isLatin(after) ? ' ' : ''}`;
    })
    .join('');
};

/** Times and numbers as the language writes them, hours as the system counts them. */
export const createFormats = (language: Locale, hourCycle: HourCycle = 'h23'): Formats => {
  const locale = dateLocale(language);
  const hour = hourCycle === 'h12' ? 'numeric' : '2-digit';
  const time = new Intl.DateTimeFormat(locale, { hour, minute: '2-digit', hourCycle });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const dayName = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dated = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', hourCycle });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const sizes = units.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        // The short form of the smallest one has no plural.
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  );
  const size = (bytes: number): string => {
    const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)));
    return sizes[power]?.format(bytes / 1000 ** power) ?? '';
  };
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const direction = directionOf(locale);
  return {
    time: (at) => time.format(at),
    brief: (at, now = Date.now()) => {
      const age = startOfDay(now) - startOfDay(at);
      if (age <= 0) return time.format(at);
      if (age < 7 * day) return weekday.format(at);
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? date.format(at) : dated.format(at);
    },
    date: (at) => dated.format(at),
    size,
    sizes: (one, other) => {
      const [first, second] = [size(one), size(other)];
      const exact = (bytes: number): string => sizes[0]?.format(bytes) ?? '';
      return first === second && one !== other ? [exact(one), exact(other)] : [first, second];
    },
    full: (at) => full.format(at),
    ago: (at, now) => {
      const age = Math.max(0, now - at);
      const [unit, ms] = steps.find(([, length]) => age >= length) ?? (['minute', 60_000] as const);
      return relative.format(-Math.floor(age / ms), unit);
    },
    // 4 January 1970 was a Sunday.
    weekday: (index) => dayName.format((3 + index) * day),
    number: (value) => number.format(value),
    badge: (value) => (value > 99 ? `${number.format(99)}+` : number.format(value)),
    percent: (value) => percent.format(value / 100),
    language: (tag) => languages.of(tag) ?? tag,
    list: (words) => spaced(list.formatToParts(words.map((word) => isolate(word, direction)))),
  };
};
