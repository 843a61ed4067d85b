import type { Migration } from './migration';

/** A file on its way answers a message (XEP-0461): a row of messages, or of one that is there no more. */
export const uploadAnswers: Migration = {
  version: 22,
  up: (db) => {
    db.exec('ALTER TABLE uploads ADD COLUMN answers INTEGER');
  },
};
