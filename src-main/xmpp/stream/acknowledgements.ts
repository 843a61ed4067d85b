/** How it is known that the server has what we sent: by XEP-0198, or by the answer to a ping that followed. */
import type { Clock, Timer } from '../../ports';
import type { IqOutcome } from '../link';
import { ns } from './namespaces';
import { xml, type Element } from './xml';

export interface Acknowledgements {
  /** A stanza was written. */
  sent(onConfirmed?: () => void): void;
  /** Asks the server for a sign of life; `onAnswer` is told of it. */
  probe(): void;
  /** An element that is none of the stanzas: true when it was ours. */
  take(element: Element): boolean;
  /** Before `<close/>`: the server learns what was handled. */
  finish(): void;
}

export interface AckOptions {
  readonly clock: Clock;
  readonly send: (element: Element) => void;
  readonly onAnswer: () => void;
  /** The server acknowledged more than was sent. */
  readonly onTooHigh: (claimed: number, sent: number) => void;
  /** How many inbound stanzas have been handled so far. */
  readonly handled: () => number;
  /** Resolves when those that came have been handled, or when that takes long. */
  readonly settled: () => Promise<void>;
}

const wrap = 2 ** 32;

/** XEP-0198 §4, without resumption. Both counters start at `<enabled/>` and wrap at 2^32. */
export class StreamManagement implements Acknowledgements {
  /** Of the stanzas that are not acknowledged, what is to be run then; in order. */
  readonly #waiting: ((() => void) | null)[] = [];
  #acked: number;
  #asked = false;
  #soon: Timer | null = null;

  /** `start` is where the counters begin; other than 0 only to show that the wrap is right. */
  constructor(
    private readonly version: string,
    private readonly options: AckOptions,
    private readonly start = 0,
  ) {
    this.#acked = start;
  }

  sent(onConfirmed?: () => void): void {
    this.#waiting.push(onConfirmed ?? null);
    // A burst is followed by one <r/>, and while one is under way its answer brings the next.
    if (onConfirmed && !this.#asked) this.#soon ??= this.options.clock.after(0, () => this.probe());
  }

  probe(): void {
    this.#soon?.cancel();
    this.#soon = null;
    this.#asked = true;
    this.options.send(xml('r', { xmlns: this.version }));
  }

  take(element: Element): boolean {
    if (element.getNS() !== this.version) return false;
    if (element.getName() === 'r') void this.options.settled().then(() => this.finish());
    else if (element.getName() === 'a') this.#acknowledged(Number(element.attrs['h']));
    return true;
  }

  finish(): void {
    const h = (this.start + this.options.handled()) % wrap;
    this.options.send(xml('a', { xmlns: this.version, h: String(h) }));
  }

  #acknowledged(h: number): void {
    const fresh = (h - this.#acked + wrap) % wrap;
    // Written so that a missing or unreadable `h` is refused as well.
    if (!(fresh <= this.#waiting.length)) {
      this.options.onTooHigh(h, (this.#acked + this.#waiting.length) % wrap);
      return;
    }
    this.#acked = h;
    this.#asked = false;
    const confirmed = this.#waiting.splice(0, fresh);
    this.options.onAnswer();
    for (const run of confirmed) run?.();
    if (!this.#waiting.some((run) => run !== null)) return;
    // A server that counts late is asked again, but not in a circle.
    this.#soon ??= this.options.clock.after(fresh > 0 ? 0 : 1000, () => this.probe());
  }
}

/** Without XEP-0198: what was written before a ping (XEP-0199) has arrived when the ping is answered, with an error too. */
export class PingAcknowledgements implements Acknowledgements {
  #waiting: (() => void)[] = [];
  #asked = false;
  #soon: Timer | null = null;

  constructor(
    private readonly options: Pick<AckOptions, 'clock' | 'onAnswer'>,
    private readonly ping: (child: Element) => Promise<IqOutcome>,
  ) {}

  sent(onConfirmed?: () => void): void {
    if (!onConfirmed) return;
    this.#waiting.push(onConfirmed);
    if (!this.#asked) this.#soon ??= this.options.clock.after(0, () => this.probe());
  }

  probe(): void {
    this.#soon?.cancel();
    this.#soon = null;
    this.#asked = true;
    const before = this.#waiting;
    this.#waiting = [];
    void this.ping(xml('ping', { xmlns: ns.ping })).then((outcome) => {
      if (!outcome.ok && ['timeout', 'lost'].includes(outcome.error.condition)) return;
      this.#asked = false;
      this.options.onAnswer();
      for (const run of before) run();
      if (this.#waiting.length > 0) this.probe();
    });
  }

  take(): boolean {
    return false;
  }

  finish(): void {
    return;
  }
}
