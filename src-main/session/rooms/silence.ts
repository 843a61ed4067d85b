import type { Clock, Timer } from '../../ports';

/** XEP-0410 §3.1: so long a room may be silent before it is asked. */
const SILENCE_MS = 300_000;

export interface Silence {
  /** From now on what is not heard counts. */
  start(): void;
  heard(): void;
  /** Milliseconds since the room was heard last. */
  readonly lasts: number;
  stop(): void;
}

/** Notices that a room has been silent for long, again and again as long as it is. */
export const createSilence = (clock: Clock, onSilence: () => void): Silence => {
  let timer: Timer | null = null;
  let lastHeard = -Infinity;
  const heard = (): void => {
    lastHeard = clock.monotonic();
  };
  const lasts = (): number => clock.monotonic() - lastHeard;
  const listen = (ms: number): void => {
    timer?.cancel();
    timer = clock.after(ms, () => {
      const left = SILENCE_MS - lasts();
      listen(left > 0 ? left : SILENCE_MS);
      if (left <= 0) onSilence();
    });
  };
  return {
    start() {
      heard();
      listen(SILENCE_MS);
    },
    heard,
    get lasts() {
      return lasts();
    },
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
};
