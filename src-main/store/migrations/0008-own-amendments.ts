import type { Migration } from './migration';

/**
 * What we say of messages ourselves goes through the outbox too: corrections, retractions, reactions. Each has a number of
 * its own there (`entry`), of the sequence that messages have theirs from, so that numbers tell the order of writing.
 */
export const ownAmendments: Migration = {
  version: 8,
  up: (db) => {
    db.exec(`
      CREATE TABLE amendments_next (
        id INTEGER PRIMARY KEY,
        peer TEXT NOT NULL,
        -- Of the message that is amended; of a reaction: of whoever reacts.
        direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
        kind TEXT NOT NULL CHECK (kind IN ('correct', 'retract', 'react', 'received', 'read')),
        target TEXT NOT NULL,
        -- The row that it was applied to; null while that is not here.
        message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
        body TEXT,
        at INTEGER NOT NULL,
        -- The page of an archive that it came with, and where in that; null: none yet.
        page INTEGER,
        spot INTEGER,
        message_id TEXT,
        stanza_id TEXT,
        unstyled INTEGER NOT NULL DEFAULT 0,
        -- Of those that were written here.
        entry INTEGER,
        error_condition TEXT,
        error_text TEXT
      ) STRICT;
      INSERT INTO amendments_next (id, peer, direction, kind, target, message, body, at, page, spot, message_id, stanza_id, unstyled)
        SELECT id, peer, direction, kind, target, message, body, at, page, spot, message_id, stanza_id, unstyled FROM amendments;
      DROP TABLE amendments;
      ALTER TABLE amendments_next RENAME TO amendments;
      CREATE INDEX amendments_target ON amendments (peer, target);
      CREATE INDEX amendments_waiting ON amendments (peer, target) WHERE message IS NULL;
      CREATE INDEX amendments_message ON amendments (message) WHERE message IS NOT NULL;
      CREATE INDEX amendments_message_id ON amendments (peer, message_id) WHERE message_id IS NOT NULL;
      CREATE INDEX amendments_stanza_id ON amendments (stanza_id) WHERE stanza_id IS NOT NULL;
      CREATE UNIQUE INDEX amendments_entry ON amendments (entry) WHERE entry IS NOT NULL;

      -- A message may wait, and amendments of it: its own row in here has none.
      CREATE TABLE outbox_next (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        amendment INTEGER UNIQUE REFERENCES amendments (id) ON DELETE CASCADE,
        written INTEGER NOT NULL,
        session TEXT,
        number INTEGER,
        again INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO outbox_next (position, message, written, session, number, again)
        SELECT position, message, written, session, number, again FROM outbox;
      DROP TABLE outbox;
      ALTER TABLE outbox_next RENAME TO outbox;
      CREATE UNIQUE INDEX outbox_message ON outbox (message) WHERE amendment IS NULL;
      CREATE INDEX outbox_about ON outbox (message);
    `);
  },
};
