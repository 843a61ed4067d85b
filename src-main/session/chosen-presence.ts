import {
  savedOf,
  type ClearAfter,
  type OwnPresence,
  type PresenceKind,
  type SavedPresence,
  type ShownPresence,
} from '../../src-shared/model/presence';
import type { Clock, Timer } from '../ports';

/** What the user chooses: a kind, and with it words, or (without `status`) only the kind. */
export interface PresenceChange {
  readonly kind: PresenceKind;
  readonly status?: string | null | undefined;
  /** Without it a text goes when it was to go before. */
  readonly clearAfter?: ClearAfter | undefined;
}

const MINUTE_MS = 60_000;
const lasting = {
  'half-hour': 30 * MINUTE_MS,
  hour: 60 * MINUTE_MS,
  'four-hours': 240 * MINUTE_MS,
} as const;

/** Epoch milliseconds at which a text goes; `today` ends with the day of this computer. */
export const endOf = (clearAfter: ClearAfter, now: number): number | undefined => {
  if (clearAfter === 'never') return undefined;
  return clearAfter === 'today' ? new Date(now).setHours(24, 0, 0, 0) : now + lasting[clearAfter];
};

/**
 * The presence after a choice. A text of one's own outlives a change of the kind; that of a saved message belongs to it. What
 * menus tick as a saved message has its priority, however it came about.
 */
export const chosen = (
  before: OwnPresence,
  { kind, status, clearAfter }: PresenceChange,
  saved: readonly SavedPresence[],
  now: number,
): OwnPresence => {
  const kept = savedOf(before, saved) ? null : before.status;
  const text = (status === undefined ? kept : status)?.trim() || null;
  if (text === null) return { kind, status: null };
  const priority = savedOf({ kind, status: text }, saved)?.priority ?? null;
  const until = clearAfter === undefined ? before.until : endOf(clearAfter, now);
  return {
    kind,
    status: text,
    ...(priority === null ? {} : { priority }),
    ...(until === undefined ? {} : { until }),
  };
};

/** Whether contacts would see no difference. */
export const looksTheSame = (a: ShownPresence, b: ShownPresence): boolean =>
  a.kind === b.kind && a.status === b.status && a.priority === b.priority && a.idleSince === b.idleSince;

/** The clock of the wall may be set and the computer may sleep: it is looked at this often at least. */
const LOOK_MS = MINUTE_MS;

/** Watches for the end of a text that goes by itself. */
export interface StatusEnd {
  /** Looks at once, and from then on until it is time. */
  watch(): void;
  stop(): void;
}

export const createStatusEnd = (clock: Clock, presence: () => OwnPresence, onEnd: () => void): StatusEnd => {
  let timer: Timer | null = null;
  const stop = (): void => {
    timer?.cancel();
    timer = null;
  };
  const watch = (): void => {
    stop();
    const { until } = presence();
    if (until === undefined) return;
    const left = until - clock.now();
    // Over, but still there the next time: it could not be written, and is tried again then.
    timer = clock.after(left <= 0 ? LOOK_MS : Math.min(left, LOOK_MS), watch);
    if (left <= 0) onEnd();
  };
  return { watch, stop };
};
