import type { Migration } from './migration';

/** What is said of a message in a room has an author, who is not known by the direction alone. */
export const reactions: Migration = {
  version: 10,
  up: (db) => {
    db.exec(`
      ALTER TABLE amendments ADD COLUMN nick TEXT;
      ALTER TABLE amendments ADD COLUMN occupant_id TEXT;
    `);
  },
};
