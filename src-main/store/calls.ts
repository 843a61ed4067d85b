import type { FromProcess, OperationName, ToProcess } from './protocol';
import { StoreBug, StoreError } from './store';

interface Call {
  readonly id: number;
  readonly name: OperationName;
  readonly args: readonly unknown[];
  /** See protocol.ts. */
  readonly streak: number;
  /** How many processes died with it. */
  readonly deaths: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StoreError | StoreBug) => void;
}
type Answer = Extract<FromProcess, { readonly kind: 'answer' | 'failed' }>;

/** So many deaths with the same call in flight, and the call itself is taken for their cause. */
const mostDeaths = 3;
/** Calls posted and not yet answered; what waits there to be written is committed together. */
const mostInFlight = 256;

/**
 * The calls of one store, in order. Every operation can be repeated (operations.ts), so those in flight when the
 * process dies are sent again, reads and writes alike (R27); one by one, so that the one that kills it is found.
 */
export class Calls {
  #waiting: Call[] = [];
  readonly #inFlight = new Map<number, Call>();
  #lastId = 0;
  #streak = 0;
  #post: ((message: ToProcess) => void) | null = null;
  #idle: (() => void)[] = [];

  add(name: OperationName, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const streak = this.#streak;
      this.#waiting.push({ id: ++this.#lastId, name, args, streak, deaths: 0, resolve, reject });
      this.#pump();
    });
  }

  /** A database is open behind `post`: goes on with what waits. */
  connect(post: (message: ToProcess) => void): void {
    this.#post = post;
    this.#pump();
  }

  settle(answer: Answer): void {
    const call = this.#inFlight.get(answer.id);
    if (!call) return;
    this.#inFlight.delete(answer.id);
    if (answer.kind === 'answer') call.resolve(answer.value);
    else {
      const { reason, message } = answer;
      if (reason === 'bug') call.reject(new StoreBug(message));
      else {
        if (call.name === 'addMessage' && call.streak === this.#streak) this.#streak += 1;
        call.reject(new StoreError(reason, message));
      }
    }
    this.#pump();
  }

  /**
   * The process is gone. What was in flight waits again, in front; what was there at too many deaths is given up.
   * @param reason what a call that is given up is told
   */
  disconnect(reason: StoreError['reason']): void {
    this.#post = null;
    const repeated: Call[] = [];
    for (const call of this.#inFlight.values()) {
      if (call.deaths + 1 < mostDeaths) repeated.push({ ...call, deaths: call.deaths + 1 });
      else call.reject(new StoreError(reason, `the store failed ${mostDeaths} times at ${call.name}`));
    }
    this.#inFlight.clear();
    this.#waiting = [...repeated, ...this.#waiting];
    this.#pump();
  }

  /** Gives up everything that waits. */
  reject(error: StoreError): void {
    const calls = [...this.#inFlight.values(), ...this.#waiting];
    this.#inFlight.clear();
    this.#waiting = [];
    for (const call of calls) call.reject(error);
    this.#pump();
  }

  get empty(): boolean {
    return this.#waiting.length === 0 && this.#inFlight.size === 0;
  }

  /** Resolves as soon as nothing waits and nothing is in flight. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#pump();
    });
  }

  #pump(): void {
    const suspect = (call: Call | undefined) => call !== undefined && call.deaths > 0;
    while (this.#post) {
      const next = this.#waiting[0];
      const alone = suspect(next) || suspect(this.#inFlight.values().next().value);
      if (!next || this.#inFlight.size >= (alone ? 1 : mostInFlight)) break;
      this.#waiting.shift();
      this.#inFlight.set(next.id, next);
      const { id, name, args, streak, deaths } = next;
      this.#post({ kind: 'call', id, name, args, streak, again: deaths > 0 });
    }
    if (this.empty) this.#idle.splice(0).forEach((run) => run());
  }
}
