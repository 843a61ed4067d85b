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
  /** The line is gone: nothing is asked any more. */
  stop(): void;
}

export interface AckOptions {
  readonly clock: Clock;
  readonly send: (element: Element) => void;
  /** The server is asked: its answer is owed from now on (R6). */
  readonly onAsked: () => void;
  readonly onAnswer: () => void;
  /** The server acknowledged more than was sent. */
  readonly onTooHigh: (claimed: string, sent: number) => void;
  /** How many inbound stanzas of this session have been handled so far, modulo 2^32. */
  readonly handled: () => number;
  /** Resolves with that count when those that came have been handled and it is kept, or when that takes long. */
  readonly settled: () => Promise<number>;
}

/** XEP-0198 §4: both counts are of 32 bits. */
export const wrapped = (count: number): number => count % 2 ** 32;
/** From one count to another, the shorter way round. */
const between = (from: number, to: number): number => wrapped(to - from + 2 ** 32);

/** What nobody waits for is asked about too, but in its own time. */
const unhurried = 10_000;

/** XEP-0198 §4. */
export class StreamManagement implements Acknowledgements {
  /** Of the stanzas that are not acknowledged, what is to be run then; in order. */
  readonly #waiting: ((() => void) | null)[] = [];
  #acked: number;
  #asked = false;
  #soon: { readonly timer: Timer; readonly due: number } | null = null;

  /** `start` is where our count begins: 0 at `<enabled/>`, the server's `h` at `<resumed/>`. */
  constructor(
    private readonly version: string,
    private readonly options: AckOptions,
    start = 0,
  ) {
    this.#acked = start;
  }

  /** The number of the last stanza that was written. */
  get written(): number {
    return wrapped(this.#acked + this.#waiting.length);
  }

  sent(onConfirmed?: () => void): void {
    this.#waiting.push(onConfirmed ?? null);
    // A burst is followed by one <r/>, and while one is under way its answer brings the next.
    if (!this.#asked) this.#askIn(onConfirmed ? 0 : unhurried);
  }

  probe(): void {
    this.#soon?.timer.cancel();
    this.#soon = null;
    this.#asked = true;
    this.options.onAsked();
    this.options.send(xml('r', { xmlns: this.version }));
  }

  take(element: Element): boolean {
    if (element.getNS() !== this.version) return false;
    if (element.getName() === 'r') void this.options.settled().then((count) => this.#tell(count));
    else if (element.getName() === 'a') this.#acknowledged(element.attrs['h']);
    return true;
  }

  finish(): void {
    this.#tell(this.options.handled());
    this.stop();
  }

  stop(): void {
    this.#soon?.timer.cancel();
    this.#soon = null;
  }

  #tell(count: number): void {
    this.options.send(xml('a', { xmlns: this.version, h: String(count) }));
  }

  #acknowledged(text: unknown): void {
    const h = countOf(text);
    const fresh = h === null ? Infinity : between(this.#acked, h);
    if (h === null || fresh > this.#waiting.length) {
      this.options.onTooHigh(String(text), this.written);
      return;
    }
    this.#acked = h;
    this.#asked = false;
    const confirmed = this.#waiting.splice(0, fresh);
    this.options.onAnswer();
    for (const run of confirmed) run?.();
    if (this.#waiting.length === 0) return;
    // A server that counts late is asked again, but not in a circle.
    const wanted = this.#waiting.some((run) => run !== null);
    this.#askIn(wanted ? (fresh > 0 ? 0 : 1000) : unhurried);
  }

  #askIn(ms: number): void {
    const due = this.options.clock.monotonic() + ms;
    if (this.#soon && this.#soon.due <= due) return;
    this.#soon?.timer.cancel();
    this.#soon = { timer: this.options.clock.after(ms, () => this.probe()), due };
  }
}

/** XEP-0198 §9: `h` is an unsigned int of 32 bits. Null when it is missing or none. */
export const countOf = (text: unknown): number | null => {
  const count = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return count < 2 ** 32 ? count : null;
};

/** Without XEP-0198: what was written before a ping (XEP-0199) has arrived when the ping is answered, with an error too. */
export class PingAcknowledgements implements Acknowledgements {
  #waiting: (() => void)[] = [];
  #asked = false;
  #soon: Timer | null = null;

  constructor(
    private readonly options: Pick<AckOptions, 'clock' | 'onAsked' | 'onAnswer'>,
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
    this.options.onAsked();
    const before = this.#waiting;
    this.#waiting = [];
    void this.ping(xml('ping', { xmlns: ns.ping })).then((outcome) => {
      const silence = outcome.ok ? null : outcome.error.condition;
      if (silence === 'lost') return;
      this.#asked = false;
      if (silence === 'timeout') {
        // The next answer speaks for these too.
        this.#waiting.unshift(...before);
      } else {
        this.options.onAnswer();
        for (const run of before) run();
      }
      if (this.#waiting.length > 0) this.probe();
    });
  }

  take(): boolean {
    return false;
  }

  finish(): void {
    this.stop();
  }

  stop(): void {
    this.#soon?.cancel();
    this.#soon = null;
  }
}
