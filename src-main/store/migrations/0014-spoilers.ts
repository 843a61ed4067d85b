import type { Migration } from './migration';

/** Texts that are not to be seen at once (XEP-0382): the hint, '' for none; NULL: no such text. */
export const spoilers: Migration = {
  version: 14,
  up: (db) => {
    db.exec('ALTER TABLE messages ADD COLUMN spoiler TEXT');
  },
};
