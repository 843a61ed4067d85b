import type { Conversation, Delivery } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';

interface Row {
  readonly peer: string;
  readonly unread: number;
  readonly draft: string;
  readonly direction: 'in' | 'out' | null;
  readonly text: string | null;
  readonly at: number | null;
  readonly delivery: Delivery | null;
}

// substr counts characters, so that no surrogate pair is cut in two.
const select = `
  SELECT p.peer, coalesce(c.unread, 0) AS unread, coalesce(d.text, '') AS draft,
         m.direction, substr(m.body, 1, 200) AS text, m.at, m.delivery
  FROM (SELECT peer FROM conversations UNION SELECT peer FROM drafts) p
  LEFT JOIN conversations c ON c.peer = p.peer
  LEFT JOIN drafts d ON d.peer = p.peer
  LEFT JOIN messages m ON m.id = c.last_id`;

/** Every conversation with a message or a draft, newest first. */
export function readConversations(db: Connection): readonly Conversation[] {
  return db
    .all<Row>(`${select} WHERE m.id IS NOT NULL OR d.text IS NOT NULL ORDER BY c.last_sort DESC, p.peer`)
    .map(toConversation);
}

/** One conversation; an empty one when nothing is known of it. */
export function readConversation(db: Connection, peer: string): Conversation {
  const row = db.one<Row>(`${select} WHERE p.peer = ?`, peer);
  return row ? toConversation(row) : { peer, unread: 0, draft: '', last: null };
}

function toConversation(row: Row): Conversation {
  const { peer, unread, draft, direction, text, at, delivery } = row;
  const last = direction === null || text === null || at === null ? null : { direction, text, at, delivery };
  return { peer, unread, draft, last };
}

/** The place of the last message, or null in an empty conversation. */
export function lastPlace(db: Connection, peer: string): number | null {
  return (
    db.one<{ sort: number | null }>('SELECT last_sort AS sort FROM conversations WHERE peer = ?', peer)
      ?.sort ?? null
  );
}

/** Notes a message just stored: it becomes the last one unless a later one is there. */
export function noteMessage(
  db: Connection,
  message: { readonly peer: string; readonly id: number; readonly sort: number; readonly unread: boolean },
): void {
  db.run(
    `INSERT INTO conversations (peer, unread, last_id, last_sort) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET
       unread = unread + ?2,
       last_id = iif(last_sort IS NULL OR ?4 >= last_sort, ?3, last_id),
       last_sort = iif(last_sort IS NULL OR ?4 >= last_sort, ?4, last_sort)`,
    message.peer,
    message.unread,
    message.id,
    message.sort,
  );
}

/** Finds the last message again, after one was deleted. */
export function refreshLast(db: Connection, peer: string): void {
  db.run(
    `UPDATE conversations SET (last_id, last_sort) =
       (SELECT id, sort FROM messages WHERE peer = ?1 ORDER BY sort DESC, id DESC LIMIT 1)
     WHERE peer = ?1`,
    peer,
  );
}

export function clearUnread(db: Connection, peer: string): void {
  db.run('UPDATE conversations SET unread = 0 WHERE peer = ? AND unread <> 0', peer);
}
