/** What an older Flint has put into the full-text table gets the words that it would have now, step by step. */
import type { Connection } from './driver';
import { getMeta, setMeta } from './tables/meta';
import { indexMessage } from './tables/search-index';

/** Rows that one step writes anew, and through how many it looks for them: a few dozen milliseconds. */
const mostWritten = 100;
const mostRead = 10_000;

/** Shares a file, was said in a room, or was taken for a file only because it looks like the address of one. */
const due = `file IS NOT NULL OR nick IS NOT NULL OR body LIKE 'https://%' OR body LIKE 'aesgcm://%'`;

/**
 * One step, the newest messages first.
 * @returns false when nothing is left to do
 */
export function reindex(db: Connection): boolean {
  const state = getMeta(db, 'reindex');
  if (state === null) return false;
  const last = Number(state);
  const first = last - mostRead;
  return db.transaction(() => {
    const rows = db.all<{ readonly id: number }>(
      `SELECT id FROM messages WHERE id <= ? AND id > ? AND (${due}) ORDER BY id DESC LIMIT ${mostWritten}`,
      last,
      first,
    );
    for (const { id } of rows) indexMessage(db, id);
    const next = rows.length === mostWritten ? (rows.at(-1)?.id ?? 0) - 1 : first;
    setMeta(db, 'reindex', next > 0 ? String(next) : null);
    return next > 0;
  });
}
