/** What we say of messages: corrections, retractions and reactions of ours, from their commit until the server has them. */
import type { Connection } from '../driver';
import type { OutgoingAmendment } from '../store';
import { apply } from './amendments';
import { ownAuthor } from './amendment-targets';
import { correctable, known, knownBy, retractable } from './message-columns';
import { lastMessageId, raiseMessageId } from './messages';
import { dequeueAmendment, enqueueAgain, enqueueAmendment } from './outbox';

/** What has to be true of a message to say that of it. */
const allowed = { correct: correctable, retract: retractable, react: known } as const;

export interface OwnAmendment {
  readonly id: number;
  readonly message: number;
  readonly entry: number;
}
const columns = 'id, message, entry FROM amendments WHERE entry IS NOT NULL AND message IS NOT NULL AND';

/** One that was written here, by its number in the outbox. */
export const findEntry = (db: Connection, entry: number): OwnAmendment | null =>
  db.one<OwnAmendment>(`SELECT ${columns} entry = ?`, entry);

/** The same by the id of its stanza, only in the conversation with `peer` (T11). */
export const findAmendment = (db: Connection, peer: string, originId: string): OwnAmendment | null =>
  db.one<OwnAmendment>(`SELECT ${columns} peer = ? AND message_id = ?`, peer, originId);

/**
 * Commits what we say of a message of ours, and its place in the outbox.
 * @returns its number in there; null: there is no such message, or nothing can be said of it any more
 */
export function putOwnAmendment(db: Connection, said: OutgoingAmendment): number | null {
  const { id, kind, body, originId, at } = said;
  const target = db.one<{
    peer: string;
    messageId: string;
    at: number;
    delivery: string | null;
    spoiler: string | null;
  }>(
    `SELECT m.peer, ${kind === 'correct' ? 'm.message_id' : knownBy} AS messageId, m.at, m.delivery, m.spoiler
     FROM messages m WHERE m.id = ? AND ${allowed[kind]}`,
    id,
  );
  if (!target) return null;
  // While it is not known whether the server has a message, its text is needed still.
  if (kind === 'retract' && target.delivery === 'waiting') return null;
  const { peer, messageId } = target;
  const newest = db.one<{ at: number | null }>('SELECT max(at) AS at FROM amendments WHERE message = ?', id);
  const entry = lastMessageId(db) + 1;
  raiseMessageId(db, entry);
  const row = db.one<{ id: number }>(
    `INSERT INTO amendments (peer, direction, kind, target, message, body, at, message_id, entry, nick, author, spoiler)
     VALUES (?, 'out', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    peer,
    kind,
    messageId,
    id,
    body,
    // What is said last counts, whatever the clocks of other devices say (R11).
    Math.max(at, target.at + 1, (newest?.at ?? 0) + 1),
    originId,
    entry,
    said.nick ?? null,
    (said.nick ?? null) === null || kind === 'react' ? null : ownAuthor.key,
    // What is covered is not uncovered by another text.
    kind === 'correct' ? target.spoiler : null,
  );
  // The last word on it says all: what was never sent need not be.
  if (kind === 'react')
    db.run(
      `DELETE FROM outbox WHERE written = 0 AND amendment IN
         (SELECT id FROM amendments WHERE message = ? AND kind = 'react' AND entry < ?)`,
      id,
      entry,
    );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  // Nobody is to get a text that is taken back.
  if (kind === 'retract') db.run('DELETE FROM outbox WHERE message = ? AND amendment IS NOT NULL', id);
  enqueueAmendment(db, id, row.id);
  apply(db, id);
  return entry;
}

/** It will not go again by itself. */
export const hasFailed = (db: Connection, { id }: OwnAmendment): boolean =>
  db.one('SELECT 1 FROM amendments WHERE id = ? AND error_condition IS NOT NULL', id) !== null;

export function failAmendment(
  db: Connection,
  { id }: OwnAmendment,
  error: { readonly condition: string; readonly text: string | null },
): void {
  dequeueAmendment(db, id);
  db.run(
    'UPDATE amendments SET error_condition = ?, error_text = ? WHERE id = ?',
    error.condition,
    error.text,
    id,
  );
}

/** Those of a message that failed, or one that is named, wait again, in their order. @returns whether there were any */
export function retryAmendments(db: Connection, message: number, entry: number | null): boolean {
  const failed = db.all<{ id: number }>(
    `SELECT id FROM amendments WHERE message = ?1 AND error_condition IS NOT NULL
       AND (entry = ?2 OR (?2 IS NULL AND kind <> 'react')) ORDER BY entry`,
    message,
    entry,
  );
  for (const { id } of failed) {
    db.run('UPDATE amendments SET error_condition = NULL, error_text = NULL WHERE id = ?', id);
    enqueueAgain(db, message, id);
  }
  return failed.length > 0;
}

/**
 * Corrections that failed are given up: the message says again what the other side knows. They stay without their text, so that
 * the archive, which may have them, does not bring them back. @returns whether there were any
 */
export function dropFailed(db: Connection, message: number): boolean {
  const dropped = db.run(
    `UPDATE amendments SET body = NULL, error_condition = NULL, error_text = NULL
     WHERE message = ? AND kind = 'correct' AND error_condition IS NOT NULL`,
    message,
  );
  if (dropped > 0) apply(db, message);
  return dropped > 0;
}

/** The message itself failed: nobody has it to be corrected, and what goes again is what it says by now. */
export function foldCorrections(db: Connection, message: number): void {
  const folded = db.run(
    `DELETE FROM amendments WHERE message = ? AND kind = 'correct' AND entry IS NOT NULL`,
    message,
  );
  if (folded === 0) return;
  db.run('DELETE FROM versions WHERE message = ?', message);
  db.run('UPDATE messages SET edited = 0 WHERE id = ?', message);
}
