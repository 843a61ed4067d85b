import type { Migration } from './migration';

/** A correction may cover what it says (XEP-0382); whether the first text was covered is kept with that. */
export const laterSpoilers: Migration = {
  version: 17,
  up: (db) => {
    db.exec(`
      ALTER TABLE amendments ADD COLUMN spoiler TEXT;
      ALTER TABLE versions ADD COLUMN spoiler TEXT;
      UPDATE versions SET spoiler = (SELECT m.spoiler FROM messages m WHERE m.id = versions.message);
    `);
  },
};
