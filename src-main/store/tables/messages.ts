import type { Delivery, Message, MessageKind } from '../../../src-shared/model/conversation';
import type { SharedFile } from '../../../src-shared/model/file';
import type { ReplyTo } from '../../../src-shared/model/quoted';
import type { Connection } from '../driver';
import type { Companion } from '../room-store';
import { messageColumns, toMessage, type MessageRow } from './message-columns';
import { forgetWords } from './replies';
import { indexMessage, unindexMessage } from './search-index';

/** Texts of this length are put together once: a statement is looked up by its text. */
const byId = `SELECT ${messageColumns} FROM messages m WHERE m.id = ?`;
const byIds = `SELECT ${messageColumns} FROM messages m WHERE m.id IN (SELECT value FROM json_each(?))`;

export function readMessage(db: Connection, id: number): Message | null {
  const row = db.one<MessageRow>(byId, id);
  return row ? toMessage(row) : null;
}

/** How far one of ours has come; null: it is none. */
export const readDelivery = (db: Connection, id: number): Delivery | null =>
  db.one<{ delivery: Delivery }>(`SELECT delivery FROM messages WHERE id = ? AND direction = 'out'`, id)
    ?.delivery ?? null;

/** A row that is known to be there. */
export function mustRead(db: Connection, id: number): Message {
  const message = readMessage(db, id);
  if (!message) throw new Error(`row ${id} is gone`);
  return message;
}

/** Rows that are known to be there, in the order asked for. */
export function readAllOf(db: Connection, ids: readonly number[]): readonly Message[] {
  if (ids.length === 0) return [];
  const rows = db.all<MessageRow>(byIds, JSON.stringify(ids));
  const found = new Map(rows.map((row) => [row.id, toMessage(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** One of ours by its origin-id, only in the conversation with `peer` (T11). */
export function findOwn(db: Connection, peer: string, originId: string): Message | null {
  const row = db.one<MessageRow>(
    `SELECT ${messageColumns} FROM messages m INDEXED BY messages_origin_id
     WHERE m.origin_id = ? AND m.peer = ? AND m.direction = 'out' ORDER BY m.id LIMIT 1`,
    originId,
    peer,
  );
  return row ? toMessage(row) : null;
}

/** Messages that share a file, the latest first; `before`: those that stand above that row. */
export function readFileMessages(
  db: Connection,
  peer: string,
  before: number | null,
  limit: number,
): readonly Message[] {
  return db
    .all<MessageRow>(
      `SELECT ${messageColumns} FROM messages m INDEXED BY messages_files
       WHERE m.peer = ?1 AND m.file IS NOT NULL AND m.edited = 0 AND m.retracted = 0
         AND (?2 IS NULL OR (m.sort, m.id) < (SELECT b.sort, b.id FROM messages b WHERE b.id = ?2))
       ORDER BY m.sort DESC, m.id DESC LIMIT ?3`,
      peer,
      before,
      limit,
    )
    .map(toMessage);
}

/** The id that its room gave it. */
export const readRoomId = (db: Connection, id: number): string | null =>
  db.one<{ known: string | null }>(
    'SELECT stanza_id AS known FROM messages WHERE id = ? AND nick IS NOT NULL AND retracted = 0',
    id,
  )?.known ?? null;

/** See roomAuthor. */
export const readAuthor = (db: Connection, id: number): string | null =>
  db.one<{ key: string | null }>(
    `SELECT coalesce('occupant:' || occupant_id, author) AS key FROM messages WHERE id = ?`,
    id,
  )?.key ?? null;

/** The user sends it again by hand: to whoever has that nick by now. */
export function forgetWhom(db: Connection, id: number): void {
  db.run(`UPDATE messages SET author = NULL WHERE id = ? AND direction = 'out'`, id);
}

/** Whom each of those in rooms that we talk to alone was, as far as it was known the last time. */
export function readCompanions(db: Connection): readonly Companion[] {
  return db.all<Companion>(
    `SELECT c.peer, m.author AS whom FROM conversations c JOIN messages m ON m.id =
       (SELECT a.id FROM messages a INDEXED BY messages_place
        WHERE a.peer = c.peer AND a.author IS NOT NULL AND a.author <> '' ORDER BY a.sort DESC, a.id DESC LIMIT 1)
     WHERE instr(c.peer, '/') > 0`,
  );
}

/** More are no help. */
const MOST_PINS = 50;
/** Those that are kept at hand, the latest first. */
export function readPins(db: Connection, peer: string): readonly Message[] {
  return db
    .all<MessageRow>(
      `SELECT ${messageColumns} FROM messages m INDEXED BY messages_pinned
       WHERE m.peer = ? AND m.pinned_at IS NOT NULL ORDER BY m.pinned_at DESC, m.id DESC LIMIT ${MOST_PINS}`,
      peer,
    )
    .map(toMessage);
}

export function setPin(db: Connection, id: number, since: number | null): void {
  db.run(`UPDATE messages SET pinned_at = ? WHERE id = ? AND retracted = 0 AND kind = 'chat'`, since, id);
}

export function setFile(db: Connection, id: number, file: SharedFile): void {
  db.run('UPDATE messages SET file = ? WHERE id = ? AND file IS NOT NULL', JSON.stringify(file), id);
}

/** Of what one computer was to give the other directly, nothing is under way any more. */
export function endDirectFiles(db: Connection): void {
  db.run(
    `UPDATE messages SET file = json_set(file, '$.direct', json('{"state":"failed","why":"lost"}'))
     WHERE file IS NOT NULL AND json_extract(file, '$.direct.state') IN ('offered', 'running')`,
  );
}

export interface NewMessage {
  /** Given only when a message is put back with the id that it had. */
  readonly id?: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
  /** Place in the conversation, in microseconds. */
  readonly sort: number;
  readonly stanzaId: string | null;
  readonly originId: string | null;
  readonly messageId: string | null;
  readonly markable: boolean;
  readonly unstyled?: boolean;
  readonly nick?: string | null;
  readonly occupantId?: string | null;
  readonly author?: string;
  readonly mention?: boolean;
  readonly file?: SharedFile;
  readonly reply?: ReplyTo;
  readonly spoiler?: string;
  readonly delivery: Delivery | null;
}

/**
 * Adds a row, and its words to the search. Those go there when all rows of a transaction are in: the full-text table writes
 * out what it has at each insertion into this one.
 */
export function insertMessage(db: Connection, message: NewMessage): number {
  const id = db.insert(
    `INSERT INTO messages (id, peer, direction, kind, subject, body, at, sort,
       stanza_id, origin_id, message_id, markable, unstyled, nick, occupant_id, mention, delivery, file,
       reply_id, reply_to, reply_words, spoiler, author)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.id ?? null,
    message.peer,
    message.direction,
    message.kind,
    message.subject,
    message.body,
    message.at,
    message.sort,
    message.stanzaId,
    message.originId,
    message.messageId,
    message.markable,
    message.unstyled ?? false,
    message.nick ?? null,
    message.occupantId ?? null,
    message.mention ?? false,
    message.delivery,
    message.file ? JSON.stringify(message.file) : null,
    message.reply?.id ?? null,
    message.reply?.to ?? null,
    message.reply?.words ?? null,
    message.spoiler ?? null,
    message.author ?? null,
  );
  // It may be gone again by then, or undone with its step.
  db.beforeCommit(() => {
    indexMessage(db, id);
  });
  return id;
}

/** Sets how far one of ours has come, with the reason of a failure. */
export function setDelivery(
  db: Connection,
  id: number,
  delivery: Delivery,
  error: Message['error'] = null,
): void {
  db.run(
    'UPDATE messages SET delivery = ?, error_condition = ?, error_text = ? WHERE id = ?',
    delivery,
    error?.condition ?? null,
    error?.text ?? null,
    id,
  );
}

/** Another text in place of the one that is there. */
export function setBody(db: Connection, id: number, body: string): void {
  db.run('UPDATE messages SET body = ? WHERE id = ?', body, id);
  indexMessage(db, id);
}

/** The time that the archive gives it. */
export function setTime(db: Connection, id: number, at: number): void {
  const before = db.one<{ at: number }>('SELECT at FROM messages WHERE id = ?', id);
  if (!before || before.at === at) return;
  db.run('UPDATE messages SET at = ? WHERE id = ?', at, id);
  // The search stands in the order of seconds.
  if (Math.floor(before.at / 1000) !== Math.floor(at / 1000)) indexMessage(db, id);
}

/** XEP-0424 §3: nothing of its text stays. */
export function setRetracted(db: Connection, id: number): void {
  unindexMessage(db, id);
  forgetWords(db, id);
  db.run(
    `UPDATE messages SET body = '', subject = NULL, file = NULL, edited = 0, retracted = 1,
       reply_id = NULL, reply_to = NULL, reply_words = NULL, spoiler = NULL,
       pinned_at = NULL, mention = 0 WHERE id = ?`,
    id,
  );
  db.run('DELETE FROM versions WHERE message = ?', id);
}

export function deleteMessage(db: Connection, id: number): void {
  unindexMessage(db, id);
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
