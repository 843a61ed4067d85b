/** How far a conversation is read, here and on other devices (XEP-0490, XEP-0333). */
import type { Connection } from '../driver';
import type { ReadTarget } from '../store';
import { lastPlace, raiseReadPlace, type Place } from './conversations';

/** So many of the newest messages are looked at for one with an id: most have one, or none has. */
const looked = 200;

/** Everything here is read. @returns whether that is new */
export function readAll(db: Connection, peer: string): boolean {
  const last = lastPlace(db, peer);
  return last !== null && raiseReadPlace(db, peer, last);
}

/** Everything up to one message is read; noted for later while that message is not here. @returns whether that is new */
export function readUpTo(db: Connection, peer: string, target: ReadTarget): boolean {
  const place = placeOf(db, peer, target);
  if (place !== null) return raiseReadPlace(db, peer, place);
  db.run(
    `INSERT INTO conversations (peer, uninvited, pending_by, pending_id) VALUES (?1, 1, ?2, ?3)
     ON CONFLICT DO UPDATE SET pending_by = ?2, pending_id = ?3`,
    peer,
    target.by,
    target.id,
  );
  return false;
}

/** A message has come, or its ids: it may be the one that was read elsewhere. */
export function applyPendingRead(db: Connection, peer: string): void {
  const target = db.one<ReadTarget>(
    `SELECT pending_by AS "by", pending_id AS id FROM conversations WHERE peer = ? AND pending_id IS NOT NULL`,
    peer,
  );
  const place = target && placeOf(db, peer, target);
  if (place === null) return;
  db.run('UPDATE conversations SET pending_by = NULL, pending_id = NULL WHERE peer = ?', peer);
  raiseReadPlace(db, peer, place);
}

function placeOf(db: Connection, peer: string, { by, id }: ReadTarget): Place | null {
  const where =
    by === 'stanza-id' ? 'stanza_id = ?1' : `(message_id = ?1 OR origin_id = ?1) AND direction = 'in'`;
  return db.one<Place>(
    `SELECT id, sort FROM messages WHERE ${where} AND +peer = ?2 ORDER BY sort DESC LIMIT 1`,
    id,
    peer,
  );
}

/**
 * Ids of the newest incoming messages that are read: in the archive, and for a marker: that was asked for, or in a room, where
 * nobody has to ask, and the room's id counts (XEP-0333 §5.3).
 */
export function readPlace(
  db: Connection,
  peer: string,
): { readonly stanzaId: string | null; readonly markable: string | null } {
  const newest = (wanted: string, filter: string) =>
    db.one<{ id: string }>(
      `SELECT ${wanted} AS id FROM (
         SELECT m.stanza_id, m.message_id, m.markable, m.sort, m.nick, m.kind FROM messages m INDEXED BY messages_incoming
         JOIN conversations c ON c.peer = m.peer
         WHERE m.peer = ? AND m.direction = 'in' AND m.sort <= c.read_sort
         ORDER BY m.sort DESC LIMIT ${looked})
       WHERE ${filter} ORDER BY sort DESC LIMIT 1`,
      peer,
    )?.id ?? null;
  return {
    stanzaId: newest('stanza_id', 'stanza_id IS NOT NULL'),
    markable: newest(
      'iif(nick IS NULL, message_id, stanza_id)',
      `iif(nick IS NULL, markable = 1 AND message_id IS NOT NULL, kind = 'chat' AND stanza_id IS NOT NULL)`,
    ),
  };
}
