import type { Connection } from '../driver';
import type { OutboxRow, StreamPlace } from '../store';

/** What waits for the server's acknowledgement, first in first out. */
export function readOutbox(db: Connection): readonly OutboxRow[] {
  return db
    .all<Omit<OutboxRow, 'written'> & { readonly written: number }>(
      `SELECT m.id, m.peer, m.body, m.origin_id AS originId, m.at, o.written
       FROM outbox o JOIN messages m ON m.id = o.message ORDER BY o.position`,
    )
    .map((row) => ({ ...row, written: row.written === 1 }));
}

/** Puts a message at the end of the queue, or leaves it where it stands. */
export function enqueue(db: Connection, message: number, written: boolean): void {
  db.run('INSERT INTO outbox (message, written) VALUES (?, ?) ON CONFLICT DO NOTHING', message, written);
}

/** The same for one that failed: it was handed to a stream before, and may be in the archive from then. */
export function enqueueAgain(db: Connection, message: number): void {
  db.run('INSERT INTO outbox (message, written, again) VALUES (?, 1, 1) ON CONFLICT DO NOTHING', message);
}

/** Whether it waits a second time, after it had failed. */
export function waitsAgain(db: Connection, message: number): boolean {
  return db.one('SELECT 1 FROM outbox WHERE message = ? AND again = 1', message) !== null;
}

/** @returns whether it was still there */
export function setWritten(db: Connection, message: number, place: StreamPlace | null): boolean {
  return (
    db.run(
      'UPDATE outbox SET written = 1, session = ?, number = ? WHERE message = ?',
      place?.session ?? null,
      place?.number ?? null,
      message,
    ) > 0
  );
}

/** Whether it waits and no stream was ever given it. */
export function neverWritten(db: Connection, message: number): boolean {
  return db.one('SELECT 1 FROM outbox WHERE message = ? AND written = 0', message) !== null;
}

/**
 * Rows that the server had when it counted up to `handled` in that session. Numbers are modulo 2^32 (XEP-0198 §4): one
 * that is less than half of that behind is behind, the others are ahead.
 */
export function handledBy(db: Connection, { session, number: handled }: StreamPlace): readonly number[] {
  return db
    .all<{ message: number }>(
      `SELECT message FROM outbox WHERE session = ?1 AND number IS NOT NULL
         AND ((?2 - number) & 4294967295) < 2147483648 ORDER BY position`,
      session,
      handled,
    )
    .map(({ message }) => message);
}

/** That session's numbers mean other stanzas from now on: what it had not got is in none. */
export function forgetPlaces(db: Connection, session: string): void {
  db.run('UPDATE outbox SET session = NULL, number = NULL WHERE session = ?', session);
}

export function dequeue(db: Connection, message: number): void {
  db.run('DELETE FROM outbox WHERE message = ?', message);
}
