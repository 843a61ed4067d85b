import type { Delivery, Message, MessageKind, Moderated } from '../../../src-shared/model/conversation';
import type { SharedFile } from '../../../src-shared/model/file';
import type { ReplyTo } from '../../../src-shared/model/quoted';
import type { Connection } from '../driver';
import { newestFirst } from './newest-first';
import { forgetWords, quotedBy, toQuoted } from './replies';
import { indexMessage, unindexMessage } from './search-index';

export interface MessageRow {
  readonly id: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
  readonly edited: number;
  readonly retracted: number;
  readonly unstyled: number;
  readonly nick: string | null;
  readonly mention: number;
  readonly file: string | null;
  readonly reply_id: string | null;
  readonly reply_words: string | null;
  readonly quoted: string | null;
  readonly spoiler: string | null;
  readonly pinned_at: number | null;
  readonly moderated: string | null;
  readonly editable: number;
  readonly correctable: number;
  readonly reactable: number;
  readonly own_reactions: string | null;
  readonly others_reactions: string | null;
  readonly changing: number;
  readonly edited_at: number | null;
  readonly change_condition: string | null;
  readonly change_text: string | null;
  readonly delivery: Delivery | null;
  readonly error_condition: string | null;
  readonly error_text: string | null;
}
/** Of `messages m`: what others know it by; in a room that is the room's own id for it (XEP-0444 §4.2). */
export const knownBy = `iif(m.nick IS NULL, m.message_id, m.stanza_id)`;
/** Of `messages m`: others can be told something of it. */
export const known = `m.kind = 'chat' AND m.retracted = 0 AND ${knownBy} IS NOT NULL AND m.delivery IS NOT 'failed'
  AND instr(m.peer, '/') = 0`;

/** Of `messages m`: one of ours that can be corrected or taken back. */
export const changeable = `m.direction = 'out' AND m.nick IS NULL AND ${known}`;

/** So many of those who think something of a message are told of. */
const maxReactors = 200;
/** What we think of it (XEP-0444): the last word counts. */
const ownReactions = `(SELECT a.body FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
    WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'out' AND a.error_condition IS NULL
    ORDER BY ${newestFirst} LIMIT 1)`;
/** The same of others, of each the last: one in a chat, everybody in a room, known by the room's id for the person or his nick. */
const othersReactions = `iif(EXISTS (SELECT 1 FROM amendments a WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'in'),
    (SELECT json_group_array(json_object('nick', r.nick, 'emojis', json(r.body))) FROM
      (SELECT a.id, a.nick, a.body, row_number() OVER (PARTITION BY coalesce(a.occupant_id, a.nick) ORDER BY ${newestFirst}) AS turn
         FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
         WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'in' ORDER BY a.id) r
      WHERE r.turn = 1 AND r.body IS NOT NULL AND r.body <> '[]' LIMIT ${maxReactors}), NULL)`;

/** A change of ours of it: those that failed come first, in the order in which they were made. */
const failedChange = (column: string): string =>
  `iif(m.direction = 'out', (SELECT a.${column} FROM amendments a
     WHERE a.message = m.id AND a.kind <> 'react' AND a.error_condition IS NOT NULL ORDER BY a.entry LIMIT 1), NULL)`;

/** Who took it back in a room, where that was not its author, and why (XEP-0425). */
const moderated = `iif(m.retracted AND m.nick IS NOT NULL, (SELECT json_object('by', nullif(a.nick, ''), 'reason', a.reason)
    FROM amendments a WHERE a.message = m.id AND a.kind = 'retract' AND a.nick IS NOT NULL LIMIT 1), NULL)`;

/** Of `messages m`. */
export const messageColumns = `m.id, m.peer, m.direction, m.kind, m.subject, m.body, m.at, m.edited, m.retracted, m.unstyled,
  m.nick, m.mention, iif(m.edited OR m.retracted, NULL, m.file) AS file,
  m.reply_id, m.reply_words, ${quotedBy} AS quoted, m.spoiler, m.pinned_at, ${moderated} AS moderated,
  m.delivery, m.error_condition, m.error_text,
  (m.delivery IS 'waiting'
    AND EXISTS (SELECT 1 FROM outbox o WHERE o.message = m.id AND o.amendment IS NULL AND o.written = 0)) AS editable,
  iif(m.edited, (SELECT max(a.at) FROM amendments a WHERE a.message = m.id AND a.kind = 'correct' AND a.body IS NOT NULL), NULL) AS edited_at,
  (${changeable}) AS correctable, (${known}) AS reactable,
  ${ownReactions} AS own_reactions, ${othersReactions} AS others_reactions,
  (m.direction = 'out' AND EXISTS (SELECT 1 FROM outbox o JOIN amendments a ON a.id = o.amendment
    WHERE o.message = m.id AND a.kind <> 'react')) AS changing,
  ${failedChange('error_condition')} AS change_condition, ${failedChange('error_text')} AS change_text`;

/** As they are kept: lists in JSON. */
const reactions = (kept: string | null, others: string | null): Pick<Message, 'reactions'> => {
  const own = kept === null ? [] : (JSON.parse(kept) as string[]);
  const said = others === null ? [] : (JSON.parse(others) as { nick: string | null; emojis: string[] }[]);
  if (own.length + said.length === 0) return {};
  return {
    reactions: {
      own,
      others: said.map(({ nick, emojis }) => ({ ...(nick === null ? {} : { nick }), emojis })),
    },
  };
};

export function toMessage(row: MessageRow): Message {
  const {
    error_condition: condition,
    error_text: text,
    edited,
    retracted,
    unstyled,
    nick,
    mention,
    file,
    reply_id: replyId,
    reply_words: words,
    quoted,
    spoiler,
    pinned_at: pinnedAt,
    moderated,
    editable,
    edited_at: editedAt,
    correctable,
    reactable,
    own_reactions: own,
    others_reactions: others,
    changing,
    change_condition: refused,
    change_text: refusal,
    ...rest
  } = row;
  return {
    ...rest,
    edited: edited === 1,
    ...(editedAt === null ? {} : { editedAt }),
    retracted: retracted === 1,
    ...(unstyled === 1 ? { unstyled: true } : {}),
    ...(nick === null ? {} : { nick }),
    ...(mention === 1 ? { mention: true } : {}),
    ...(file === null ? {} : { file: JSON.parse(file) as SharedFile }),
    ...(replyId === null
      ? {}
      : { reply: quoted === null ? { quoted, words } : { quoted: toQuoted(quoted), words: null } }),
    ...(spoiler === null ? {} : { spoiler }),
    ...(moderated === null ? {} : { moderated: JSON.parse(moderated) as Moderated }),
    ...(pinnedAt === null ? {} : { pinned: true }),
    editable: editable === 1,
    ...(correctable === 1 ? { correctable: true } : {}),
    ...(reactable === 1 ? { reactable: true } : {}),
    ...reactions(own, others),
    ...(refused !== null
      ? { change: { error: { condition: refused, text: refusal } } }
      : changing === 1
        ? { change: { error: null } }
        : {}),
    error: condition === null ? null : { condition, text },
  };
}

export function readMessage(db: Connection, id: number): Message | null {
  const row = db.one<MessageRow>(`SELECT ${messageColumns} FROM messages m WHERE m.id = ?`, id);
  return row ? toMessage(row) : null;
}

/** A row that is known to be there. */
export function mustRead(db: Connection, id: number): Message {
  const message = readMessage(db, id);
  if (!message) throw new Error(`row ${id} is gone`);
  return message;
}

/** Rows that are known to be there, in the order asked for. */
export function readAllOf(db: Connection, ids: readonly number[]): readonly Message[] {
  if (ids.length === 0) return [];
  const rows = db.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m WHERE m.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
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
  const row = db.one<{ id: number }>(
    `INSERT INTO messages (id, peer, direction, kind, subject, body, at, sort,
       stanza_id, origin_id, message_id, markable, unstyled, nick, occupant_id, mention, delivery, file,
       reply_id, reply_to, reply_words, spoiler)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
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
  );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  db.beforeCommit(() => {
    indexRow(db, row.id);
  });
  return row.id;
}

/** As it is by now; it may be gone again, or undone with its step. What happened in a room was said by nobody. */
function indexRow(db: Connection, id: number): void {
  const row = db.one<{ body: string }>(
    'SELECT body FROM messages WHERE id = ? AND retracted = 0 AND kind <> ?',
    id,
    'event',
  );
  if (row) indexMessage(db, id, row.body);
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
  indexMessage(db, id, body);
}

/** The time that the archive gives it. */
export function setTime(db: Connection, id: number, at: number): void {
  const before = db.one<{ at: number; body: string; retracted: number }>(
    'SELECT at, body, retracted FROM messages WHERE id = ?',
    id,
  );
  if (!before || before.at === at) return;
  db.run('UPDATE messages SET at = ? WHERE id = ?', at, id);
  // The search stands in the order of seconds.
  const moved = Math.floor(before.at / 1000) !== Math.floor(at / 1000);
  if (moved && before.retracted === 0) indexMessage(db, id, before.body);
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
