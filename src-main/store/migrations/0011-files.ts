import type { Migration } from './migration';

/** What a message says of the file that it shares, as JSON; and files that are on their way to the server. */
export const files: Migration = {
  version: 11,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN file TEXT;
      CREATE INDEX messages_files ON messages (peer, sort, id) WHERE file IS NOT NULL;
      CREATE TABLE uploads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        peer TEXT NOT NULL,
        path TEXT NOT NULL,
        -- A copy that we made: it goes with the row.
        copied INTEGER NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        -- Of the message that it becomes.
        origin_id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        fault TEXT,
        detail TEXT
      ) STRICT;
    `);
  },
};
