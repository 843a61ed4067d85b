import { noConnection, type Step, type StepId } from '../../../src-shared/model/connection';
import type { Clock } from '../../ports';

/** What the session tells of its own part of the walk: roster, presence. */
export interface Report {
  start(id: StepId): void;
  done(id: StepId, detail?: string | null): void;
  skip(id: StepId, detail?: string | null): void;
}

/** The steps of one try, as the window shows them. */
export class StepList implements Report {
  #steps: readonly Step[] = noConnection.steps;
  readonly #began: number;
  #since: number;

  constructor(
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {
    this.#began = this.#since = clock.monotonic();
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** The step that is under way. */
  get current(): StepId {
    return this.#steps.find(({ state }) => state === 'doing')?.id ?? 'ready';
  }

  set(step: Step): void {
    this.#steps = this.#steps.map((one) => (one.id === step.id ? step : one));
    this.onChange();
  }

  start(id: StepId): void {
    this.#since = this.clock.monotonic();
    this.set({ id, state: 'doing', ms: null, detail: null });
  }

  done(id: StepId, detail: string | null = null): void {
    this.set({ id, state: 'done', ms: this.#elapsed(this.#since), detail });
  }

  skip(id: StepId, detail: string | null = null): void {
    this.set({ id, state: 'skipped', ms: null, detail });
  }

  fail(id: StepId): void {
    this.set({ id, state: 'failed', ms: this.#elapsed(this.#since), detail: null });
  }

  /** All of it is over: `ready` has the time of the whole. */
  ready(jid: string): void {
    this.set({ id: 'ready', state: 'done', ms: this.#elapsed(this.#began), detail: jid });
  }

  #elapsed(since: number): number {
    return Math.round(this.clock.monotonic() - since);
  }
}
