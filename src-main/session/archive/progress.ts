import type { ArchiveState } from '../../../src-shared/model/history';
import type { Clock, Timer } from '../../ports';

/** How far the reading is, told four times a second at most. */
export interface Progress {
  state(): ArchiveState;
  /** There is more than a page of it. */
  begin(): void;
  read(count: number): void;
  /** Null: all that was missing is here. */
  end(refused: string | null): void;
  none(): void;
  unknown(): void;
}

const EVERY_MS = 250;

export const createProgress = (clock: Clock, tell: () => void): Progress => {
  let state: ArchiveState = { is: 'unknown' };
  let timer: Timer | null = null;
  let done = 0;

  const enter = (next: ArchiveState): void => {
    timer?.cancel();
    timer = null;
    const same = JSON.stringify(next) === JSON.stringify(state);
    state = next;
    if (!same) tell();
  };
  return {
    state: () => state,
    begin() {
      if (state.is !== 'reading') enter({ is: 'reading', done });
    },
    read(count) {
      done += count;
      if (state.is !== 'reading') return;
      state = { is: 'reading', done };
      timer ??= clock.after(EVERY_MS, () => {
        timer = null;
        tell();
      });
    },
    end(refused) {
      done = 0;
      enter(refused === null ? { is: 'current' } : { is: 'failed', condition: refused });
    },
    none() {
      enter({ is: 'none' });
    },
    unknown() {
      done = 0;
      enter({ is: 'unknown' });
    },
  };
};
