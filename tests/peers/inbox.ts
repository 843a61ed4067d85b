interface Waiter<T> {
  readonly fits: (item: T) => boolean;
  readonly give: (item: T) => void;
}

/** What has come and nobody has asked for yet, and who waits for what. Each item is taken once. */
export class Inbox<T> {
  private items: T[] = [];
  private waiters: Waiter<T>[] = [];

  constructor(private readonly show: (item: T) => string) {}

  push(item: T): void {
    const index = this.waiters.findIndex((waiter) => waiter.fits(item));
    const [waiter] = index < 0 ? [] : this.waiters.splice(index, 1);
    if (waiter === undefined) this.items.push(item);
    else waiter.give(item);
  }

  /** Everything that nobody has asked for. */
  drain(): readonly T[] {
    return this.items.splice(0);
  }

  /**
   * Takes the first item that fits, waiting for it where it has not come yet.
   *
   * @throws Error that lists what came instead, after `ms` milliseconds
   */
  take(what: string, fits: (item: T) => boolean, ms: number): Promise<T> {
    const index = this.items.findIndex(fits);
    const [item] = index < 0 ? [] : this.items.splice(index, 1);
    if (item !== undefined) return Promise.resolve(item);
    // Made here, so that the stack names the line of the specification.
    const late = new Error();
    return new Promise((resolve, reject) => {
      const waiter: Waiter<T> = {
        fits,
        give: (found) => {
          clearTimeout(timer);
          resolve(found);
        },
      };
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        const seen = this.items.slice(-10).map((one) => `\n  ${this.show(one)}`);
        late.message = `${what} did not come within ${String(ms)} ms. Not taken:${seen.join('') || ' nothing'}`;
        reject(late);
      }, ms);
      this.waiters.push(waiter);
    });
  }
}
