import type { Migration } from './migration';

/** Contacts who may see us as soon as they ask (RFC 6121 §3.4). */
export const approved: Migration = {
  version: 20,
  up: (db) => {
    db.exec('ALTER TABLE roster ADD COLUMN approved INTEGER NOT NULL DEFAULT 0');
  },
};
