import type { HistoryWork } from '../../../src-shared/model/history';
import type { Clock } from '../../ports';

/** An event for every step would be more than anybody can see: five a second. */
const tellMs = 200;

/**
 * An export or a deletion:
 *
 *   running ──end──▶ done | cancelled | failed
 */
export interface Work {
  /** Somebody asked to stop: what is under way ends as soon as it can. */
  readonly stopped: boolean;
  readonly done: number;
  stop(): void;
  advance(by: number): void;
  /** True when so much time has gone by that it should be told again; tells. */
  due(): boolean;
  end(
    state: Exclude<HistoryWork['state'], 'running'>,
    more?: Partial<Pick<HistoryWork, 'file' | 'reason'>>,
  ): void;
}

export function startWork(
  kind: HistoryWork['kind'],
  total: number | null,
  clock: Pick<Clock, 'monotonic'>,
  tell: (work: HistoryWork) => void,
): Work {
  let done = 0;
  let stopped = false;
  let told = clock.monotonic();
  const say = (state: HistoryWork['state'], file: string | null, reason: string | null): void => {
    told = clock.monotonic();
    // Messages that came meanwhile are exported too.
    tell({ kind, state, done, total: total === null ? null : Math.max(total, done), file, reason });
  };
  const due = (): boolean => {
    if (clock.monotonic() - told < tellMs) return false;
    say('running', null, null);
    return true;
  };
  say('running', null, null);
  return {
    get stopped() {
      return stopped;
    },
    get done() {
      return done;
    },
    stop: () => {
      stopped = true;
    },
    advance: (by) => {
      done += by;
      due();
    },
    due,
    end: (state, { file = null, reason = null } = {}) => {
      say(state, file, reason);
    },
  };
}
