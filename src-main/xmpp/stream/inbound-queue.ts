import { ns } from './namespaces';
import type { Element } from './xml';

type Handler = (stanza: Element) => Promise<void> | void;

/** So many messages are at the handler at a time: the store commits them together. */
const abreast = 50;

/**
 * Stanzas on their way to the handler, and how many of all that came are handled (XEP-0198 `h`). Messages that follow each
 * other are handed over side by side; anything else waits for those before it, and those after wait for it. The first one
 * that the handler cannot keep is the last one it is given: neither that one nor any after it is counted, so the server
 * still owes them to us and sends them again on the next stream (persist, then act).
 *
 * What an archive query finds (XEP-0313) stands in no line: the answer to the query, which nothing holds up, closes the page.
 */
export class InboundQueue {
  readonly #waiting: { readonly stanza: Element; readonly mark: Mark }[] = [];
  /** Of the stanzas that came and are not counted yet, in order. */
  readonly #marks: Mark[] = [];
  #handler: Handler | null = null;
  /** How many are at the handler, and whether one of them is no message. */
  #busy = 0;
  #alone = false;
  #running = false;
  #stopped = false;
  #handled = 0;
  #idle: (() => void)[] = [];

  /** @param onError told once, of the stanza that ended the work */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Not wrapped: that is done where it is said. */
  get handled(): number {
    return this.#handled;
  }

  set handler(handler: Handler) {
    this.#handler = handler;
    this.#run();
  }

  push(stanza: Element): void {
    if (this.#stopped) return;
    const mark: Mark = { done: false };
    this.#marks.push(mark);
    if (this.#handler && stanza.getChild('result', ns.archive)) {
      this.#hand(stanza, mark, this.#handler);
      return;
    }
    this.#waiting.push({ stanza, mark });
    this.#run();
  }

  /** A stanza that was handled at once, the answer to an IQ: it counts, after those before it. */
  pushHandled(): void {
    this.#marks.push({ done: true });
    this.#count();
  }

  /** Resolves once no handler is at work and none is waited for. */
  idle(): Promise<void> {
    if (!this.#handler || (this.#busy === 0 && this.#waiting.length === 0)) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #run(): void {
    // A handler that answers at once comes back here: the loop below goes on with what is next.
    if (this.#running || !this.#handler) return;
    this.#running = true;
    for (let next = this.#waiting[0]; next && this.#mayGo(next.stanza); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#hand(next.stanza, next.mark, this.#handler);
    }
    this.#running = false;
    if (this.#busy > 0 || this.#waiting.length > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #mayGo(stanza: Element): boolean {
    if (this.#busy === 0) return true;
    return !this.#alone && this.#busy < abreast && stanza.is('message', ns.client);
  }

  #hand(stanza: Element, mark: Mark, handler: Handler): void {
    let work: Promise<void> | void;
    try {
      work = handler(stanza);
    } catch (error) {
      this.#refused(error);
      return;
    }
    if (!work) {
      this.#kept(mark);
      return;
    }
    this.#busy += 1;
    const alone = !stanza.is('message', ns.client);
    this.#alone ||= alone;
    void work
      .then(
        () => this.#kept(mark),
        (error: unknown) => this.#refused(error),
      )
      .then(() => {
        this.#busy -= 1;
        if (alone) this.#alone = false;
        this.#run();
      });
  }

  #kept(mark: Mark): void {
    mark.done = true;
    this.#count();
  }

  #refused(error: unknown): void {
    this.#waiting.length = 0;
    if (this.#stopped) return;
    this.#stopped = true;
    this.onError(error);
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
