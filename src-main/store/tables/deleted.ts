/** Messages that were deleted here, by their ids: so that another copy of them stays away. */
import type { Connection } from '../driver';
import type { ServerMessage } from '../store';
import { deletedUpTo } from './conversations';

/** As in duplicates.ts: short ids come again, and then mean another message. */
const longId = 16;
const closeMs = 10 * 60_000;
/** A copy without any id is known by its second. */
const sameMs = 1_000;
const lastMs = 60 * 60_000;

/** Notes a row that is about to be deleted. */
export function noteDeleted(db: Connection, id: number): void {
  db.run(
    `INSERT INTO deleted (peer, direction, at, stanza_id, origin_id, message_id)
     SELECT peer, direction, at, stanza_id, origin_id, message_id FROM messages WHERE id = ?`,
    id,
  );
}

/** Whether it is a copy of one that was deleted here, or a later version of that. */
export function wasDeleted(db: Connection, message: ServerMessage): boolean {
  const { corrects } = message;
  return (
    isDeleted(db, message) ||
    (corrects !== undefined &&
      isDeleted(db, { ...message, stanzaId: null, originId: corrects.target, messageId: corrects.target }))
  );
}

/**
 * Whether what a server kept for us, or a room tells again, was deleted here. What a contact has written meanwhile is not
 * known by its time: our own clock may have dated what was deleted (R11), and there is no other copy of it.
 */
export function isToldAgain(db: Connection, message: ServerMessage): boolean {
  const { peer, at, nick, source } = message;
  if (source !== 'offline') return false;
  return (nick !== undefined && at <= (deletedUpTo(db, peer) ?? -Infinity)) || wasDeleted(db, message);
}

function isDeleted(
  db: Connection,
  { peer, direction, at, stanzaId, originId, messageId }: ServerMessage,
): boolean {
  return (
    db.one(
      `SELECT 1 FROM deleted WHERE peer = ?1 AND direction = ?2 AND (
         stanza_id = ?4 OR origin_id = ?5
         OR message_id = ?6 AND (length(?6) >= ${longId} OR abs(at - ?3) <= ${closeMs})
         OR stanza_id IS NULL AND coalesce(origin_id, message_id, ?5, ?6) IS NULL AND abs(at - ?3) <= ${sameMs}
       ) LIMIT 1`,
      peer,
      direction,
      at,
      stanzaId,
      originId,
      messageId,
    ) !== null
  );
}

/** Up to a moment all of the conversation is gone: no need to know which, but for what was said last. */
export function forgetDeleted(db: Connection, peer: string, upTo: number): void {
  db.run('DELETE FROM deleted WHERE peer = ? AND at <= ?', peer, upTo - lastMs);
}

/** Whether `at` is so near to the end that a server may not have heard that it came, and gives it once more. */
export const isLast = (at: number, upTo: number): boolean => at > upTo - lastMs;
