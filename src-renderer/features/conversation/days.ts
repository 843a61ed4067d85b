import { dateLocale } from '../../stores/formats';
import type { Locale, Translate } from '../../../src-shared/i18n';

const day = 86_400_000;
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** The words of a day line: "Today, 24 November", "Friday 21 November", "3 May 2024". */
export const dayLabel = (at: number, now: number, locale: Locale, t: Translate): string => {
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
  const write = (extra: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(dateLocale(locale), { ...options, ...extra }).format(at);
  // Rounded, for the day on which a clock is put forward has 23 hours.
  const age = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (age === 0) return t('conversation.today', { date: write({}) });
  if (age === 1) return t('conversation.yesterday', { date: write({}) });
  if (new Date(at).getFullYear() !== new Date(now).getFullYear()) return write({ year: 'numeric' });
  return write({ weekday: 'long' });
};
