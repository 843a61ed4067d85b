import type { Migration } from './migration';

/** How far each of the others has read in a room: the newest place alone, one row a person. */
export const roomReaders: Migration = {
  version: 27,
  up: (db) => {
    db.exec(`
      CREATE TABLE room_readers (
        peer TEXT NOT NULL,
        -- The room's id for the person, or the address that it shows of him.
        reader TEXT NOT NULL,
        nick TEXT NOT NULL,
        message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        PRIMARY KEY (peer, reader)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX room_readers_message ON room_readers (message);
      CREATE INDEX messages_own_in_rooms ON messages (peer, sort) WHERE direction = 'out' AND nick IS NOT NULL;
    `);
  },
};
