import type { Migration } from './migration';

/** What kind of room it was when it was asked: what counts in it is known before it is joined again. */
export const roomKinds: Migration = {
  version: 25,
  up: (db) => {
    db.exec(`
      ALTER TABLE rooms ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE rooms ADD COLUMN members_only INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
