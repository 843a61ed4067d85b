import type { Migration } from './migration';

/** Why a moderator took a message back; who it was is the nick of what says so. */
export const moderation: Migration = {
  version: 16,
  up: (db) => {
    db.exec('ALTER TABLE amendments ADD COLUMN reason TEXT');
  },
};
