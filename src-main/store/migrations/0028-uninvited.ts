import type { Migration } from './migration';

/** Whoever began a conversation with a notice was never let in by it (T31): what he says next waits among the requests. */
export const uninvited: Migration = {
  version: 28,
  up: (db) => {
    db.exec(`
      ALTER TABLE conversations ADD COLUMN uninvited INTEGER NOT NULL DEFAULT 0;
      UPDATE conversations SET uninvited = 1
       WHERE standing = 'open'
         AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.peer = conversations.peer AND m.direction = 'out')
         AND (SELECT kind FROM messages m WHERE m.peer = conversations.peer ORDER BY sort, id LIMIT 1) IN ('normal', 'headline');
    `);
  },
};
