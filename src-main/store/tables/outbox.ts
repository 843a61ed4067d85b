import type { Connection } from '../driver';
import type { OutboxRow } from '../store';

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

/** @returns whether it was still there */
export function setWritten(db: Connection, message: number): boolean {
  return db.run('UPDATE outbox SET written = 1 WHERE message = ?', message) > 0;
}

export function dequeue(db: Connection, message: number): void {
  db.run('DELETE FROM outbox WHERE message = ?', message);
}
