import type { Migration } from './migration';

/** A file on its way to somebody in a room alone: who had that nick when it was chosen. */
export const uploadWhom: Migration = {
  version: 29,
  up: (db) => {
    db.exec('ALTER TABLE uploads ADD COLUMN whom TEXT');
  },
};
