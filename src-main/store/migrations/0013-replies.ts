import type { Migration } from './migration';

/** What a message says of the one that it answers (XEP-0461); and what a draft is to answer. */
export const replies: Migration = {
  version: 13,
  up: (db) => {
    db.exec(`
      ALTER TABLE messages ADD COLUMN reply_id TEXT;
      ALTER TABLE messages ADD COLUMN reply_to TEXT;
      -- The words of that message, as the answer says.
      ALTER TABLE messages ADD COLUMN reply_words TEXT;
      CREATE INDEX messages_replies ON messages (peer, reply_id) WHERE reply_id IS NOT NULL;
      -- A row of messages, or of one that is there no more.
      ALTER TABLE drafts ADD COLUMN reply INTEGER;
    `);
  },
};
