import type { Clock } from '../../src-main/ports';
import { realClock } from './real-clock';

/** Time as it is, of which so much can be left out. */
export interface LeapingClock extends Clock {
  /** So many milliseconds have passed; what was due in them runs now, in its order. */
  leap(ms: number): void;
}

export const leapingClock = (): LeapingClock => {
  let left = 0;
  const waiting = new Set<{ readonly due: number; readonly run: () => void }>();
  const monotonic = (): number => realClock.monotonic() + left;
  return {
    now: () => realClock.now() + left,
    monotonic,
    after: (ms, run) => {
      const one = {
        due: monotonic() + ms,
        run: () => {
          waiting.delete(one);
          timer.cancel();
          run();
        },
      };
      const timer = realClock.after(ms, one.run);
      waiting.add(one);
      return {
        cancel: () => {
          waiting.delete(one);
          timer.cancel();
        },
      };
    },
    leap(ms) {
      left += ms;
      const due = [...waiting].filter((one) => one.due <= monotonic()).sort((a, b) => a.due - b.due);
      for (const one of due) if (waiting.has(one)) one.run();
    },
  };
};
