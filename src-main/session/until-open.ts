import type { Clock, System, Timer } from '../ports';
import { StoreError } from '../store/store';
import { diskReason } from './disk-error';

/** Why it is not open, and in how many milliseconds it is tried again; null: it is being tried, or somebody has to do something. */
export interface Refusal {
  readonly reason: StoreError['reason'];
  readonly retryIn: number | null;
}

/** What is opened again and again until it is. */
export interface UntilOpen<T> {
  /** Null while it is open, or tried for the first time. */
  refusal(): Refusal | null;
  /** What the present try, or the last one, gives. Rejects with StoreError. */
  latest(): Promise<T>;
  /** Tries now, instead of when it is due. */
  again(): void;
  /** No more tries. Gives what is open, once it is known whether it is. */
  stop(): Promise<T | null>;
}

export interface UntilOpenParts<T> {
  readonly clock: Clock;
  readonly system: Pick<System, 'onWake' | 'onNetwork' | 'onLock'>;
  readonly open: () => Promise<T>;
  /** Whether it is tried again without being asked to. */
  readonly byItself: (reason: StoreError['reason']) => boolean;
  readonly onOpen: (opened: T) => void;
  /** It was refused, or is tried again. */
  readonly onChange: () => void;
}

/**
 *   trying ──opened──▶ open
 *    │  ▲
 *    │  └──a while, wake, unlocked, network, again──┐
 *    └──refused──▶ waiting ─────────────────────────┘       any ──stop──▶ stopped
 */
type State<T> =
  | { readonly is: 'trying'; readonly work: Promise<T>; readonly before: StoreError | null }
  | {
      readonly is: 'waiting';
      readonly error: StoreError;
      /** Null: it waits for somebody. */
      readonly timer: Timer | null;
      readonly due: number;
    }
  | { readonly is: 'open'; readonly value: T }
  | { readonly is: 'stopped' };

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

const asStoreError = (error: unknown): StoreError =>
  error instanceof StoreError ? error : new StoreError(diskReason(error) ?? 'io', String(error));

/** Opens something of the disk; where the disk refuses, again by itself until there is room (R12). */
export const untilOpen = <T>(parts: UntilOpenParts<T>): UntilOpen<T> => {
  const { clock, system } = parts;
  let tries = 0;

  const attempt = (before: StoreError | null): State<T> => {
    const work = parts.open();
    const mine: State<T> = { is: 'trying', work, before };
    work.then(
      (value) => {
        if (state !== mine) return;
        state = { is: 'open', value };
        unwatch();
        parts.onOpen(value);
      },
      (error: unknown) => {
        if (state !== mine) return;
        state = wait(asStoreError(error));
        parts.onChange();
      },
    );
    return mine;
  };
  const wait = (error: StoreError): State<T> => {
    const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++);
    const timer = parts.byItself(error.reason) ? clock.after(delay, again) : null;
    return { is: 'waiting', error, timer, due: clock.monotonic() + delay };
  };
  const again = (): void => {
    if (state.is !== 'waiting') return;
    state.timer?.cancel();
    state = attempt(state.error);
    parts.onChange();
  };
  const ends = [
    system.onWake(again),
    // It comes and goes: who is to be asked is not asked each time.
    system.onNetwork((up) => {
      if (up && state.is === 'waiting' && state.timer) again();
    }),
    system.onLock((locked) => {
      if (!locked) again();
    }),
  ];
  const unwatch = (): void => {
    for (const end of ends) end();
  };
  let state: State<T> = attempt(null);

  return {
    refusal() {
      if (state.is === 'trying' && state.before) return { reason: state.before.reason, retryIn: null };
      if (state.is !== 'waiting') return null;
      const { error, timer, due } = state;
      return { reason: error.reason, retryIn: timer && Math.max(0, Math.round(due - clock.monotonic())) };
    },
    latest() {
      if (state.is === 'trying')
        return state.work.catch((error: unknown) => {
          throw asStoreError(error);
        });
      if (state.is === 'open') return Promise.resolve(state.value);
      return Promise.reject(
        state.is === 'waiting' ? state.error : new StoreError('closed', 'the account was closed'),
      );
    },
    again,
    async stop() {
      const before = state;
      state = { is: 'stopped' };
      unwatch();
      if (before.is === 'waiting') before.timer?.cancel();
      if (before.is === 'trying') return before.work.catch(() => null);
      return before.is === 'open' ? before.value : null;
    },
  };
};
