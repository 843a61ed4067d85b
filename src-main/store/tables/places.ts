/** Archive order (R9): rows that one query proved to follow each other stand in that order, and nothing moves without need. */
import type { Connection } from '../driver';
import { rangesEndingAt, rangesStartingAt, type RangeRow } from './ranges';
import { between, staying, type Side } from './sequence';

/** A row in the order of the archive. */
export interface Placed {
  readonly id: number;
  /** Null: it has none yet that means anything. */
  readonly sort: number | null;
  readonly at: number;
  readonly pinned: boolean;
  /** Where it lies in the table meanwhile. */
  readonly now?: number;
}
interface Edge {
  readonly id: number;
  readonly sort: number;
}
interface Row extends Edge {
  readonly at: number;
}

/** What is known to be all before, or all after, the rows of a page. */
export interface Bound {
  readonly ranges: readonly RangeRow[];
  /** The message that the page was asked for `after` or `before`, wherever it came from. */
  readonly id: string | null;
}

export const boundBefore = (db: Connection, after: string | null, left: readonly RangeRow[]): Bound => ({
  ranges: unique([...left, ...rangesEndingAt(db, after)]),
  id: after,
});
export const boundAfter = (db: Connection, before: string | null, right: readonly RangeRow[]): Bound => ({
  ranges: unique([...right, ...rangesStartingAt(db, before)]),
  id: before,
});
const unique = (rows: readonly RangeRow[]) => [...new Map(rows.map((row) => [row.id, row])).values()];

/**
 * Puts the rows of one conversation into the order given, after everything of `left` and before everything of `right`.
 * @param items rows of a page; empty when two ranges turn out to touch
 */
export function arrange(
  db: Connection,
  peer: string,
  items: readonly Placed[],
  left: Bound,
  right: Bound,
  side: Side,
): void {
  const members = new Members(db, peer, new Set(items.map(({ id }) => id)));
  const last = members.edge(left, 'last');
  const first = members.edge(right, 'first');
  const sorts = items.flatMap(({ sort }) => sort ?? []);
  const least = Math.min(...sorts, first?.sort ?? Infinity);
  const most = Math.max(...sorts, last?.sort ?? -Infinity);
  // Only where the two sides stand among the page, or in each other, more than the page itself is looked at.
  const early = last && last.sort >= least ? members.between(left, least, last.sort) : [];
  const late = first && first.sort <= most ? members.between(right, first.sort, most) : [];
  const lower = early.length > 0 ? members.edge(left, 'last', least) : last;
  const upper = late.length > 0 ? members.edge(right, 'first', most) : first;
  place(
    db,
    peer,
    [...early, ...items, ...late],
    lower?.sort ?? 0,
    upper?.sort ?? Number.MAX_SAFE_INTEGER,
    side,
  );
}

function place(
  db: Connection,
  peer: string,
  rows: readonly Placed[],
  lower: number,
  upper: number,
  side: Side,
): void {
  const stay = staying(rows, lower, upper);
  let to = rows.length;
  while (to > 0) {
    // From the end: a run of rows that have to move, between two that stay.
    let from = to;
    while (from > 0 && !stay[from - 1]) from--;
    if (from < to) {
      const low = rows[from - 1]?.sort ?? lower;
      const high = rows[to]?.sort ?? upper;
      const run = rows.slice(from, to);
      const times = run.map(({ at }) => at);
      const places = between(times, low, high, side) ?? makeRoom(db, peer, run, low, high);
      run.forEach(({ id, now }, n) => {
        const sort = places[n];
        if (sort !== undefined && sort !== now) db.run('UPDATE messages SET sort = ? WHERE id = ?', sort, id);
      });
    }
    to = from - 1;
  }
}

/** Between two neighbours is no room: what comes later moves on, as far as it must and in its order. */
function makeRoom(
  db: Connection,
  peer: string,
  run: readonly Placed[],
  low: number,
  high: number,
): readonly number[] {
  const moving = new Set(run.map(({ id }) => id));
  let free = low + run.length + 1;
  const moves: (readonly [id: number, sort: number])[] = [];
  let from: Edge = { sort: high, id: 0 };
  for (let settled = false; !settled;) {
    const later: readonly Edge[] = db.all<Edge>(
      `SELECT id, sort FROM messages WHERE peer = ? AND (sort, id) >= (?, ?) ORDER BY sort, id LIMIT 200`,
      peer,
      from.sort,
      from.id,
    );
    settled = later.length < 200;
    for (const row of later) {
      from = { sort: row.sort, id: row.id + 1 };
      if (moving.has(row.id)) continue;
      if (row.sort >= free) {
        settled = true;
        break;
      }
      moves.push([row.id, free]);
      free++;
    }
  }
  for (const [id, sort] of moves) db.run('UPDATE messages SET sort = ? WHERE id = ?', sort, id);
  return run.map((_, n) => low + 1 + n);
}

/** Rows of one conversation that belong to ranges, without those of the page. */
class Members {
  readonly #db: Connection;
  readonly #peer: string;
  readonly #without: string;

  constructor(db: Connection, peer: string, without: ReadonlySet<number>) {
    this.#db = db;
    this.#peer = peer;
    this.#without = JSON.stringify([...without]);
  }

  /** The last row of what is before (or the first of what is after), beyond a place where one is given. */
  edge({ ranges, id }: Bound, which: 'last' | 'first', beyond?: number): Edge | null {
    const found: Edge[] = [];
    for (const range of ranges) {
      const start = this.#start(range.id, which);
      if (start === null) continue;
      const from = beyond === undefined ? start : which === 'last' ? beyond - 1 : beyond + 1;
      const order = which === 'last' ? '<= ?4 ORDER BY sort DESC' : '>= ?4 ORDER BY sort';
      const row = this.#db.one<Edge>(
        `SELECT id, sort FROM messages m INDEXED BY messages_place
         WHERE peer = ?1 AND ${member(range)} AND id NOT IN (SELECT value FROM json_each(?3)) AND sort ${order} LIMIT 1`,
        this.#peer,
        range.id,
        this.#without,
        from,
      );
      if (row) found.push(row);
    }
    const single = id === null ? null : this.#byStanzaId(id);
    if (
      single &&
      (beyond === undefined || (which === 'last' ? single.sort < beyond : single.sort > beyond))
    ) {
      found.push(single);
    }
    const better = (a: Edge, b: Edge) => (which === 'last' ? a.sort > b.sort : a.sort < b.sort);
    return found.reduce<Edge | null>((best, row) => (best && !better(row, best) ? best : row), null);
  }

  /** Those that stand from one place to another, both included, in order. */
  between({ ranges, id }: Bound, from: number, to: number): readonly Placed[] {
    const found = new Map<number, Placed>();
    const add = (rows: readonly Row[]) => {
      for (const row of rows) found.set(row.id, { ...row, pinned: true });
    };
    for (const range of ranges) {
      add(
        this.#db.all<Row>(
          `SELECT id, sort, at FROM messages m INDEXED BY messages_place
           WHERE peer = ?1 AND ${member(range)} AND id NOT IN (SELECT value FROM json_each(?3))
             AND sort BETWEEN ?4 AND ?5`,
          this.#peer,
          range.id,
          this.#without,
          from,
          to,
        ),
      );
    }
    const single = id === null ? null : this.#byStanzaId(id);
    if (single && single.sort >= from && single.sort <= to) add([single]);
    return [...found.values()].sort((a, b) => (a.sort ?? 0) - (b.sort ?? 0));
  }

  #start(range: number, which: 'last' | 'first'): number | null {
    return (
      this.#db.one<{ sort: number }>(
        `SELECT m.sort FROM range_edges e JOIN messages m ON m.id = e.${which}_row
         WHERE e.peer = ? AND e.range = ?`,
        this.#peer,
        range,
      )?.sort ?? null
    );
  }

  #byStanzaId(id: string): Row | null {
    return this.#db.one(
      `SELECT id, sort, at FROM messages INDEXED BY messages_stanza_id WHERE stanza_id = ? AND peer = ?
         AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
      id,
      this.#peer,
      this.#without,
    );
  }
}

/** `?2` is the range. */
const member = ({ with_jid }: RangeRow): string => {
  const column = with_jid === '' ? 'page' : 'page_with';
  return `EXISTS (SELECT 1 FROM archive_pages p WHERE p.id = m.${column} AND p.range = ?2)`;
};
