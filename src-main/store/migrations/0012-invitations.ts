import type { Migration } from './migration';

/** Invitations to rooms that wait for an answer, one for each room. */
export const invitations: Migration = {
  version: 12,
  up: (db) => {
    db.exec(`
      CREATE TABLE invitations (
        room TEXT PRIMARY KEY,
        -- Who invites; NULL where the room does not say.
        invited_by TEXT,
        -- By a message of theirs (XEP-0249), not by the room.
        direct INTEGER NOT NULL,
        reason TEXT,
        password TEXT,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
