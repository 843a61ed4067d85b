import type { Step, StepId } from '../../../src-shared/model/connection';
import type { Clock, Timer } from '../../ports';

/** Where the walk stands, told as it goes. */
export interface StepSink {
  /** @param deadline milliseconds, where it is another than the usual one */
  begin(id: StepId, deadline?: number): void;
  /** The step that was begun is over. */
  done(detail?: string | null): void;
  skip(id: StepId, detail?: string | null): void;
}

/** Tells each change of a step with the time that it took, and calls `onDeadline` when one takes too long. */
export class StepTracker implements StepSink {
  #current: StepId;
  #since: number;
  #timer: Timer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly onStep: (step: Step) => void,
    private readonly deadline: number,
    private readonly onDeadline: (id: StepId) => void,
    first: StepId = 'discover',
  ) {
    this.#current = first;
    this.#since = clock.monotonic();
  }

  get current(): StepId {
    return this.#current;
  }

  begin(id: StepId, deadline = this.deadline): void {
    this.#timer?.cancel();
    this.#current = id;
    this.#since = this.clock.monotonic();
    this.#timer = this.clock.after(deadline, () => this.onDeadline(id));
    this.onStep({ id, state: 'doing', ms: null, detail: null });
  }

  done(detail: string | null = null): void {
    this.#end('done', detail);
  }

  skip(id: StepId, detail: string | null = null): void {
    this.onStep({ id, state: 'skipped', ms: null, detail });
  }

  /** A step failed: the one that was begun, or one that had been taken for done. */
  fail(id: StepId): void {
    if (id === this.#current) this.#end('failed', null);
    else this.onStep({ id, state: 'failed', ms: null, detail: null });
  }

  /** No deadline runs any more. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #end(state: 'done' | 'failed', detail: string | null): void {
    this.stop();
    const ms = Math.round(this.clock.monotonic() - this.#since);
    this.onStep({ id: this.#current, state, ms, detail });
  }
}
