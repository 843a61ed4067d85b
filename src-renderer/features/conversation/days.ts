import { dateLocale } from '../../stores/formats';
import type { Locale, Translate } from '../../../src-shared/i18n';

const day = 86_400_000;
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const kinds = { day: {}, weekday: { weekday: 'long' }, year: { year: 'numeric' } } as const;

/** Making one is dear, and a day line is drawn again whenever a message comes below it. */
const made = new Map<string, Intl.DateTimeFormat>();
const formatOf = (locale: Locale, kind: keyof typeof kinds): Intl.DateTimeFormat => {
  const key = `${locale} ${kind}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(dateLocale(locale), {
    day: 'numeric',
    month: 'long',
    ...kinds[kind],
  });
  made.set(key, format);
  return format;
};

/** The words of a day line: "Today, 24 November", "Friday 21 November", "3 May 2024". */
export const dayLabel = (at: number, now: number, locale: Locale, t: Translate): string => {
  const write = (kind: keyof typeof kinds): string => formatOf(locale, kind).format(at);
  // Rounded, for the day on which a clock is put forward has 23 hours.
  const age = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (age === 0) return t('conversation.today', { date: write('day') });
  if (age === 1) return t('conversation.yesterday', { date: write('day') });
  return write(new Date(at).getFullYear() === new Date(now).getFullYear() ? 'weekday' : 'year');
};
