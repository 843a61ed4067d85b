import type { Migration } from './migration';

/** Who said something in a room that gives no ids for persons; and whose messages alone a correction or a retraction can be about. */
export const roomAuthors: Migration = {
  version: 18,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN author TEXT;
      ALTER TABLE amendments ADD COLUMN author TEXT;
    `);
  },
};
