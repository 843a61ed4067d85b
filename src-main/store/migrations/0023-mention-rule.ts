import type { Migration } from './migration';

/** A conversation may notify of what names us alone; SQLite changes no CHECK, so the column is made anew. */
export const mentionRule: Migration = {
  version: 23,
  up: (db) => {
    db.exec(`
      ALTER TABLE conversations ADD COLUMN rule_next TEXT NOT NULL DEFAULT 'default'
        CHECK (rule_next IN ('default', 'all', 'mentions', 'none'));
      UPDATE conversations SET rule_next = rule;
      ALTER TABLE conversations DROP COLUMN rule;
      ALTER TABLE conversations RENAME COLUMN rule_next TO rule;
    `);
  },
};
