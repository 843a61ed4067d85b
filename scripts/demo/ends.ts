const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What has been started and how it ends: in the opposite order, once, however often it is asked for. */
export class Ends {
  /** Resolves when the user wants the end. */
  readonly asked: Promise<void>;
  private ask: () => void = () => undefined;
  private readonly ends: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;

  constructor() {
    this.asked = new Promise((resolve) => (this.ask = resolve));
  }

  /** From now on Ctrl+C asks for the end, and does nothing else: Playwright would end this process at once. */
  takeOverSignals(): void {
    for (const signal of SIGNALS) {
      process.removeAllListeners(signal);
      process.on(signal, this.ask);
    }
  }

  /** Adds what has just been started; when the end is under way already, it ends at once. */
  add(end: () => Promise<void>): void {
    this.ends.push(end);
    if (this.running !== undefined) void this.run();
  }

  /** Ends everything. What cannot be ended is said, and does not stop the rest. */
  run(): Promise<void> {
    this.running = (this.running ?? Promise.resolve()).then(async () => {
      for (let end = this.ends.pop(); end; end = this.ends.pop()) {
        await end().catch((error: unknown) => {
          console.error(error instanceof Error ? error.message : error);
        });
      }
    });
    return this.running;
  }
}
