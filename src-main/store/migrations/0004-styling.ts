import type { Migration } from './migration';

/** Of a message and of a correction: its author wants no styling (XEP-0393 §4). */
export const styling: Migration = {
  version: 4,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN unstyled INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE amendments ADD COLUMN unstyled INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
