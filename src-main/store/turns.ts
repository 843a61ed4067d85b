/** The order of what comes on one stream, where no archive tells it (R9). */
import type { ServerMessage } from './store';

interface Waited {
  readonly at: number;
  readonly id: number;
}

/**
 * What had waited at the server stands in the order of its stamps, which are all of one clock, and before what came live on
 * the same stream: that one's own time is of another clock. Kept in memory: of an earlier stream nothing is known.
 */
export class Turns {
  #stream: string | null = null;
  readonly #waited = new Map<string, Waited[]>();
  readonly #firstLive = new Map<string, number>();

  /** The row that the message goes before; null: it goes to the end. */
  next({ turn, peer, at }: ServerMessage): number | null {
    if (turn && turn.stream !== this.#stream) {
      this.#stream = turn.stream;
      this.#waited.clear();
      this.#firstLive.clear();
    }
    if (!turn?.waited) return null;
    const later = this.#waited.get(peer)?.find((one) => one.at > at);
    return later?.id ?? this.#firstLive.get(peer) ?? null;
  }

  /** It has its row now. */
  note({ turn, peer, at, direction }: ServerMessage, id: number): void {
    if (!turn || direction === 'out') return;
    if (!turn.waited) {
      if (!this.#firstLive.has(peer)) this.#firstLive.set(peer, id);
      return;
    }
    const waited = this.#waited.get(peer) ?? [];
    const later = waited.findIndex((one) => one.at > at);
    waited.splice(later < 0 ? waited.length : later, 0, { at, id });
    this.#waited.set(peer, waited);
  }
}
