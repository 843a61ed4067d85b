import type { Migration } from './migration';

/** Rooms of the account, and what a message said in one has beside others: its nick, the person's id, whether it names us. */
export const rooms: Migration = {
  version: 9,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN nick TEXT;
      ALTER TABLE messages ADD COLUMN occupant_id TEXT;
      ALTER TABLE messages ADD COLUMN mention INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX messages_mentions ON messages (peer, sort) WHERE mention = 1;
      CREATE TABLE rooms (
        jid TEXT PRIMARY KEY,
        nick TEXT NOT NULL,
        name TEXT,
        subject TEXT,
        password TEXT,
        -- Joined again at sign-in.
        wanted INTEGER NOT NULL,
        -- JSON: why we are not in it, where the room ended it.
        exit TEXT
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
