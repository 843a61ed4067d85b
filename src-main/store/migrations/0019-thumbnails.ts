import type { Migration } from './migration';

/** A file on its way takes a small picture of itself along (XEP-0264). */
export const thumbnails: Migration = {
  version: 19,
  up: (db) => {
    db.exec('ALTER TABLE uploads ADD COLUMN thumbnail TEXT');
  },
};
