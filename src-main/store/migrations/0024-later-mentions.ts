import type { Migration } from './migration';

/** In a room: whether the new text of a correction names us, as the text before it may not. */
export const laterMentions: Migration = {
  version: 24,
  up: (db) => {
    db.exec('ALTER TABLE amendments ADD COLUMN mention INTEGER NOT NULL DEFAULT 0');
  },
};
