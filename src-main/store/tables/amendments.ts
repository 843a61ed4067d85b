/** What later stanzas say of earlier messages: kept until the message is there, in whatever order they come. */
import { deliveries, type Delivery, type MessageVersion } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';
import type { Amendment } from '../store';
import { readDelivery, setBody, setDelivery, setRetracted } from './messages';
import { newestFirst } from './newest-first';
import { dequeue, dequeueAmendment, foundAmendment } from './outbox';
import { noteReader } from './room-readers';
import { findKnown, findTarget, fitsPending, isReceipt, rootOf, withOwnAuthor } from './amendment-targets';

/** Where in the archive it was read. */
export interface Spot {
  readonly page: number;
  readonly spot: number;
}

export const rank = (delivery: Delivery | null): number =>
  delivery === null || delivery === 'failed' ? 0 : deliveries.indexOf(delivery);

/** @returns the row that it changed; null when nothing that is shown changed */
export function putAmendment(db: Connection, given: Amendment, spot: Spot | null): number | null {
  // In a room each of them reads for himself, and a place that is not here is none (XEP-0333 §6).
  if (given.kind === 'read' && given.nick !== undefined) return noteReader(db, given);
  const amendment = withOwnAuthor(db, given);
  const known = findKnown(db, amendment);
  if (known) completeAmendment(db, known.id, amendment, spot);
  // A room's own word is proof of the last try too: it keeps and says nothing that it has sent back.
  const said = amendment.nick !== undefined;
  const arrived = known !== null && (said ? dequeueAmendment : foundAmendment)(db, known.id);
  const root = rootOf(db, amendment);
  // One that waits may find its message now that the archive has told its time.
  const target = known?.message ?? findTarget(db, amendment, root);
  // Whose it is can only be told now: later it could be anybody's.
  if (!known && target === null && amendment.author?.passing) return null;
  if (isReceipt(amendment.kind) && target !== null) {
    if (known) db.run('DELETE FROM amendments WHERE id = ?', known.id);
    return deliver(db, target, amendment.kind);
  }
  if (known) db.run('UPDATE amendments SET message = ? WHERE id = ?', target, known.id);
  else insert(db, amendment, root, target, spot);
  if (target === null) return null;
  // What somebody thinks of a message changes nothing of it but what stands below.
  const reacted = amendment.kind === 'react' && (known === null || known.message === null);
  return apply(db, target) ?? (arrived || reacted ? target : null);
}

/** The same; and whether its message names us by that, and did not before. */
export function putCalling(
  db: Connection,
  amendment: Amendment,
  spot: Spot | null,
): { readonly id: number | null; readonly calls: boolean } {
  const about = amendment.mention ? amends(db, amendment) : null;
  const namedBefore = about !== null && namesUs(db, about);
  const id = putAmendment(db, amendment, spot);
  return { id, calls: about !== null && !namedBefore && namesUs(db, about) };
}

const namesUs = (db: Connection, id: number): boolean =>
  db.one(`SELECT 1 FROM messages WHERE id = ? AND mention = 1 AND direction = 'in'`, id) !== null;

/** The row that it is about, where it is one that was known before, or counts now; null: it says nothing of any. */
export function amends(db: Connection, given: Amendment): number | null {
  const amendment = withOwnAuthor(db, given);
  return findKnown(db, amendment)?.message ?? findTarget(db, amendment, rootOf(db, amendment));
}

/** Applies what came before its message did. @returns whether anything changed */
export function applyPending(db: Connection, peer: string, id: number): boolean {
  // Mostly there is none, and so no reason to look any closer.
  if (!db.one('SELECT 1 FROM amendments WHERE peer = ? AND message IS NULL LIMIT 1', peer)) return false;
  const pending = db.all<{ id: number; kind: Amendment['kind'] }>(
    `SELECT a.id, a.kind FROM messages m JOIN amendments a INDEXED BY amendments_target
       ON a.peer = m.peer AND a.target IN (m.message_id, m.origin_id, m.stanza_id)
     WHERE m.id = ?1 AND a.message IS NULL AND ${fitsPending}`,
    id,
  );
  if (pending.length === 0) return false;
  let changed = false;
  for (const amendment of pending) {
    if (isReceipt(amendment.kind)) {
      db.run('DELETE FROM amendments WHERE id = ?', amendment.id);
      changed = deliver(db, id, amendment.kind) !== null || changed;
    } else {
      db.run('UPDATE amendments SET message = ? WHERE id = ?', id, amendment.id);
    }
  }
  return apply(db, id) !== null || changed || pending.some(({ kind }) => kind === 'react');
}

/** Two ranges turn out to touch: stamps that both have are in one order now. */
export function reapply(db: Connection, from: number, to: number): readonly number[] {
  return db
    .all<{ message: number }>(
      `SELECT DISTINCT message FROM amendments
       WHERE message IS NOT NULL AND kind = 'correct' AND at BETWEEN ? AND ?`,
      from,
      to,
    )
    .flatMap(({ message }) => apply(db, message) ?? []);
}

/** Makes a row what its corrections and retractions say: the newest correction wins, a retraction over all. */
export function apply(db: Connection, id: number): number | null {
  const row = db.one<{ body: string; spoiler: string | null; first: string | null; retracted: number }>(
    `SELECT body, spoiler, retracted,
       iif(edited, (SELECT v.spoiler FROM versions v WHERE v.message = messages.id), spoiler) AS first
     FROM messages WHERE id = ?`,
    id,
  );
  if (!row) return null;
  const retracted = row.retracted === 1;
  if (retracted || db.one(`SELECT 1 FROM amendments WHERE message = ? AND kind = 'retract'`, id)) {
    if (!retracted) setRetracted(db, id);
    db.run('UPDATE amendments SET body = NULL, spoiler = NULL WHERE message = ? AND body IS NOT NULL', id);
    return retracted ? null : id;
  }
  const newest = db.one<{ body: string; unstyled: number; spoiler: string | null; mention: number }>(
    `SELECT a.body, a.unstyled, a.spoiler, a.mention FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
     WHERE a.message = ? AND a.kind = 'correct' AND a.body IS NOT NULL ORDER BY ${newestFirst} LIMIT 1`,
    id,
  );
  if (!newest) return restore(db, id);
  // The original is kept (XEP-0308 §4).
  const first = db.run(
    'INSERT INTO versions (message, body, spoiler) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    id,
    row.body,
    row.spoiler,
  );
  const spoiler = newest.spoiler ?? row.first;
  if (first === 0 && newest.body === row.body && spoiler === row.spoiler) return null;
  db.run(
    'UPDATE messages SET edited = 1, unstyled = ?, spoiler = ?, mention = ? WHERE id = ?',
    newest.unstyled,
    spoiler,
    newest.mention,
    id,
  );
  setBody(db, id, newest.body);
  return id;
}

/** A correction of ours was given up, and there is no other: it says what it said at first. */
function restore(db: Connection, id: number): number | null {
  const first = db.one<{ body: string; spoiler: string | null }>(
    'SELECT body, spoiler FROM versions WHERE message = ?',
    id,
  );
  if (!first) return null;
  db.run('DELETE FROM versions WHERE message = ?', id);
  db.run('UPDATE messages SET edited = 0, spoiler = ? WHERE id = ?', first.spoiler, id);
  setBody(db, id, first.body);
  return id;
}

/** A receipt or a marker for one of ours; never goes down. */
export function deliver(db: Connection, id: number, delivery: 'received' | 'read'): number | null {
  const before = readDelivery(db, id);
  if (before === null || rank(before) >= rank(delivery)) return null;
  // It is there: not to be sent again, even if the server never acknowledged it.
  dequeue(db, id);
  setDelivery(db, id, delivery);
  return id;
}

/** The archive knows the time better than our clock. */
function completeAmendment(
  db: Connection,
  id: number,
  { stanzaId, messageId, at }: Amendment,
  spot: Spot | null,
): void {
  db.run(
    `UPDATE amendments SET at = iif(?1 IS NULL, at, ?2), page = coalesce(?1, page), spot = coalesce(?3, spot),
       stanza_id = coalesce(stanza_id, ?4), message_id = coalesce(message_id, ?5) WHERE id = ?6`,
    spot?.page ?? null,
    at,
    spot?.spot ?? null,
    stanzaId,
    messageId,
    id,
  );
}

function insert(
  db: Connection,
  amendment: Amendment,
  root: string,
  message: number | null,
  spot: Spot | null,
): void {
  const { peer, direction, kind, body, at, messageId, stanzaId } = amendment;
  db.run(
    `INSERT INTO amendments (peer, direction, kind, target, message, body, at, page, spot, message_id, stanza_id, unstyled, spoiler, nick, occupant_id, reason, author, mention)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    peer,
    direction,
    kind,
    root,
    message,
    body,
    at,
    spot?.page ?? null,
    spot?.spot ?? null,
    messageId,
    stanzaId,
    amendment.unstyled ?? false,
    amendment.spoiler ?? null,
    amendment.nick ?? null,
    amendment.occupantId ?? null,
    amendment.reason ?? null,
    amendment.author?.key ?? null,
    amendment.mention ?? false,
  );
  if (kind !== 'correct' || messageId === null) return;
  // Those that were read before it and are about its own id.
  db.run(
    `UPDATE amendments SET target = ?1, message = coalesce(message, ?2)
     WHERE peer = ?3 AND target = ?4 AND direction = ?5 AND message IS NULL AND kind IN ('correct', 'retract') AND author IS ?6`,
    root,
    message,
    peer,
    messageId,
    direction,
    amendment.author?.key ?? null,
  );
}

/** What a message said before, oldest first. */
export function readVersions(db: Connection, id: number): readonly MessageVersion[] {
  const first = db.one<MessageVersion>(
    'SELECT v.body, m.at FROM versions v JOIN messages m ON m.id = v.message WHERE v.message = ?',
    id,
  );
  if (!first) return [];
  const corrections = db.all<MessageVersion>(
    `SELECT a.body, a.at FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
     WHERE a.message = ? AND a.kind = 'correct' AND a.body IS NOT NULL ORDER BY ${newestFirst}`,
    id,
  );
  return [first, ...corrections.slice(1).reverse()].map(({ body, at }) => ({ body, at }));
}
