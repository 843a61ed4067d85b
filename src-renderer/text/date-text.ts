import { dateLocale } from '../stores/formats';
import type { Locale } from '../../src-shared/i18n';

/** A whole date as the language writes it in figures, and back: 23/04/1990, 23.04.1990, 1990/04/23. */
export interface DateText {
  /** @param iso `1990-04-23`; anything else stays as it is */
  readonly format: (iso: string) => string;
  /** The date as `1990-04-23`; what is none stays as it was written. */
  readonly parse: (text: string) => string;
}

const iso = /^(\d{4})-(\d{2})-(\d{2})$/u;
/** Arabic figures are typed too, and those of a Chinese keyboard. */
const latin = (text: string): string =>
  text.normalize('NFKC').replace(/[\u0660-\u0669]/gu, (figure) => String(figure.charCodeAt(0) - 0x660));

/** Null: there is no such day. */
const isoOf = (year: number, month: number, day: number): string | null => {
  const at = new Date(Date.UTC(year, month - 1, day));
  const is = year >= 1000 && year <= 9999 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return is ? at.toISOString().slice(0, 10) : null;
};

export const createDateText = (locale: Locale): DateText => {
  const figures = new Intl.DateTimeFormat(dateLocale(locale), {
    ...{ day: '2-digit', month: '2-digit', year: 'numeric' },
    ...{ timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' },
  });
  const order = figures
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type) => type !== 'literal');
  return {
    format: (text) => {
      const [, year = '', month = '', day = ''] = iso.exec(text) ?? [];
      const whole = isoOf(Number(year), Number(month), Number(day));
      // Its marks of direction are none of what is typed.
      return whole === null ? text : figures.format(new Date(whole)).replace(/\p{Cf}/gu, '');
    },
    parse: (text) => {
      const parts = latin(text).trim();
      if (iso.test(parts)) return parts;
      const numbers = /^(\d+)\D+(\d+)\D+(\d+)\D*$/u.exec(parts)?.slice(1).map(Number) ?? [];
      // Whoever begins with a year goes on so, in any language.
      const as = (numbers[0] ?? 0) > 999 ? (['year', 'month', 'day'] as const) : order;
      const of = (type: 'year' | 'month' | 'day'): number => numbers[as.indexOf(type)] ?? 0;
      return isoOf(of('year'), of('month'), of('day')) ?? text;
    },
  };
};
