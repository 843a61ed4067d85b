import type { Clock, Timer } from '../../ports';
import type { Deadlines } from './deps';

/**
 * Notices a line that is dead without a word (R6): after a silence the server is asked, and without any sign of it
 * before the deadline the line is given up. What still trickles in extends the deadline, up to three times.
 */
export class Heartbeat {
  #heard: number;
  #cycle: Timer | null = null;
  #deadline: Timer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly deadlines: Pick<Deadlines, 'probeEvery' | 'probeAnswer'>,
    private readonly ask: () => void,
    private readonly onDead: () => void,
  ) {
    this.#heard = clock.monotonic();
    this.#wait(deadlines.probeEvery);
  }

  /** Something came from the server. */
  heard(): void {
    this.#heard = this.clock.monotonic();
  }

  /** The server answered what it was asked. */
  answered(): void {
    this.heard();
    this.#deadline?.cancel();
    this.#deadline = null;
  }

  /** Asks now: after the computer slept, say. */
  probe(): void {
    if (this.#deadline) return;
    this.#expect(3);
    this.ask();
  }

  stop(): void {
    this.#cycle?.cancel();
    this.#deadline?.cancel();
  }

  #wait(ms: number): void {
    this.#cycle = this.clock.after(ms, () => {
      const left = this.#heard + this.deadlines.probeEvery - this.clock.monotonic();
      if (left <= 0) this.probe();
      this.#wait(left > 0 ? left : this.deadlines.probeEvery);
    });
  }

  #expect(tries: number): void {
    const asked = this.clock.monotonic();
    this.#deadline = this.clock.after(this.deadlines.probeAnswer, () => {
      if (this.#heard > asked && tries > 1) this.#expect(tries - 1);
      else this.onDead();
    });
  }
}
