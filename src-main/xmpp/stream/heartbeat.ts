import type { Clock, Timer } from '../../ports';
import type { Deadlines } from './deps';

/** In deadlines: a server that still talks may take so long to answer, for its answer stands behind all that it has to say. */
const PATIENCE = 12;

/**
 * Notices a line that is dead without a word (R6): after a silence the server is asked, and without any sign of it
 * before the deadline the line is given up. What still trickles in extends the deadline, up to twelve times: whoever talks
 * may have stopped listening, and what was sent would wait for ever.
 */
export class Heartbeat {
  #heard: number;
  #cycle: Timer | null = null;
  #deadline: Timer | null = null;
  #unanswered: Timer | null = null;

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

  /** The server was asked, here or because something was sent. */
  asked(): void {
    this.#unanswered ??= this.clock.after(PATIENCE * this.deadlines.probeAnswer, this.onDead);
  }

  /** The server answered what it was asked. */
  answered(): void {
    this.heard();
    this.#deadline?.cancel();
    this.#deadline = null;
    this.#unanswered?.cancel();
    this.#unanswered = null;
  }

  /** Asks now: after the computer slept, say. */
  probe(): void {
    if (this.#deadline) return;
    this.#expectWord();
    this.asked();
    this.ask();
  }

  stop(): void {
    this.#cycle?.cancel();
    this.#deadline?.cancel();
    this.#unanswered?.cancel();
  }

  #wait(ms: number): void {
    this.#cycle = this.clock.after(ms, () => {
      const left = this.#heard + this.deadlines.probeEvery - this.clock.monotonic();
      if (left <= 0) this.probe();
      this.#wait(left > 0 ? left : this.deadlines.probeEvery);
    });
  }

  #expectWord(): void {
    const asked = this.clock.monotonic();
    this.#deadline = this.clock.after(this.deadlines.probeAnswer, () => {
      if (this.#heard > asked) this.#expectWord();
      else this.onDead();
    });
  }
}
