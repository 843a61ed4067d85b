import type { Migration } from './migration';

/** The search knows files by their names and who spoke in a room: what is older gets these words bit by bit (reindex.ts). */
export const searchSenders: Migration = {
  version: 26,
  up: (db) => {
    db.exec(`
      INSERT INTO meta (key, value)
        SELECT 'reindex', CAST(max(id) AS TEXT) FROM messages HAVING max(id) IS NOT NULL;
    `);
  },
};
