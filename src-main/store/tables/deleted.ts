/** Single messages that were deleted here, by their ids: so that the archive's copy stays away. */
import type { Connection } from '../driver';
import type { ServerMessage } from '../store';

/** As in duplicates.ts: short ids come again, and then mean another message. */
const longId = 16;
const closeMs = 10 * 60_000;
/** A copy without any id is known by its second. */
const sameMs = 1_000;

/** Notes a row that is about to be deleted. */
export function noteDeleted(db: Connection, id: number): void {
  db.run(
    `INSERT INTO deleted (peer, direction, at, stanza_id, origin_id, message_id)
     SELECT peer, direction, at, stanza_id, origin_id, message_id FROM messages WHERE id = ?`,
    id,
  );
}

/** Whether the archive's message is one that was deleted here. */
export function wasDeleted(db: Connection, message: ServerMessage): boolean {
  const { peer, direction, at, stanzaId, originId, messageId } = message;
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

/** Up to a moment all of the conversation is gone: no need to know which. */
export function forgetDeleted(db: Connection, peer: string, upTo: number): void {
  db.run('DELETE FROM deleted WHERE peer = ? AND at <= ?', peer, upTo);
}
