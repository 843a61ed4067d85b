/**
 * The order in which a room has said things, where no archive tells it (R9): that in which it sends them to us, what we have
 * written ourselves included (XEP-0045 §7.4).
 */
import type { Connection } from '../driver';
import type { ServerMessage } from '../store';
import { deletedUpTo, type Place } from './conversations';
import { arrange } from './places';

interface Row extends Place {
  readonly at: number;
}
const nothing = { ranges: [], id: null };
/** All but ours that the room has not said, as far as we know. */
const SAID = `(direction = 'in' OR delivery NOT IN ('waiting', 'failed'))`;

/** Whether the order in which it comes is all that is ever known of its place. */
const isUnarchived = ({ nick, stanzaId, source }: ServerMessage): boolean =>
  nick !== undefined && stanzaId === null && source !== 'archive';

/** Epoch milliseconds of the last word that was said there, though it is deleted; null: none was. */
export function heardUpTo(db: Connection, peer: string): number | null {
  const last = db.one<{ at: number }>(
    `SELECT at FROM messages INDEXED BY messages_place WHERE peer = ? AND kind <> 'event' AND ${SAID}
     ORDER BY sort DESC, id DESC LIMIT 1`,
    peer,
  );
  const known = [last?.at, deletedUpTo(db, peer)].filter((at) => typeof at === 'number');
  return known.length > 0 ? Math.max(...known) : null;
}

/**
 * Which row was given right before a message. What is told again to whoever comes in has an order of its own: what is live
 * may come before it. Kept in memory: of what an earlier process was given only the end is known.
 */
export class RoomOrder {
  readonly #told = new Map<string, number>();

  constructor(private readonly db: Connection) {}

  /** Null: its place is not known by that. */
  before(message: ServerMessage, row: number): number | null {
    const { peer, source } = message;
    if (!isUnarchived(message)) return null;
    if (source === 'offline') return this.#told.get(peer) ?? null;
    const last = this.db.one<Place>(
      `SELECT id, sort FROM messages INDEXED BY messages_place WHERE peer = ? AND id <> ? AND ${SAID}
       ORDER BY sort DESC, id DESC LIMIT 1`,
      peer,
      row,
    );
    return last?.id ?? null;
  }

  /** It has its row now. What two said at once Openfire tells again in another order than it gave it: the last of both counts. */
  note(message: ServerMessage, row: number): void {
    if (!isUnarchived(message)) return;
    const { peer, source } = message;
    if (source !== 'offline') this.#told.delete(peer);
    else this.#told.set(peer, this.#last(this.#told.get(peer) ?? row, row));
  }

  #last(one: number, other: number): number {
    const last = this.db.one<Place>(
      'SELECT id, sort FROM messages WHERE id IN (?, ?) ORDER BY sort DESC, id DESC LIMIT 1',
      one,
      other,
    );
    return last?.id ?? other;
  }
}

/**
 * Puts a row behind the one that the room gave before it, with ours that still wait behind that.
 * @returns whether it stands elsewhere now
 */
export function standBehind(db: Connection, peer: string, before: number, id: number): boolean {
  const rowOf = (one: number) => db.one<Row>('SELECT id, sort, at FROM messages WHERE id = ?', one);
  const [last, row] = [rowOf(before), rowOf(id)];
  if (!last || !row || last.id === row.id) return false;
  const next = db.one<Row>(
    `SELECT id, sort, at FROM messages INDEXED BY messages_place
     WHERE peer = ? AND (sort, id) > (?, ?) AND id <> ? AND ${SAID} ORDER BY sort, id LIMIT 1`,
    peer,
    last.sort,
    last.id,
    id,
  );
  const end = next?.sort ?? Number.MAX_SAFE_INTEGER;
  if (row.sort > last.sort && row.sort < end) return false;
  const waiting = db.all<Row>(
    `SELECT id, sort, at FROM messages INDEXED BY messages_place
     WHERE peer = ? AND sort BETWEEN ? AND ? AND direction = 'out' AND delivery = 'waiting' AND id > ? ORDER BY id`,
    peer,
    row.sort,
    end - 1,
    id,
  );
  const moving = [{ ...row, sort: null }, ...waiting].map((one) => ({
    ...{ ...one, pinned: false },
    sort: one.sort !== null && one.sort > last.sort ? one.sort : null,
  }));
  keepRead(db, peer, moving);
  const rows = [{ ...last, pinned: true }, ...moving, ...(next ? [{ ...next, pinned: true }] : [])];
  arrange(db, peer, rows, nothing, nothing, 'follow');
  return true;
}

/** What came after the last row that is read stays unread, though that row moves behind it. */
function keepRead(db: Connection, peer: string, moving: readonly { readonly id: number }[]): void {
  db.run(
    `UPDATE conversations SET read_row = (SELECT m.id FROM messages m INDEXED BY messages_place
       WHERE m.peer = ?1 AND m.sort <= read_sort AND m.id NOT IN (SELECT value FROM json_each(?2))
       ORDER BY m.sort DESC, m.id DESC LIMIT 1)
     WHERE peer = ?1 AND read_row IN (SELECT value FROM json_each(?2))`,
    peer,
    JSON.stringify(moving.map(({ id }) => id)),
  );
}
