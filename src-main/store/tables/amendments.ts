/** What later stanzas say of earlier messages: kept until the message is there, in whatever order they come. */
import { deliveries, type Delivery } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';
import type { Amendment } from '../store';
import { setBody, setDelivery, setRetracted } from './messages';
import { dequeue } from './outbox';

/** Short ids come again (see duplicates.ts): they mean a message that is not much later, nor older than a day. */
const longId = 16;
const laterMs = 10 * 60_000;
const earlierMs = 86_400_000;

/** Where an amendment stands among those of the same time: after them, or (read from an archive backwards) before them. */
export type Turn = 'after' | 'before';

export const rank = (delivery: Delivery | null): number =>
  delivery === null || delivery === 'failed' ? 0 : deliveries.indexOf(delivery);

/** @returns the row that it changed; null when nothing that is shown changed */
export function putAmendment(db: Connection, amendment: Amendment, turn: Turn): number | null {
  const root = rootOf(db, amendment);
  const known = findKnown(db, amendment);
  if (known !== null) {
    completeAmendment(db, known.id, amendment);
    return known.message === null ? null : apply(db, known.message);
  }
  const target = findTarget(db, amendment, root);
  const passing = amendment.kind === 'received' || amendment.kind === 'read';
  if (passing && target !== null) return deliver(db, target, amendment.kind);
  insert(db, amendment, root, target, turn);
  return target === null ? null : apply(db, target);
}

/** Applies what came before its message did. @returns whether anything changed */
export function applyPending(db: Connection, id: number): boolean {
  const pending = db.all<{ id: number; kind: Amendment['kind'] }>(
    `SELECT a.id, a.kind FROM messages m JOIN amendments a INDEXED BY amendments_target
       ON a.peer = m.peer AND a.target IN (m.message_id, m.origin_id)
     WHERE m.id = ?1 AND a.direction = m.direction AND a.message IS NULL
       AND (length(a.target) >= ${longId} OR m.at - a.at BETWEEN -${earlierMs} AND ${laterMs})`,
    id,
  );
  if (pending.length === 0) return false;
  let changed = false;
  for (const amendment of pending) {
    if (amendment.kind === 'received' || amendment.kind === 'read') {
      db.run('DELETE FROM amendments WHERE id = ?', amendment.id);
      changed = deliver(db, id, amendment.kind) !== null || changed;
    } else {
      db.run('UPDATE amendments SET message = ? WHERE id = ?', id, amendment.id);
    }
  }
  return apply(db, id) !== null || changed;
}

/** Makes a row what its corrections and retractions say: the newest correction wins, a retraction over all. */
function apply(db: Connection, id: number): number | null {
  const row = db.one<{ body: string; retracted: number }>(
    'SELECT body, retracted FROM messages WHERE id = ?',
    id,
  );
  if (!row || row.retracted === 1) return null;
  if (db.one(`SELECT 1 FROM amendments WHERE message = ? AND kind = 'retract'`, id)) {
    setRetracted(db, id);
    db.run(`UPDATE amendments SET body = NULL WHERE message = ?`, id);
    return id;
  }
  const newest = db.one<{ body: string }>(
    `SELECT body FROM amendments WHERE message = ? AND kind = 'correct' ORDER BY at DESC, turn DESC LIMIT 1`,
    id,
  );
  if (!newest) return null;
  // The original is kept (XEP-0308 §4).
  const first = db.run(
    'INSERT INTO versions (message, body) VALUES (?, ?) ON CONFLICT DO NOTHING',
    id,
    row.body,
  );
  if (first === 0 && newest.body === row.body) return null;
  db.run('UPDATE messages SET edited = 1 WHERE id = ?', id);
  setBody(db, id, newest.body);
  return id;
}

/** A receipt or a marker for one of ours; never goes down. */
export function deliver(db: Connection, id: number, delivery: 'received' | 'read'): number | null {
  const row = db.one<{ delivery: Delivery | null }>(
    `SELECT delivery FROM messages WHERE id = ? AND direction = 'out'`,
    id,
  );
  if (!row || rank(row.delivery) >= rank(delivery)) return null;
  // It is there: not to be sent again, even if the server never acknowledged it.
  dequeue(db, id);
  setDelivery(db, id, delivery);
  return id;
}

/** Only in the same conversation and direction: of the same author (T4, T5), or of ours to the one who answers (T11). */
function findTarget(db: Connection, { peer, direction, at }: Amendment, target: string): number | null {
  return (
    db.one<{ id: number }>(
      `SELECT id FROM messages WHERE (message_id = ?1 OR origin_id = ?1) AND +peer = ?2 AND direction = ?3
         AND (length(?1) >= ${longId} OR at - ?4 BETWEEN -${earlierMs} AND ${laterMs})
       ORDER BY sort DESC LIMIT 1`,
      target,
      peer,
      direction,
      at,
    )?.id ?? null
  );
}

/** Some clients correct a correction by its own id: what is meant is the message that all of them are about. */
function rootOf(db: Connection, { peer, direction, kind, target }: Amendment): string {
  if (kind === 'received' || kind === 'read') return target;
  const earlier = db.one<{ target: string }>(
    `SELECT target FROM amendments WHERE peer = ? AND message_id = ? AND direction = ? AND kind = 'correct'`,
    peer,
    target,
    direction,
  );
  return earlier?.target ?? target;
}

function findKnown(
  db: Connection,
  { peer, direction, kind, stanzaId, messageId }: Amendment,
): { readonly id: number; readonly message: number | null } | null {
  if (stanzaId === null && messageId === null) return null;
  return db.one(
    `SELECT id, message FROM amendments WHERE peer = ?1 AND direction = ?2 AND kind = ?3
       AND (stanza_id = ?4 OR (message_id = ?5 AND (?4 IS NULL OR stanza_id IS NULL)))
     ORDER BY stanza_id IS NULL LIMIT 1`,
    peer,
    direction,
    kind,
    stanzaId,
    messageId,
  );
}

/** The archive knows the time better than our clock. */
function completeAmendment(db: Connection, id: number, { stanzaId, messageId, at }: Amendment): void {
  db.run(
    `UPDATE amendments SET at = iif(stanza_id IS NULL AND ?1 IS NOT NULL, ?2, at),
       stanza_id = coalesce(stanza_id, ?1), message_id = coalesce(message_id, ?3) WHERE id = ?4`,
    stanzaId,
    at,
    messageId,
    id,
  );
}

function insert(
  db: Connection,
  amendment: Amendment,
  root: string,
  message: number | null,
  turn: Turn,
): void {
  const { peer, direction, kind, body, at, messageId, stanzaId } = amendment;
  const edge = db.one<{ first: number | null; last: number | null }>(
    'SELECT min(turn) AS first, max(turn) AS last FROM amendments WHERE peer = ? AND target = ?',
    peer,
    root,
  );
  db.run(
    `INSERT INTO amendments (peer, direction, kind, target, message, body, at, turn, message_id, stanza_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    peer,
    direction,
    kind,
    root,
    message,
    body,
    at,
    turn === 'after' ? (edge?.last ?? 0) + 1 : (edge?.first ?? 0) - 1,
    messageId,
    stanzaId,
  );
  if (kind !== 'correct' || messageId === null) return;
  // Those that were read before it and are about its own id.
  db.run(
    `UPDATE amendments SET target = ?1, message = coalesce(message, ?2)
     WHERE peer = ?3 AND target = ?4 AND direction = ?5 AND message IS NULL AND kind IN ('correct', 'retract')`,
    root,
    message,
    peer,
    messageId,
    direction,
  );
}
