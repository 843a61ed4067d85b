import type { Migration } from './migration';

/**
 * What it takes to know a message by any of its copies, to read an archive from all sides, and to go on with a session
 * after a crash. docs/store.md says what the tables are for.
 */
export const identity: Migration = {
  version: 2,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN subject TEXT;
      ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE messages ADD COLUMN retracted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE messages ADD COLUMN markable INTEGER NOT NULL DEFAULT 0;
      -- The page of an archive that it came with: of the whole account, or of a query with its peer alone.
      ALTER TABLE messages ADD COLUMN page INTEGER;
      ALTER TABLE messages ADD COLUMN page_with INTEGER;

      -- Own messages of other devices need not have ids that are unique.
      DROP INDEX messages_own_id;

      -- Microseconds: between two messages of one millisecond there is room for others. Equal ones get places of their own.
      UPDATE messages SET sort = sort * 1000 + min(n, 999) FROM (
        SELECT id AS row, row_number() OVER (PARTITION BY peer, sort ORDER BY id) - 1 AS n FROM messages
      ) WHERE id = row;
      CREATE INDEX messages_incoming ON messages (peer, sort) WHERE direction = 'in';

      ALTER TABLE conversations ADD COLUMN standing TEXT NOT NULL DEFAULT 'open'
        CHECK (standing IN ('open', 'request', 'ignored', 'blocked'));
      -- Everything up to this row is read; and its place.
      ALTER TABLE conversations ADD COLUMN read_row INTEGER;
      ALTER TABLE conversations ADD COLUMN read_sort INTEGER NOT NULL DEFAULT 0;
      -- A message that another device has read and that is not here yet.
      ALTER TABLE conversations ADD COLUMN pending_by TEXT CHECK (pending_by IN ('stanza-id', 'message-id'));
      ALTER TABLE conversations ADD COLUMN pending_id TEXT;
      -- Time of the newest message that was deleted: what is not later does not come back from the archive.
      ALTER TABLE conversations ADD COLUMN deleted_upto INTEGER;
      UPDATE conversations SET last_sort = (SELECT sort FROM messages WHERE id = last_id);
      UPDATE conversations SET read_row = row FROM (
        SELECT id AS row, m.peer AS chat, row_number() OVER (PARTITION BY m.peer ORDER BY m.sort DESC) AS n
        FROM messages m WHERE m.direction = 'in'
      ) WHERE chat = peer AND n = unread + 1;
      UPDATE conversations SET read_sort = coalesce((SELECT sort FROM messages WHERE id = read_row), 0);

      CREATE TABLE amendments (
        id INTEGER PRIMARY KEY,
        peer TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
        kind TEXT NOT NULL CHECK (kind IN ('correct', 'retract', 'received', 'read')),
        target TEXT NOT NULL,
        -- The row that it was applied to; null while that is not here.
        message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
        body TEXT,
        at INTEGER NOT NULL,
        -- The page of an archive that it came with, and where in that; null: none yet.
        page INTEGER,
        spot INTEGER,
        message_id TEXT,
        stanza_id TEXT
      ) STRICT;
      CREATE INDEX amendments_target ON amendments (peer, target);
      CREATE INDEX amendments_waiting ON amendments (peer, target) WHERE message IS NULL;
      CREATE INDEX amendments_message ON amendments (message) WHERE message IS NOT NULL;
      CREATE INDEX amendments_message_id ON amendments (peer, message_id) WHERE message_id IS NOT NULL;
      CREATE INDEX amendments_stanza_id ON amendments (stanza_id) WHERE stanza_id IS NOT NULL;
      -- What a corrected message said at first.
      CREATE TABLE versions (
        message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        body TEXT NOT NULL
      ) STRICT;

      CREATE TABLE archive_ranges (
        id INTEGER PRIMARY KEY,
        with_jid TEXT NOT NULL,
        first_id TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_id TEXT NOT NULL,
        last_at INTEGER NOT NULL,
        whole INTEGER NOT NULL,
        lost INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX archive_ranges_first ON archive_ranges (with_jid, first_id);
      CREATE INDEX archive_ranges_last ON archive_ranges (with_jid, last_id);
      -- Which range a page belongs to, since ranges grow together; and its turn among the others of that.
      CREATE TABLE archive_pages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        range INTEGER NOT NULL REFERENCES archive_ranges (id),
        turn INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX archive_pages_range ON archive_pages (range, turn);
      -- The oldest and the newest row of each conversation in a range.
      CREATE TABLE range_edges (
        range INTEGER NOT NULL REFERENCES archive_ranges (id),
        peer TEXT NOT NULL,
        first_row INTEGER NOT NULL,
        last_row INTEGER NOT NULL,
        PRIMARY KEY (peer, range)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX range_edges_range ON range_edges (range);

      -- Where it stands in a session that can be resumed (XEP-0198).
      ALTER TABLE outbox ADD COLUMN session TEXT;
      ALTER TABLE outbox ADD COLUMN number INTEGER;
      -- It failed before: what the archive has may be of that try.
      ALTER TABLE outbox ADD COLUMN again INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE session (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;
      CREATE TABLE presences (jid TEXT PRIMARY KEY, resources TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE capabilities (key TEXT PRIMARY KEY, info TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `);
  },
};
