/** Which incoming messages are one and the same (R8). */
import type { Connection } from '../driver';
import type { IncomingMessage } from '../store';

/**
 * `id` attributes are the sender's own: old clients count 1, 2, 3 … from each start. So a short id counts only among
 * messages with the same text that are close in time; a long one is random and comes again only with its message.
 */
const closeMs = 10 * 60_000;
const longId = 16;
const longIdMs = 7 * 86_400_000;

/**
 * Finds the row of the same message: by stanza-id (XEP-0359 §3), else by the sender's origin-id, else by the `id`
 * attribute. Two different stanza-ids are two messages, whatever else is equal.
 */
export function findDuplicate(db: Connection, message: IncomingMessage): number | null {
  return byStanzaId(db, message) ?? byOriginId(db, message) ?? byMessageId(db, message);
}

function byStanzaId(db: Connection, { peer, stanzaId }: IncomingMessage): number | null {
  if (stanzaId === null) return null;
  return id(
    db.one(
      `SELECT id FROM messages WHERE stanza_id = ? AND peer = ? AND direction = 'in' LIMIT 1`,
      stanzaId,
      peer,
    ),
  );
}

function byOriginId(db: Connection, { peer, originId, stanzaId }: IncomingMessage): number | null {
  if (originId === null) return null;
  return id(
    db.one(
      `SELECT id FROM messages WHERE origin_id = ?1 AND peer = ?2 AND direction = 'in'
         AND (?3 IS NULL OR stanza_id IS NULL) LIMIT 1`,
      originId,
      peer,
      stanzaId,
    ),
  );
}

function byMessageId(db: Connection, message: IncomingMessage): number | null {
  const { peer, messageId, originId, stanzaId, body, at } = message;
  if (messageId === null) return null;
  return id(
    db.one(
      `SELECT id FROM messages WHERE message_id = ?1 AND peer = ?2 AND direction = 'in' AND body = ?3
         AND abs(at - ?4) <= ?5 AND (?6 IS NULL OR stanza_id IS NULL) AND (?7 IS NULL OR origin_id IS NULL)
       LIMIT 1`,
      messageId,
      peer,
      body,
      at,
      messageId.length < longId ? closeMs : longIdMs,
      stanzaId,
      originId,
    ),
  );
}

const id = (row: { readonly id: number } | null): number | null => row?.id ?? null;

/** Adds the ids that the first copy came without. */
export function completeIds(db: Connection, row: number, message: IncomingMessage): void {
  db.run(
    `UPDATE messages SET stanza_id = coalesce(stanza_id, ?), origin_id = coalesce(origin_id, ?),
       message_id = coalesce(message_id, ?) WHERE id = ?`,
    message.stanzaId,
    message.originId,
    message.messageId,
    row,
  );
}
