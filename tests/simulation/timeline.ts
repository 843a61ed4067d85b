import type { Timer } from '../../src-main/ports';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  off: boolean;
}

/** The one time of a simulated world: what is due runs in its order, and everything that follows from it settles in between. */
export class Timeline {
  #now = 0;
  #order = 0;
  readonly #heap: Entry[] = [];
  events = 0;
  /** Another number whenever somebody got or did work for whom time stands still: the store. */
  stirred: () => number = () => 0;

  get now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Timer {
    const entry: Entry = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), run, off: false };
    this.#push(entry);
    return {
      cancel: () => {
        entry.off = true;
      },
    };
  }

  /**
   * Lets time pass until `end`, or until `stop` says so. No turn of the event loop is made: a tick that a microtask asks for
   * comes after all other microtasks, and after those that they bring forth.
   */
  runUntil(end: number, stop: () => boolean = () => false): Promise<void> {
    return new Promise((resolve, reject) => {
      let seen = -1;
      const settle = (): void => {
        queueMicrotask(() => {
          process.nextTick(tick);
        });
      };
      const tick = (): void => {
        try {
          if (seen !== this.stirred()) seen = this.stirred();
          else if (stop() || !this.#step(end)) return resolve();
          settle();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      settle();
    });
  }

  /** Runs what is due next; false: nothing is until `end`. */
  #step(end: number): boolean {
    for (;;) {
      const next = this.#heap[0];
      if (!next || next.at > end) {
        this.#now = Math.max(this.#now, end);
        return false;
      }
      this.#pop();
      if (next.off) continue;
      this.#now = next.at;
      this.events += 1;
      next.run();
      return true;
    }
  }

  #before(a: Entry, b: Entry): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    heap.push(entry);
    for (let i = heap.length - 1; i > 0;) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (!parent || !this.#before(entry, parent)) break;
      heap[i] = parent;
      heap[up] = entry;
      i = up;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const down of [2 * i + 1, 2 * i + 2]) {
        const [a, b] = [heap[down], heap[least]];
        if (a && b && this.#before(a, b)) least = down;
      }
      const [one, other] = [heap[i], heap[least]];
      if (least === i || !one || !other) return;
      heap[i] = other;
      heap[least] = one;
      i = least;
    }
  }
}
