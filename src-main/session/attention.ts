import type { NoticeKind } from '../../src-shared/model/notices';
import { isSilent, nextQuietChange, quietUntil } from '../../src-shared/model/quiet-hours';
import type { Settings } from '../../src-shared/model/settings';
import type { Ports, Timer } from '../ports';
import type { Hub } from './hub';

/** Whether the user may be told of anything now: quiet hours, and the lock of the screen. */
export interface Attention {
  start(): void;
  stop(): void;
  /** Epoch milliseconds; null: no quiet hours now. */
  quietUntil(): number | null;
  /** What a notification of this kind may show; null: there is to be none. */
  allows(kind: NoticeKind): { readonly text: boolean; readonly sound: boolean } | null;
  /** Whether anything may be heard. */
  audible(): boolean;
}

/** A clock may be set meanwhile, and timers of more than 24 days do not hold. */
const LONGEST_MS = 3_600_000;

export const createAttention = (
  settings: () => Settings,
  hub: Hub,
  { clock, system }: Pick<Ports, 'clock' | 'system'>,
): Attention => {
  let locked = false;
  let told = { until: null as number | null, silent: false };
  let timer: Timer | null = null;
  const ends: (() => void)[] = [];

  const now = (): number | null => {
    const { quietHours, silentUntil } = settings();
    const at = clock.now();
    if (!isSilent(silentUntil, at)) return quietUntil(quietHours, at);
    // Quiet hours that begin meanwhile go on from there.
    return quietUntil(quietHours, silentUntil) ?? silentUntil;
  };
  const tell = (): void => {
    const until = now();
    const silent = isSilent(settings().silentUntil, clock.now());
    // What the user has asked for ends within quiet hours too.
    if (until === told.until && silent === told.silent) return;
    told = { until, silent };
    hub.emit({ topic: 'app', type: 'quiet', quietUntil: until });
  };
  const look = (): void => {
    timer?.cancel();
    timer = null;
    tell();
    const at = clock.now();
    const { quietHours, silentUntil } = settings();
    const changes = [nextQuietChange(quietHours, at), isSilent(silentUntil, at) ? silentUntil : null];
    const next = Math.min(...changes.filter((change) => change !== null));
    if (next !== Infinity) timer = clock.after(Math.min(LONGEST_MS, next - at), look);
  };

  return {
    start() {
      ends.push(
        system.onLock((is) => {
          locked = is;
        }),
        system.onWake(look),
        hub.listen(({ event }) => {
          // Once this event is told to all: another one in between would come before it.
          if (event.type === 'settings') clock.after(0, look);
        }),
      );
      look();
    },
    stop() {
      timer?.cancel();
      timer = null;
      for (const end of ends.splice(0)) end();
    },
    // Not what the timer has found: a moment that is over counts at once.
    quietUntil: now,
    allows(kind) {
      const { notices, noticesLocked } = settings();
      if (now() !== null || (locked && noticesLocked === 'nothing')) return null;
      const { text, sound } = notices[kind];
      return { text: text && !(locked && noticesLocked === 'no-text'), sound };
    },
    audible: () => now() === null && !(locked && settings().noticesLocked === 'nothing'),
  };
};
