import type { Element } from './xml';

/** Of a stanza in a session that can be resumed (XEP-0198). */
export interface Place {
  readonly session: string;
  readonly number: number;
}
type Write = (stanza: Element, onConfirmed?: () => void) => void;

/**
 * Stanzas on their way out, in order. One whose number is being committed (persist, then act) holds up those behind it, so
 * that it is written with exactly that number.
 */
export class Outgoing {
  /** In order: stanzas to be written, and turns to be taken. */
  readonly #held: (() => void)[] = [];
  #committing = false;
  #ended = false;

  /** @param place of the stanza that would be written next */
  constructor(
    private readonly write: Write,
    private readonly place: () => Place | null,
  ) {}

  send(stanza: Element, onConfirmed?: () => void): void {
    if (this.#ended) return;
    if (this.#committing) this.#held.push(() => this.send(stanza, onConfirmed));
    else this.write(stanza, onConfirmed);
  }

  /** See Link.sendNumbered. */
  async sendNumbered(
    stanza: Element,
    commit: (place: Place | null) => Promise<boolean>,
    onConfirmed?: () => void,
  ): Promise<void> {
    if (!(await this.#turn())) return;
    try {
      // A line that ends meanwhile takes nothing any more: it is as if the stanza had been lost on its way.
      if ((await commit(this.place())) && !this.#ended) this.write(stanza, onConfirmed);
    } finally {
      this.#committing = false;
      this.#release();
    }
  }

  /** The line ended: what waits for its turn is not written, and not committed. */
  end(): void {
    this.#ended = true;
    this.#release();
  }

  /** Resolves when nothing else is being committed, with whether there is still a line. */
  #turn(): Promise<boolean> {
    return new Promise((resolve) => {
      const take = (): void => {
        this.#committing ||= !this.#ended;
        resolve(!this.#ended);
      };
      if (this.#committing) this.#held.push(take);
      else take();
    });
  }

  #release(): void {
    while (!this.#committing || this.#ended) {
      const next = this.#held.shift();
      if (!next) return;
      next();
    }
  }
}
