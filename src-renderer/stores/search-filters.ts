import { unspaced } from '../../src-shared/model/scripts';

/** When a message was written: any time, since the start of a period that goes on, or from day to day. */
export type DateFilter =
  | { readonly is: 'any' | 'today' | 'week' | 'month' | 'year' }
  /** Local days as `2026-11-25`; either may be open. */
  | { readonly is: 'range'; readonly from: string; readonly to: string };

/** Who wrote: in a room one of those who speak there, elsewhere one of those to whom we write. */
export type Sender =
  | { readonly is: 'anyone' | 'them' | 'me' }
  | { readonly is: 'nick'; readonly nick: string }
  | { readonly is: 'person'; readonly jid: string };

export interface Filters {
  readonly peer: string | null;
  readonly sender: Sender;
  readonly has: 'link' | 'file' | null;
  readonly date: DateFilter;
}
export const noFilters: Filters = {
  peer: null,
  sender: { is: 'anyone' },
  has: null,
  date: { is: 'any' },
};

/**
 * A change of some; who it was is chosen anew in another conversation.
 * @param unfiltered what it is where nothing is narrowed: the very same object is answered then
 */
export const withChange = (filters: Filters, part: Partial<Filters>, unfiltered: Filters): Filters => {
  const moved = part.peer !== undefined && part.peer !== filters.peer;
  const named = filters.sender.is === 'nick' || filters.sender.is === 'person';
  const next = { ...filters, ...(moved && named ? { sender: noFilters.sender } : {}), ...part };
  const none =
    next.peer === unfiltered.peer &&
    next.sender.is === 'anyone' &&
    next.has === null &&
    next.date.is === 'any';
  return none ? unfiltered : next;
};

/** In which conversation, in which direction and under which nick. */
export const whereAndWho = ({
  peer,
  sender,
}: Filters): {
  readonly peer: string | null;
  readonly direction: 'in' | 'out' | null;
  readonly nick: string | null;
} => {
  switch (sender.is) {
    case 'anyone':
      return { peer, direction: null, nick: null };
    case 'them':
      return { peer, direction: 'in', nick: null };
    case 'me':
      return { peer, direction: 'out', nick: null };
    case 'nick':
      return { peer, direction: null, nick: sender.nick };
    case 'person':
      return { peer: sender.jid, direction: 'in', nick: null };
  }
};

const oneIsWord = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]`, 'u');

/** Two characters, or one of a script without spaces. */
export const isSearchable = (text: string): boolean => oneIsWord.test(text) || [...text].length >= 2;

/** The beginning of a local day, `2026-11-25`; null where that is none. */
export const localDay = (text: string): Date | null => {
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
