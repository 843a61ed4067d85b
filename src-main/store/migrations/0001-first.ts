import type { Migration } from './migration';

/** Everything that one account needs to talk; identity columns and outbox are here from the first day. */
export const first: Migration = {
  version: 1,
  up: (db) => {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE roster (
        jid TEXT PRIMARY KEY,
        name TEXT,
        subscription TEXT NOT NULL,
        asked INTEGER NOT NULL,
        shared INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE contact_groups (
        jid TEXT NOT NULL,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (jid, position)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE requests (
        jid TEXT PRIMARY KEY,
        nick TEXT,
        message TEXT,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- sort: the place in the conversation; equal ones stand in the order of their ids.
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        peer TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'chat',
        direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
        body TEXT NOT NULL,
        at INTEGER NOT NULL,
        sort INTEGER NOT NULL,
        stanza_id TEXT,
        origin_id TEXT,
        message_id TEXT,
        delivery TEXT CHECK (delivery IN ('waiting', 'sent', 'received', 'read', 'failed')),
        error_condition TEXT,
        error_text TEXT
      ) STRICT;
      CREATE INDEX messages_place ON messages (peer, sort, id);
      CREATE INDEX messages_stanza_id ON messages (stanza_id) WHERE stanza_id IS NOT NULL;
      CREATE INDEX messages_origin_id ON messages (origin_id) WHERE origin_id IS NOT NULL;
      CREATE INDEX messages_message_id ON messages (message_id) WHERE message_id IS NOT NULL;
      CREATE UNIQUE INDEX messages_own_id ON messages (origin_id) WHERE direction = 'out';

      CREATE TABLE conversations (
        peer TEXT PRIMARY KEY,
        unread INTEGER NOT NULL DEFAULT 0,
        last_id INTEGER,
        last_sort INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE drafts (peer TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
        written INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
