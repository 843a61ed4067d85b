/** Which message a later stanza is about, and whether whoever says it may (T4, T5, T11). */
import type { Connection } from '../driver';
import type { Amendment } from '../store';

/** Short ids come again (see duplicates.ts): they mean a message that is not much later, nor older than a day. */
const longId = 16;
const laterMs = 10 * 60_000;
const earlierMs = 86_400_000;

export const isReceipt = (kind: Amendment['kind']): kind is 'received' | 'read' =>
  kind === 'received' || kind === 'read';

/** What is said of it goes by the sender's id; in a room reactions and retractions go by the room's (XEP-0424 §4, XEP-0444 §4.2). */
const bySenderId = ({ nick, kind }: Pick<Amendment, 'nick' | 'kind'>): boolean =>
  nick === undefined || kind === 'correct';

/** T4, T5: `messages m` is of the author with that key; of ours the direction says all. No key: the room itself, or a contact. */
const ofAuthor = (key: string, direction: string): string =>
  `(${key} IS NULL OR (m.direction = ${direction} AND (${direction} = 'out' OR ${key} IN ('occupant:' || m.occupant_id, m.author))))`;

/** Of `messages m` and what waits for its message, `amendments a`. */
export const fitsPending = `(a.kind = 'react' OR a.nick IS NOT NULL OR a.direction = m.direction)
  AND iif(a.nick IS NULL OR a.kind = 'correct', a.target IN (m.message_id, m.origin_id), a.target = m.stanza_id)
  AND ${ofAuthor('a.author', 'a.direction')}
  AND (a.kind <> 'correct' OR m.kind = 'chat')
  AND ((a.nick IS NOT NULL AND a.kind <> 'correct') OR length(a.target) >= ${longId}
    OR m.at - a.at BETWEEN -${earlierMs} AND ${laterMs})`;

/**
 * Only in the same conversation and direction: of the same author (T4, T5), or of ours to the one who answers (T11). Anybody may
 * react to anything; but in a private message of a room only to ours, and to what the same person wrote (T10).
 */
export function findTarget(db: Connection, amendment: Amendment, target: string): number | null {
  const { peer, direction, kind, at, author } = amendment;
  const key = author?.key ?? null;
  const found = bySenderId(amendment)
    ? db.one<{ id: number }>(
        `SELECT m.id FROM messages m WHERE (m.message_id = ?1 OR m.origin_id = ?1) AND +m.peer = ?2
           AND (m.direction = ?3 OR ?5 = 'react') AND (length(?1) >= ${longId} OR m.at - ?4 BETWEEN -${earlierMs} AND ${laterMs})
           AND (?5 <> 'correct' OR m.kind = 'chat')
           AND (${ofAuthor('?6', '?3')} OR (?5 = 'react' AND m.direction = 'out'))
         ORDER BY m.sort DESC LIMIT 1`,
        ...([target, peer, direction, at, kind, key] as const),
      )
    : // The room's own id for it: nobody else gives that.
      db.one<{ id: number }>(
        `SELECT m.id FROM messages m WHERE m.stanza_id = ?1 AND +m.peer = ?2 AND m.kind = 'chat' AND ${ofAuthor('?4', '?3')} LIMIT 1`,
        ...([target, peer, direction, key] as const),
      );
  return found?.id ?? null;
}

/**
 * Some clients correct a correction by its own id, and say of a message that it was read by that of its last correction: what
 * is meant is the message that all of them are about.
 */
export function rootOf(db: Connection, amendment: Amendment): string {
  const { peer, direction, kind, target, author } = amendment;
  if (!bySenderId(amendment)) return target;
  const earlier = db.one<{ target: string }>(
    `SELECT target FROM amendments WHERE peer = ? AND message_id = ? AND (direction = ? OR ? = 'react') AND kind = 'correct'
       AND author IS ?`,
    peer,
    target,
    direction,
    kind,
    author?.key ?? null,
  );
  return earlier?.target ?? target;
}

/** Its other copy. A receipt is the same whatever its own id. */
export function findKnown(
  db: Connection,
  { peer, direction, kind, target, stanzaId, messageId, nick }: Amendment,
): { readonly id: number; readonly message: number | null } | null {
  if (isReceipt(kind)) {
    return db.one(
      'SELECT id, message FROM amendments WHERE peer = ? AND target = ? AND direction = ? AND kind = ?',
      peer,
      target,
      direction,
      kind,
    );
  }
  if (stanzaId === null && messageId === null) return null;
  return db.one(
    `SELECT id, message FROM amendments WHERE peer = ?1 AND direction = ?2 AND kind = ?3
       AND (stanza_id = ?4 OR (message_id = ?5 AND (?4 IS NULL OR stanza_id IS NULL)
         -- In a room somebody else may give the same id.
         AND (direction = 'out' OR nick IS ?6)))
     ORDER BY stanza_id IS NULL LIMIT 1`,
    peer,
    direction,
    kind,
    stanzaId,
    messageId,
    nick ?? null,
  );
}

/**
 * A room that hides who is who hides it of us too (see withOwner): what our nick said under an id of ours, in the same words,
 * is ours.
 */
export function withOwnAuthor(db: Connection, amendment: Amendment): Amendment {
  const { peer, nick, direction, kind, target, body, messageId, stanzaId } = amendment;
  if (nick === undefined || direction === 'out') return amendment;
  const known = db.one(
    `SELECT 1 FROM amendments WHERE peer = ?1 AND direction = 'out' AND kind = ?2 AND nick = ?3 AND target = ?4
       AND (body IS ?5 OR body IS NULL) AND (message_id = ?6 OR stanza_id = ?7)`,
    ...([peer, kind, nick, target, body, messageId, stanzaId] as const),
  );
  const { author } = amendment;
  return known ? { ...amendment, direction: 'out', ...(author ? { author: ownAuthor } : {}) } : amendment;
}

/** What we say ourselves, of what we have said. */
export const ownAuthor = { key: 'own', passing: false } as const;
