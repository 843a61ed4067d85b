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
  /** Whether somebody is at work for whom time stands still: the store. */
  busy: () => boolean = () => false;

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

  /** Lets time pass until `end`, or until `stop` says so. */
  async runUntil(end: number, stop: () => boolean = () => false): Promise<void> {
    await this.#settle();
    while (!stop()) {
      const next = this.#heap[0];
      if (!next || next.at > end) {
        this.#now = Math.max(this.#now, end);
        return;
      }
      this.#pop();
      if (next.off) continue;
      this.#now = next.at;
      this.events += 1;
      next.run();
      await this.#settle();
    }
  }

  /** Promises that are ready settle, and what waits for a turn of the loop. */
  async #settle(): Promise<void> {
    do await immediate();
    while (this.busy());
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

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
