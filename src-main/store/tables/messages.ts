import type { Delivery, Message } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';
import type { MessagePage } from '../store';

interface Row {
  readonly id: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly body: string;
  readonly at: number;
  readonly delivery: Delivery | null;
  readonly error_condition: string | null;
  readonly error_text: string | null;
}
const columns = 'id, peer, direction, body, at, delivery, error_condition, error_text';

function toMessage(row: Row): Message {
  const { id, peer, direction, body, at, delivery } = row;
  const error =
    row.error_condition === null ? null : { condition: row.error_condition, text: row.error_text };
  return { id, peer, direction, body, at, delivery, error };
}

export function readMessage(db: Connection, id: number): Message | null {
  const row = db.one<Row>(`SELECT ${columns} FROM messages WHERE id = ?`, id);
  return row ? toMessage(row) : null;
}

/** One of ours by its origin-id, only in the conversation with `peer` (T11). */
export function findOwn(db: Connection, peer: string, originId: string): Message | null {
  const row = db.one<Row>(
    `SELECT ${columns} FROM messages WHERE origin_id = ? AND peer = ? AND direction = 'out'`,
    originId,
    peer,
  );
  return row ? toMessage(row) : null;
}

/** At most `limit` messages before row `before` (null: the newest), oldest first. */
export function readPage(db: Connection, peer: string, before: number | null, limit: number): MessagePage {
  const from = before === null ? null : placeOf(db, peer, before);
  if (before !== null && from === null) return { messages: [], more: false };
  const rows =
    before === null || from === null
      ? db.all<Row>(
          `SELECT ${columns} FROM messages WHERE peer = ? ORDER BY sort DESC, id DESC LIMIT ?`,
          peer,
          limit + 1,
        )
      : db.all<Row>(
          `SELECT ${columns} FROM messages WHERE peer = ? AND (sort, id) < (?, ?)
           ORDER BY sort DESC, id DESC LIMIT ?`,
          peer,
          from,
          before,
          limit + 1,
        );
  return { messages: rows.slice(0, limit).reverse().map(toMessage), more: rows.length > limit };
}

/** A row deleted meanwhile is stood in for by the one stored before it. */
function placeOf(db: Connection, peer: string, id: number): number | null {
  const sql = 'SELECT sort FROM messages WHERE peer = ? AND';
  const row =
    db.one<{ sort: number }>(`${sql} id = ?`, peer, id) ??
    db.one<{ sort: number }>(`${sql} id < ? ORDER BY id DESC LIMIT 1`, peer, id);
  return row?.sort ?? null;
}

export interface NewMessage {
  /** Given only when a message is put back with the id that it had. */
  readonly id?: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly body: string;
  readonly at: number;
  readonly sort: number;
  readonly stanzaId: string | null;
  readonly originId: string | null;
  readonly messageId: string | null;
  readonly delivery: Delivery | null;
}

/** Adds a row and returns it as the app sees it. */
export function insertMessage(db: Connection, message: NewMessage): Message {
  const row = db.one<Row>(
    `INSERT INTO messages
       (id, peer, direction, body, at, sort, stanza_id, origin_id, message_id, delivery)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${columns}`,
    message.id ?? null,
    message.peer,
    message.direction,
    message.body,
    message.at,
    message.sort,
    message.stanzaId,
    message.originId,
    message.messageId,
    message.delivery,
  );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  return toMessage(row);
}

/** Sets how far one of ours has come, with the reason of a failure. */
export function setDelivery(
  db: Connection,
  id: number,
  delivery: Delivery,
  error: Message['error'] = null,
): Message | null {
  db.run(
    'UPDATE messages SET delivery = ?, error_condition = ?, error_text = ? WHERE id = ?',
    delivery,
    error?.condition ?? null,
    error?.text ?? null,
    id,
  );
  return readMessage(db, id);
}

export function deleteMessage(db: Connection, id: number): void {
  db.run('DELETE FROM messages WHERE id = ?', id);
}

/** The highest row id ever given. */
export function lastMessageId(db: Connection): number {
  return db.one<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'messages'`)?.seq ?? 0;
}

/** Makes sure that the next row gets an id above `id`. */
export function raiseMessageId(db: Connection, id: number): void {
  const known = db.run(`UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'messages'`, id);
  if (known === 0) db.run(`INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', ?)`, id);
}
