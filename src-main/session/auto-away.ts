import type { OwnPresence, PresenceKind, ShownPresence } from '../../src-shared/model/presence';
import type { Settings } from '../../src-shared/model/settings';
import type { Clock, System, Timer } from '../ports';

/**
 * Away by itself, while nobody is at the computer. What was chosen stays what it is: this stands before it, and goes.
 *
 *   here ──idle, or locked──▶ away ──idle for longer──▶ extended away
 *    ▲ ▲                       │  │                        │      │
 *    │ └──touched, unlocked────┴──│────────────────────────┘      │
 *    └────touched──── dismissed ◀─┴──the user chose a presence────┘
 */
export interface AutoAway {
  /** What contacts see of a presence. One that says more than "here" is never replaced. */
  over(presence: OwnPresence): ShownPresence;
  /** Null: what was chosen holds. */
  absence(presence: OwnPresence): 'away' | 'xa' | null;
  /** From now on; `onChange` tells when it is another. */
  watch(): void;
  stop(): void;
  /** The user chose a presence: it holds until the computer was touched and left again. */
  dismiss(): void;
}

type Absence = { readonly kind: 'away' | 'xa'; readonly since: number };

/** Asking costs microseconds. Somebody who comes back is not to wait for it. */
const HERE_MS = 5_000;
const GONE_MS = 1_000;
const MINUTE_MS = 60_000;

/** What it may stand before. */
const replaced: readonly PresenceKind[] = ['online', 'chat'];

export const createAutoAway = (
  { clock, system }: { readonly clock: Clock; readonly system: Pick<System, 'idleSeconds' | 'onLock'> },
  settings: () => Settings,
  onChange: () => void,
): AutoAway => {
  let state: Absence | null = null;
  let dismissed = false;
  /** Monotonic; null: it is not. */
  let lockedAt: number | null = null;
  let timer: Timer | null = null;
  let unlisten: (() => void) | null = null;

  const idleMs = (): number => {
    const locked = lockedAt === null ? 0 : clock.monotonic() - lockedAt;
    return Math.max((system.idleSeconds() ?? 0) * 1_000, locked);
  };
  const kindFor = (idle: number): 'away' | 'xa' | null => {
    const { autoAway, autoAwayMinutes, autoXa, autoXaMinutes, awayOnLock } = settings();
    if (autoXa && idle >= autoXaMinutes * MINUTE_MS) return 'xa';
    if (autoAway && idle >= autoAwayMinutes * MINUTE_MS) return 'away';
    return awayOnLock && lockedAt !== null ? 'away' : null;
  };
  const look = (): void => {
    const idle = idleMs();
    const kind = kindFor(idle);
    if (kind === null) dismissed = false;
    const before = state;
    if (kind === null || dismissed) state = null;
    else state = { kind, since: state?.since ?? clock.now() - idle };
    if (state?.kind !== before?.kind) onChange();
  };
  const lookAgain = (): void => {
    look();
    timer = clock.after(state || dismissed ? GONE_MS : HERE_MS, lookAgain);
  };
  const stop = (): void => {
    timer?.cancel();
    unlisten?.();
    timer = unlisten = null;
    // The next watch is told whether it is.
    lockedAt = null;
    state = null;
    dismissed = false;
  };
  const covers = (presence: OwnPresence): Absence | null => (replaced.includes(presence.kind) ? state : null);

  return {
    over: (presence) => {
      const absence = covers(presence);
      return absence ? { ...presence, kind: absence.kind, idleSince: absence.since } : presence;
    },
    absence: (presence) => covers(presence)?.kind ?? null,
    watch() {
      if (timer) return;
      unlisten = system.onLock((locked) => {
        lockedAt = locked ? (lockedAt ?? clock.monotonic()) : null;
        look();
      });
      lookAgain();
    },
    stop,
    dismiss() {
      dismissed = dismissed || state !== null;
      state = null;
    },
  };
};
