import { unspaced } from '../../src-shared/model/scripts';

/** When a message was written: any time, since the start of a period that goes on, or from day to day. */
export type DateFilter =
  | { readonly is: 'any' | 'today' | 'week' | 'month' | 'year' }
  /** Local days as `2026-11-25`; either may be open. */
  | { readonly is: 'range'; readonly from: string; readonly to: string };

export interface Filters {
  readonly peer: string | null;
  readonly direction: 'in' | 'out' | null;
  readonly has: 'link' | 'file' | null;
  readonly date: DateFilter;
}
export const noFilters: Filters = { peer: null, direction: null, has: null, date: { is: 'any' } };

const oneIsWord = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]`, 'u');

/** Two characters, or one of a script without spaces. */
export const isSearchable = (text: string): boolean => oneIsWord.test(text) || [...text].length >= 2;

const localDay = (text: string): Date | null => {
  const [, year, month, day] = /^(\d{4,6})-(\d\d)-(\d\d)$/u.exec(text) ?? [];
  return day === undefined ? null : new Date(Number(year), Number(month) - 1, Number(day));
};

/** The first and the last millisecond, null where it is open. Days and months are local ones. */
export const dateRange = (
  date: DateFilter,
  now: number,
): { readonly from: number | null; readonly to: number | null } => {
  const today = new Date(new Date(now).setHours(0, 0, 0, 0));
  const back = (change: (day: Date) => void): { from: number; to: null } => {
    change(today);
    return { from: today.getTime(), to: null };
  };
  switch (date.is) {
    case 'any':
      return { from: null, to: null };
    case 'today':
      return back(() => undefined);
    case 'week':
      return back((day) => day.setDate(day.getDate() - 6));
    case 'month':
      return back((day) => day.setMonth(day.getMonth() - 1));
    case 'year':
      return back((day) => day.setFullYear(day.getFullYear() - 1));
    case 'range': {
      const end = localDay(date.to);
      end?.setDate(end.getDate() + 1);
      return { from: localDay(date.from)?.getTime() ?? null, to: end ? end.getTime() - 1 : null };
    }
  }
};
