import type { Chance } from './chance';
import type { Entry } from './server-archive';
import type { ServerEnd } from './wire';

const SM = 'urn:xmpp:sm:3';
/** For so long ejabberd waits for a websocket that is gone, with each stanza that comes before the first wait is over. */
const STUCK_MS = 15_000;

/** A bound session at the server, with or without a line (XEP-0198). */
export class Session {
  available = false;
  carbons = false;
  /** Of `<enabled id/>`; null: it cannot be resumed. */
  resumeId: string | null = null;
  /** It was resumed by a server that then loses everything (R26). */
  lost = false;
  handled = 0;
  unacked: { readonly frame: string; readonly entry: Entry | null }[] = [];
  #enabled = false;
  #acked = 0;
  #slowUntil = 0;
  #busyUntil = 0;

  constructor(
    public wire: ServerEnd | null,
    readonly jid: string,
    private readonly chance: Chance,
    private readonly onMiscount: (what: string) => void,
  ) {}

  /** Its line is gone, and it has not noticed. */
  stuck(now: number): void {
    this.#slowUntil = now + STUCK_MS;
  }

  /** Milliseconds until it can be asked anything. */
  busy(now: number): number {
    return Math.max(0, this.#busyUntil - now);
  }

  /** A stanza comes for it. Milliseconds until it takes it. */
  comes(now: number): number {
    const wait = this.busy(now);
    if (now < this.#slowUntil) this.#busyUntil = now + wait + STUCK_MS;
    return wait;
  }

  enable(resumeId: string | null): void {
    this.#enabled = true;
    this.resumeId = resumeId;
    const resume = resumeId === null ? '' : ` resume='true' id='${resumeId}' max='300'`;
    this.wire?.send(`<enabled xmlns='${SM}'${resume}/>`);
  }

  /** An acknowledgement of more than it was ever sent; false: there is none on this session. */
  claimTooMuch(): boolean {
    if (!this.#enabled || !this.wire || this.lost) return false;
    this.wire.send(`<a xmlns='${SM}' h='${this.handled + this.chance.between(1_000, 2 ** 31)}'/>`);
    return true;
  }

  count(): void {
    if (this.#enabled) this.handled += 1;
  }

  stanza(frame: string): void {
    this.#send(frame, null);
  }

  /** A message is followed by `<r/>` now and then. */
  message(frame: string, entry: Entry | null): void {
    this.#send(frame, entry);
    if (this.#enabled && this.chance.happens(0.5)) this.wire?.send(`<r xmlns='${SM}'/>`);
  }

  /** Neither fewer than before nor more than there were. */
  fits(h: number): boolean {
    return h >= this.#acked && h <= this.#acked + this.unacked.length;
  }

  acknowledged(h: number): void {
    const fresh = h - this.#acked;
    if (!this.fits(h)) {
      this.onMiscount(`${h} stanzas counted, ${this.#acked} before, ${this.unacked.length} sent since`);
      this.resumeId = null;
      this.wire?.close();
      return;
    }
    this.#acked = h;
    this.unacked = this.unacked.slice(fresh);
  }

  resumed(h: number): void {
    this.#slowUntil = this.#busyUntil = 0;
    this.acknowledged(h);
    if (!this.lost) for (const { frame } of this.unacked) this.wire?.send(frame);
  }

  #send(frame: string, entry: Entry | null): void {
    if (this.#enabled) this.unacked.push({ frame, entry });
    if (!this.lost) this.wire?.send(frame);
  }
}
