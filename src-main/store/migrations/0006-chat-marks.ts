import type { Migration } from './migration';

/** What the user sets for one conversation: pinned, muted, archived, how it notifies, unread by hand. */
export const chatMarks: Migration = {
  version: 6,
  up: (db) => {
    db.exec(`
      ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
      -- Epoch milliseconds; null: not muted.
      ALTER TABLE conversations ADD COLUMN muted_until INTEGER;
      ALTER TABLE conversations ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN rule TEXT NOT NULL DEFAULT 'default'
        CHECK (rule IN ('default', 'all', 'none'));
      ALTER TABLE conversations ADD COLUMN marked_unread INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
