import { putWords, type Indexed } from '../tables/search-index';
import type { Migration } from './migration';

/** Rows that are read at once, so that a long history does not fill the memory. */
const batch = 5000;

/** Full-text search over everything that is here already, and what it takes to delete by time. */
export const search: Migration = {
  version: 3,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN search_key INTEGER;
      CREATE INDEX messages_time ON messages (peer, at);
      CREATE VIRTUAL TABLE search USING fts5 (
        words, content = '', contentless_delete = 1, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2'
      );
    `);
    for (let last = 0; ;) {
      const rows = db.all<Indexed & { readonly id: number }>(
        `SELECT id, peer, direction, NULL AS nick, subject, body, NULL AS file
         FROM messages WHERE id > ? AND retracted = 0 ORDER BY id LIMIT ?`,
        last,
        batch,
      );
      if (rows.length === 0) return;
      for (const row of rows) putWords(db, row.id, row);
      last = rows.at(-1)?.id ?? last;
    }
  },
};
