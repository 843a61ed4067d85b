/** Answers: which row a message answers, and how that stands above it. */
import { fileNameOf, type SharedFile } from '../../../src-shared/model/file';
import type { Quoted, ReplyTo } from '../../../src-shared/model/quoted';
import type { Connection } from '../driver';
import type { Answer } from '../store';

/** Of `messages q`: what stands above an answer to it, as JSON. */
export const quotedColumns = (q: string): string => `json_object('id', ${q}.id, 'direction', ${q}.direction,
  'nick', ${q}.nick, 'text', iif(${q}.spoiler IS NULL, substr(${q}.body, 1, 200), ''), 'spoiler', ${q}.spoiler, 'retracted', ${q}.retracted,
  'file', iif(${q}.edited OR ${q}.retracted, NULL, ${q}.file))`;

/**
 * What `messages m` answers, as it is by now: by the id that its sender gave, in a room by the room's own. A short id comes
 * again: what stands above the answer is meant, the nearest.
 */
export const quotedBy = `iif(m.reply_id IS NULL, NULL, (SELECT r.quoted FROM
  (SELECT ${quotedColumns('q')} AS quoted, q.sort, q.sort > m.sort AS later FROM messages q
     WHERE (q.message_id = m.reply_id OR q.origin_id = m.reply_id OR q.stanza_id = m.reply_id) AND +q.peer = m.peer
       AND iif(m.nick IS NULL, m.reply_id IN (q.message_id, q.origin_id), m.reply_id IS q.stanza_id)
       AND q.kind = 'chat' AND q.id <> m.id) r
  ORDER BY r.later, r.sort DESC LIMIT 1))`;

interface Kept {
  readonly id: number;
  readonly direction: 'in' | 'out';
  readonly nick: string | null;
  readonly text: string;
  readonly retracted: number;
  readonly file: string | null;
  readonly spoiler: string | null;
}
export const toQuoted = (json: string): Quoted => {
  const { nick, retracted, file, spoiler, ...rest } = JSON.parse(json) as Kept;
  return {
    ...rest,
    ...(nick === null ? {} : { nick }),
    ...(file === null ? {} : { file: fileNameOf(JSON.parse(file) as SharedFile) }),
    ...(spoiler === null ? {} : { spoiler }),
    ...(retracted === 1 ? { retracted: true } : {}),
  };
};

/** What an answer of ours says of a row (XEP-0461 §3.1); null: others cannot be told which one is meant. */
export function replyTo(db: Connection, peer: string, { id, to, words }: Answer): ReplyTo | null {
  const row = db.one<{ known: string | null }>(
    `SELECT iif(nick IS NULL, coalesce(origin_id, message_id), stanza_id) AS known
     FROM messages WHERE id = ? AND peer = ? AND kind = 'chat' AND retracted = 0`,
    id,
    peer,
  );
  return row && row.known !== null ? { id: row.known, to, words } : null;
}

/** Rows that answer one of these. */
export function answersTo(db: Connection, ids: readonly number[]): readonly number[] {
  if (ids.length === 0) return [];
  return db
    .all<{ id: number }>(
      `SELECT DISTINCT a.id FROM messages m JOIN messages a INDEXED BY messages_replies
         ON a.peer = m.peer AND a.reply_id IN (m.message_id, m.origin_id, m.stanza_id)
       WHERE m.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    )
    .map(({ id }) => id);
}

/** The message was taken back: its words stay nowhere, but in what others wrote themselves. */
export function forgetWords(db: Connection, id: number): void {
  db.run(
    'UPDATE messages SET reply_words = NULL WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(answersTo(db, [id])),
  );
}
