import type { Migration } from './migration';

/** Pictures by their hash, once however many have the same, and whose they are. */
export const avatars: Migration = {
  version: 5,
  up: (db) => {
    db.exec(`
      CREATE TABLE pictures (hash TEXT PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL) STRICT;
      CREATE TABLE avatars (jid TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX avatars_hash ON avatars (hash);
    `);
  },
};
