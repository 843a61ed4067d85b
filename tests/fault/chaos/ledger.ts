/** The book of what was written and where it was seen, kept outside of everything that can break. */

export type Direction = 'out' | 'in';
/**
 * `ok`: whoever took it said so (the app's own answer, the peer's server): it must be there, once. `refused`: it must be nowhere.
 * `unknown`: the answer was lost with whoever had it: once or not at all.
 */
export type Fate = 'pending' | 'ok' | 'refused' | 'unknown';

export interface Entry {
  readonly direction: Direction;
  readonly peer: number;
  readonly number: number;
  readonly round: number;
  fate: Fate;
  /** When it was written, in epoch milliseconds. */
  readonly at: number;
  /** When the server had it, in epoch milliseconds; null when that is not known. */
  acked: number | null;
  /** Lost already, and counted. */
  lost: boolean;
  /** The server has given it back to its sender, who knows that it did not arrive. */
  gotBack?: () => boolean;
}

/** A message as the peer got it. */
export interface Arrival {
  readonly body: string;
  readonly id: string;
}
/** A message as the app shows it. */
export interface Row {
  readonly id: number;
  readonly at: number;
  readonly direction: Direction;
  readonly body: string;
  readonly delivery: string | null;
}
export interface Seen {
  /** Everything that this peer got, oldest first. */
  readonly arrivals: readonly Arrival[];
  /** What the app shows of the conversation with it, oldest first: all of it since `since`. */
  readonly rows: readonly Row[];
}

export interface Findings {
  /** Said in words; empty when all is right. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
  /** The same id twice at the peer. */
  readonly resent: number;
  /** Acknowledged by the server and lost by it: it was killed right after, or never gave the message to anybody. */
  readonly byServer: number;
}

/** What a server does wrong by itself. */
export interface ServerFaults {
  /** It had acknowledged the message, and lost it. */
  lost(entry: Entry): boolean;
  /** It gave the peer what had waited among what was new. */
  mixed(entry: Entry): boolean;
}

const FORM = /^(out|in) (\d) (\d+) r(\d+)(?: |$)/;
export const nameOf = (entry: Pick<Entry, 'direction' | 'peer' | 'number' | 'round'>): string =>
  `${entry.direction} ${String(entry.peer)} ${String(entry.number)} r${String(entry.round)}`;

export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #next = new Map<string, number>();

  get size(): number {
    return [...this.#entries.values()].filter(({ fate }) => fate === 'ok').length;
  }

  /** A new message; its body begins with its name, which no other message has. */
  write(direction: Direction, peer: number, round: number, filler: string): { entry: Entry; body: string } {
    const key = `${direction}${String(peer)}`;
    const number = (this.#next.get(key) ?? 0) + 1;
    this.#next.set(key, number);
    const entry: Entry = {
      direction,
      peer,
      number,
      round,
      fate: 'pending',
      at: Date.now(),
      acked: null,
      lost: false,
    };
    this.#entries.set(nameOf(entry), entry);
    return { entry, body: `${nameOf(entry)} ${filler}` };
  }

  entryOf(body: string): Entry | undefined {
    return this.#entries.get(FORM.exec(body)?.[0].trimEnd() ?? '');
  }

  /** What the peers and the window still lack of rounds from `since` on. */
  missing(seen: readonly Seen[], since: number): readonly Entry[] {
    const { shown, arrived } = this.#index(seen);
    return [...this.#entries.values()].filter((entry) => {
      if (entry.round < since || entry.lost || entry.gotBack?.()) return false;
      const name = nameOf(entry);
      if (entry.fate === 'ok') return !shown.has(name) || (entry.direction === 'out' && !arrived.has(name));
      return entry.fate === 'unknown' && entry.direction === 'out' && shown.has(name) && !arrived.has(name);
    });
  }

  /**
   * Looks at rounds from `since` on, all of which must be over.
   */
  check(seen: readonly Seen[], since: number, server: ServerFaults): Findings {
    const { shown, arrived } = this.#index(seen);
    const lost: string[] = [];
    const doubled: string[] = [];
    const disordered: string[] = [];
    let resent = 0;
    let byServer = 0;
    for (const entry of this.missing(seen, since)) {
      entry.lost = true;
      const name = nameOf(entry);
      const inWindow = shown.has(name);
      // What the window took to itself cannot be lost by a server.
      if (server.lost(entry) && (entry.direction === 'in' || inWindow)) byServer += 1;
      else
        lost.push(
          `${name} (${entry.direction === 'out' && inWindow ? 'not at the peer' : 'not in the window'})`,
        );
    }
    for (const [name, rows] of shown) {
      const entry = this.#entries.get(name);
      if (!entry || entry.round < since) continue;
      if (rows.length > 1) doubled.push(`${name}: rows ${rows.map(({ id }) => id).join(', ')}`);
      if (entry.fate === 'refused') doubled.push(`${name}: refused, and there`);
    }
    for (const [name, arrivals] of arrived) {
      const entry = this.#entries.get(name);
      if (!entry || entry.round < since) continue;
      const ids = new Set(arrivals.map(({ id }) => id));
      if (ids.size > 1) doubled.push(`${name}: ids ${[...ids].join(', ')} at the peer`);
      resent += arrivals.length - ids.size;
      if (!shown.has(name)) lost.push(`${name} (at the peer, not in the window)`);
      if (entry.fate === 'refused') doubled.push(`${name}: refused, and sent`);
    }
    seen.forEach(({ rows, arrivals }, peer) => {
      const places: readonly (readonly [string, readonly string[]])[] = [
        [
          `window, out ${String(peer)}`,
          rows.filter((row) => row.direction === 'out').map(({ body }) => body),
        ],
        [`window, in ${String(peer)}`, rows.filter((row) => row.direction === 'in').map(({ body }) => body)],
        [`peer ${String(peer)}`, arrivals.map(({ body }) => body)],
      ];
      for (const [place, bodies] of places) {
        const mixed = (entry: Entry): boolean => place.startsWith('peer') && server.mixed(entry);
        disordered.push(...this.#jumps(place, bodies, since, mixed));
      }
    });
    return { lost, doubled, disordered, resent, byServer };
  }

  /** The first time that each message appears, its number must be higher than all before it. */
  #jumps(
    place: string,
    bodies: readonly string[],
    since: number,
    mixed: (entry: Entry) => boolean,
  ): readonly string[] {
    const jumps: string[] = [];
    const known = new Set<Entry>();
    let last: Entry | null = null;
    for (const body of bodies) {
      const entry = this.entryOf(body);
      // What was given up and comes after all is late, by the server's fault.
      if (!entry || entry.round < since || entry.lost || known.has(entry) || mixed(entry)) continue;
      known.add(entry);
      if (last && entry.number < last.number) jumps.push(`${place}: ${nameOf(entry)} after ${nameOf(last)}`);
      if (!last || entry.number > last.number) last = entry;
    }
    return jumps;
  }

  #index(seen: readonly Seen[]) {
    const shown = new Map<string, Row[]>();
    const arrived = new Map<string, Arrival[]>();
    const put = <T extends { readonly body: string }>(map: Map<string, T[]>, item: T): void => {
      const name = FORM.exec(item.body)?.[0].trimEnd();
      if (name === undefined) return;
      const list = map.get(name);
      if (list) list.push(item);
      else map.set(name, [item]);
    };
    for (const { rows, arrivals } of seen) {
      for (const row of rows) put(shown, row);
      for (const arrival of arrivals) put(arrived, arrival);
    }
    return { shown, arrived };
  }
}
