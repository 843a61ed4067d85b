import type { Element } from './xml';

type Handler = (stanza: Element) => Promise<void> | void;

/**
 * Stanzas on their way to the handler, one after the other, and how many of all that came are handled (XEP-0198 `h`). The
 * first one that the handler cannot keep is the last one it is given: neither that one nor any after it is counted, so the
 * server still owes them to us and sends them again on the next stream (persist, then act).
 */
export class InboundQueue {
  readonly #waiting: { readonly stanza: Element; readonly mark: Mark }[] = [];
  /** Of the stanzas that came and are not counted yet, in order. */
  readonly #marks: Mark[] = [];
  #handler: Handler | null = null;
  #running = false;
  #stopped = false;
  #handled = 0;
  #idle: (() => void)[] = [];

  /** @param onError told once, of the stanza that ended the work */
  constructor(private readonly onError: (error: unknown) => void) {}

  get handled(): number {
    return this.#handled;
  }

  set handler(handler: Handler) {
    this.#handler = handler;
    void this.#run();
  }

  push(stanza: Element): void {
    if (this.#stopped) return;
    const mark: Mark = { done: false };
    this.#marks.push(mark);
    this.#waiting.push({ stanza, mark });
    void this.#run();
  }

  /** A stanza that was handled at once, the answer to an IQ: it counts, after those before it. */
  pushHandled(): void {
    this.#marks.push({ done: true });
    this.#count();
  }

  /** Resolves once no handler is at work and none is waited for. */
  idle(): Promise<void> {
    if (!this.#handler || (!this.#running && this.#waiting.length === 0)) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  async #run(): Promise<void> {
    if (this.#running || !this.#handler) return;
    this.#running = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await this.#handler(next.stanza);
        next.mark.done = true;
        this.#count();
      } catch (error) {
        this.#stopped = true;
        this.#waiting.length = 0;
        this.onError(error);
      }
    }
    this.#running = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #count(): void {
    while (this.#marks[0]?.done) {
      this.#marks.shift();
      this.#handled += 1;
    }
  }
}

interface Mark {
  done: boolean;
}
