import type { Clock, Timer } from '../../src-main/ports';

/** Time that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 0;
  #waiting: { at: number; run: () => void }[] = [];

  /** `epoch` is what `now()` says at the start; it can be set to jump while `monotonic()` goes on evenly (R11). */
  constructor(public epoch = Date.UTC(2026, 0, 1)) {}

  now = (): number => this.epoch + this.#now;
  monotonic = (): number => this.#now;

  after = (ms: number, run: () => void): Timer => {
    const entry = { at: this.#now + ms, run };
    this.#waiting.push(entry);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((one) => one !== entry);
      },
    };
  };

  /** How many timers wait. */
  get timers(): number {
    return this.#waiting.length;
  }

  /** Milliseconds until the next timer is due, or null. */
  get next(): number | null {
    return this.#waiting.length === 0 ? null : Math.min(...this.#waiting.map(({ at }) => at)) - this.#now;
  }

  /** Lets `ms` pass; what is due runs in its order, and promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#waiting = this.#waiting.filter((one) => one !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets promises that are ready settle. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
