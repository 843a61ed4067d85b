import type { Migration } from './migration';

/** Single messages that were deleted here: the archive still has them, and must not bring them back. Nothing of their text. */
export const deleted: Migration = {
  version: 7,
  up: (db) => {
    db.exec(`
      CREATE TABLE deleted (
        peer TEXT NOT NULL,
        direction TEXT NOT NULL,
        at INTEGER NOT NULL,
        stanza_id TEXT,
        origin_id TEXT,
        message_id TEXT
      ) STRICT;
      CREATE INDEX deleted_peer ON deleted (peer, at);
    `);
  },
};
