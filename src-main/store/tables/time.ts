/** A conversation by its clock. */
import type { MessagePlace } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';

/** The first message at or after a moment. */
export function firstSince(db: Connection, peer: string, at: number): MessagePlace | null {
  const sql = 'SELECT id, at FROM messages WHERE peer = ? AND at >= ? ORDER BY at, sort, id LIMIT 1';
  return db.one<MessagePlace>(sql, peer, at);
}

/** Whether there are messages from each moment to the next: a look into the index for each, however many they are. */
export function daysWith(db: Connection, peer: string, starts: readonly number[]): readonly boolean[] {
  return starts
    .slice(1)
    .map(
      (end, index) =>
        db.one(
          'SELECT 1 FROM messages WHERE peer = ? AND at >= ? AND at < ? LIMIT 1',
          peer,
          starts[index] ?? end,
          end,
        ) !== null,
    );
}
