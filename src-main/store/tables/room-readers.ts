/** How far others have read in a room (XEP-0333 §5.3). */
import type { Connection } from '../driver';
import type { Amendment } from '../store';
import type { Place } from './conversations';

/** So many of those who have read a message are named. */
const maxNamed = 1_000;

/**
 * Of `messages m`: who has read the newest one of ours that anybody has read, as a list in JSON. Of the ones above it nobody
 * is told.
 */
export const readBy = `iif(m.delivery = 'read' AND m.nick IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM messages n INDEXED BY messages_own_in_rooms
    WHERE n.peer = m.peer AND n.direction = 'out' AND n.nick IS NOT NULL AND n.sort > m.sort AND n.delivery = 'read'),
  (SELECT json_group_array(r.nick) FROM (SELECT o.nick FROM room_readers o JOIN messages t ON t.id = o.message
     WHERE o.peer = m.peer AND t.sort >= m.sort ORDER BY o.nick LIMIT ${maxNamed}) r), NULL)`;

/**
 * T11: somebody says of himself that he has read up to a message that is here, and further than he had said before.
 * @returns the newest of ours that he has read by that; null: none, or nothing is new
 */
export function noteReader(db: Connection, { peer, target, author, nick }: Amendment): number | null {
  if (author === undefined || author.passing || author.key === '' || nick === undefined) return null;
  const place = db.one<Place>(
    `SELECT id, sort FROM messages WHERE stanza_id = ? AND +peer = ? ORDER BY sort DESC LIMIT 1`,
    target,
    peer,
  );
  if (place === null) return null;
  const moved = db.run(
    `INSERT INTO room_readers (peer, reader, nick, message) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET nick = ?3, message = ?4
     WHERE (SELECT m.sort FROM messages m WHERE m.id = room_readers.message) < ?5`,
    peer,
    author.key,
    nick,
    place.id,
    place.sort,
  );
  return moved === 0 ? null : ownUpTo(db, peer, place.sort);
}

/** The last of ours up to that place that the room has said: it is read now. One that waits may yet have to go. */
function ownUpTo(db: Connection, peer: string, sort: number): number | null {
  const own = db.one<{ id: number }>(
    `SELECT id FROM messages INDEXED BY messages_own_in_rooms
     WHERE peer = ? AND direction = 'out' AND nick IS NOT NULL AND sort <= ? AND kind = 'chat' AND stanza_id IS NOT NULL
       AND delivery IN ('sent', 'received', 'read') ORDER BY sort DESC LIMIT 1`,
    peer,
    sort,
  );
  if (own === null) return null;
  db.run(`UPDATE messages SET delivery = 'read' WHERE id = ? AND delivery <> 'read'`, own.id);
  return own.id;
}
