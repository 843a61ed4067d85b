/** Which copies are of one and the same message (R8). */
import type { Connection } from '../driver';
import type { ServerMessage } from '../store';

/** What it said at first: a row that was corrected meanwhile is still the same message. */
const sameText = `(m.retracted = 1 OR ?5 =
  iif(m.edited, coalesce((SELECT v.body FROM versions v WHERE v.message = m.id), m.body), m.body))`;

/**
 * A room that hides who is who hides it of us too: its archive and its history do not say which messages are ours. Those that
 * the same nick said under an id of ours are, and those that were known to be when they came live.
 */
export function withOwner(db: Connection, message: ServerMessage): ServerMessage {
  const { peer, nick, direction, stanzaId, originId, messageId, body } = message;
  if (nick === undefined || direction === 'out') return message;
  const known =
    (stanzaId !== null &&
      db.one(
        `SELECT 1 FROM messages INDEXED BY messages_stanza_id WHERE stanza_id = ? AND peer = ? AND direction = 'out'`,
        stanzaId,
        peer,
      ) !== null) ||
    db.one(
      `SELECT 1 FROM messages m INDEXED BY messages_origin_id
       WHERE m.origin_id IN (?1, ?2) AND m.peer = ?3 AND m.direction = 'out' AND m.nick = ?4 AND ${sameText}`,
      originId,
      messageId,
      peer,
      nick,
      body,
    ) !== null;
  return known ? { ...message, direction: 'out' } : message;
}

/**
 * `id` attributes are the sender's own: old clients count 1, 2, 3 … from each start. So a short id counts only among
 * messages with the same text that are close in time; a long one is random and comes again only with its message.
 * The archive's copy is that of the nearest one that has no copy there yet, however far the clocks were apart (R11).
 */
const closeMs = 10 * 60_000;
const longId = 16;
const longIdMs = 7 * 86_400_000;

/**
 * Finds the row of the same message in its conversation and direction: by stanza-id (XEP-0359 §3), else by the sender's
 * origin-id, else by the `id` attribute. Two different stanza-ids are two messages, unless the sender's own id and the
 * text say that one was sent twice: a client that did not hear of the first try's arrival does that, as our outbox does.
 * In a room ids of senders count only under the nick that used them: anybody there can use another's.
 */
export function findDuplicate(db: Connection, message: ServerMessage): number | null {
  return (
    byStanzaId(db, message) ??
    byOriginId(db, message) ??
    byMessageId(db, message) ??
    withoutAnyId(db, message) ??
    saidAgain(db, message)
  );
}

function byStanzaId(db: Connection, { peer, direction, stanzaId }: ServerMessage): number | null {
  if (stanzaId === null) return null;
  return id(
    db.one(
      'SELECT id FROM messages INDEXED BY messages_stanza_id WHERE stanza_id = ? AND peer = ? AND direction = ? LIMIT 1',
      stanzaId,
      peer,
      direction,
    ),
  );
}

function byOriginId(db: Connection, message: ServerMessage): number | null {
  const { peer, direction, originId, stanzaId, body, nick } = message;
  if (originId === null) return null;
  return id(
    db.one(
      `SELECT m.id FROM messages m INDEXED BY messages_origin_id
       WHERE m.origin_id = ?1 AND m.peer = ?2 AND m.direction = ?3
         AND (?4 IS NULL OR m.stanza_id IS NULL OR ${sameText}) AND (m.direction = 'out' OR m.nick IS ?6) LIMIT 1`,
      originId,
      peer,
      direction,
      stanzaId,
      body,
      nick ?? null,
    ),
  );
}

function byMessageId(db: Connection, message: ServerMessage): number | null {
  const { peer, direction, messageId, originId, stanzaId, body, at, source, nick } = message;
  if (messageId === null) return null;
  const archived = source === 'archive' && stanzaId !== null;
  const within = archived ? Number.MAX_SAFE_INTEGER : messageId.length < longId ? closeMs : longIdMs;
  return id(
    db.one(
      `SELECT m.id FROM messages m INDEXED BY messages_message_id WHERE m.message_id = ?1 AND m.peer = ?2 AND m.direction = ?3
         AND (?4 IS NULL OR m.stanza_id IS NULL OR length(?1) >= ${longId}) AND ${sameText} AND abs(m.at - ?6) <= ?7
         AND (?8 IS NULL OR m.origin_id IS NULL) AND (m.direction = 'out' OR m.nick IS ?9)
       ORDER BY abs(m.at - ?6) LIMIT 1`,
      messageId,
      peer,
      direction,
      stanzaId,
      body,
      at,
      within,
      originId,
      nick ?? null,
    ),
  );
}

/**
 * A sender need not give any id. The archive's copy of such a message is that of the nearest one with the same text that
 * has no copy there yet. Never the other way round: a live one may well be the same words said again.
 */
function withoutAnyId(db: Connection, message: ServerMessage): number | null {
  const { peer, direction, messageId, originId, stanzaId, body, at, source, nick } = message;
  if (source !== 'archive' || stanzaId === null || messageId !== null || originId !== null) return null;
  return id(
    db.one(
      `SELECT m.id FROM messages m INDEXED BY messages_place
       WHERE m.peer = ?1 AND m.sort BETWEEN (?3 - ?4) * 1000 AND (?3 + ?4) * 1000 AND m.direction = ?2
         AND m.stanza_id IS NULL AND m.message_id IS NULL AND m.origin_id IS NULL AND ${sameText}
         AND m.nick IS ?6
       ORDER BY abs(m.at - ?3) LIMIT 1`,
      peer,
      direction,
      at,
      closeMs,
      body,
      nick ?? null,
    ),
  );
}

/** What a room tells again to those who come in (XEP-0045 §7.2.14), of somebody who gives no ids: by text and time. */
const againMs = 15_000;
function saidAgain(db: Connection, message: ServerMessage): number | null {
  const { peer, direction, messageId, originId, stanzaId, body, at, source, nick } = message;
  if (nick === undefined || source !== 'offline') return null;
  if (stanzaId !== null || messageId !== null || originId !== null) return null;
  return id(
    db.one(
      `SELECT m.id FROM messages m INDEXED BY messages_place
       WHERE m.peer = ?1 AND m.sort BETWEEN (?3 - ?4) * 1000 AND (?3 + ?4) * 1000 AND m.direction = ?2
         AND m.message_id IS NULL AND m.origin_id IS NULL AND ${sameText} AND m.nick = ?6
       ORDER BY abs(m.at - ?3) LIMIT 1`,
      peer,
      direction,
      at,
      againMs,
      body,
      nick,
    ),
  );
}

const id = (row: { readonly id: number } | null): number | null => row?.id ?? null;

/** Whether the archive has this message twice and this is not the copy that is known. */
export function isSecondCopy(db: Connection, row: number, { stanzaId }: ServerMessage): boolean {
  return (
    stanzaId !== null &&
    db.one('SELECT 1 FROM messages WHERE id = ? AND stanza_id <> ?', row, stanzaId) !== null
  );
}

/** Adds the ids that the first copy came without. A copy that brings none writes nothing: a page of what is known costs no fsync. */
export function completeIds(db: Connection, row: number, message: ServerMessage): void {
  db.run(
    `UPDATE messages SET stanza_id = coalesce(stanza_id, ?1), origin_id = coalesce(origin_id, ?2),
       message_id = coalesce(message_id, ?3), markable = max(markable, ?4),
       occupant_id = coalesce(occupant_id, ?5), author = coalesce(author, ?6)
     WHERE id = ?7 AND (coalesce(stanza_id, ?1) IS NOT stanza_id OR coalesce(origin_id, ?2) IS NOT origin_id
       OR coalesce(message_id, ?3) IS NOT message_id OR markable < ?4
       OR coalesce(occupant_id, ?5) IS NOT occupant_id OR coalesce(author, ?6) IS NOT author)`,
    message.stanzaId,
    message.originId,
    message.messageId,
    message.markable,
    message.occupantId ?? null,
    message.author ?? null,
    row,
  );
}
