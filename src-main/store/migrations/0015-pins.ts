import type { Migration } from './migration';

/** Messages that the user keeps at hand above their conversation: since when. */
export const pins: Migration = {
  version: 15,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN pinned_at INTEGER;
      CREATE INDEX messages_pinned ON messages (peer, pinned_at) WHERE pinned_at IS NOT NULL;
    `);
  },
};
