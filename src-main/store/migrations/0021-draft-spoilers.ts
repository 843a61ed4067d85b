import type { Migration } from './migration';

/** What is being written and not to be seen at once (XEP-0382): the hint, '' for none; NULL: it is to be seen. */
export const draftSpoilers: Migration = {
  version: 21,
  up: (db) => {
    db.exec('ALTER TABLE drafts ADD COLUMN spoiler TEXT');
  },
};
