/** Messages from the server, and what later stanzas say of them. */
import type { Connection } from './driver';
import type { Operations, Replay } from './operations';
import type { Amendment, ServerMessage, Stored } from './store';
import { withOwnAuthor } from './tables/amendment-targets';
import { amends, applyPending, putCalling } from './tables/amendments';
import { lastPlace, noteMessage, readConversation, settleConversation } from './tables/conversations';
import { isToldAgain } from './tables/deleted';
import { completeIds, findDuplicate, isSecondCopy, withOwner } from './tables/duplicates';
import {
  insertMessage,
  type NewMessage,
  mustRead,
  readDelivery,
  setDelivery,
  setTime,
} from './tables/messages';
import { dequeue, waitsAgain } from './tables/outbox';
import { findAmendment } from './tables/own-amendments';
import { applyPendingRead } from './tables/read-place';
import { RoomOrder, standBehind } from './tables/room-order';
import { startOf } from './tables/sequence';
import { Turns } from './turns';

export function stored(db: Connection, id: number, fresh: boolean): Stored {
  const message = mustRead(db, id);
  return { message, fresh, chat: readConversation(db, message.peer) };
}

/** New things go to the end whatever the clock says (R11): a millisecond after the last one at least. */
export function placeAtEnd(db: Connection, peer: string, at: number): number {
  const last = lastPlace(db, peer);
  return last === null ? startOf(at) : Math.max(startOf(at), last.sort + 1000);
}

/** Right above a row; what stands there and below moves on where there is no room. Null when the row is gone. */
function placeAbove(db: Connection, peer: string, id: number): number | null {
  const below = db.one<{ sort: number; above: number | null }>(
    `SELECT sort, (SELECT max(p.sort) FROM messages p WHERE p.peer = m.peer AND p.sort < m.sort) AS above
     FROM messages m WHERE id = ? AND peer = ?`,
    id,
    peer,
  );
  if (below === null) return null;
  const sort = Math.max(below.sort - 999, (below.above ?? 0) + 1);
  if (sort < below.sort) return sort;
  db.run('UPDATE messages SET sort = sort + 1000 WHERE peer = ? AND sort >= ?', peer, below.sort);
  settleConversation(db, peer);
  return below.sort;
}

function sortOf(db: Connection, id: number): number {
  const row = db.one<{ sort: number }>('SELECT sort FROM messages WHERE id = ?', id);
  if (!row) throw new Error(`row ${id} is gone`);
  return row.sort;
}

/** One of ours that the server gives us was taken by it. */
export const asRow = (message: ServerMessage, sort: number): NewMessage => ({
  ...message,
  sort,
  delivery: message.direction === 'out' ? 'sent' : null,
});

/**
 * Another copy of a row that is there: completes it.
 * @returns whether one of ours is now known to be at the server
 */
export function completeRow(db: Connection, id: number, message: ServerMessage): boolean {
  const second = isSecondCopy(db, id, message);
  completeIds(db, id, message);
  // The archive knows the time better than our clock.
  if (message.source === 'archive' && !second) setTime(db, id, message.at);
  const waits = message.direction === 'out' && readDelivery(db, id) === 'waiting';
  // The first copy of one that failed is of the try that failed; but a room keeps and says nothing that it has sent back.
  const proven = message.nick !== undefined || second || !waitsAgain(db, id);
  const arrived = waits && proven;
  if (arrived) {
    dequeue(db, id);
    setDelivery(db, id, 'sent');
  }
  settle(db, message.peer, id);
  return arrived;
}

function settle(db: Connection, peer: string, id: number): void {
  applyPending(db, peer, id);
  applyPendingRead(db, peer);
}

export function addOperations(
  db: Connection,
  replay: () => Replay,
): Pick<Operations, 'addMessage' | 'amend'> {
  const turns = new Turns();
  const roomOrder = new RoomOrder(db);
  /** Told by its room. @returns whether it stands elsewhere now, at the time when that was */
  const takePlace = (message: ServerMessage, id: number): boolean => {
    const { peer, at } = message;
    const before = roomOrder.before(message, id);
    const moved = before !== null && standBehind(db, peer, before, id);
    if (moved) setTime(db, id, at);
    return moved;
  };
  const placeOf = (message: ServerMessage): number => {
    const { peer, at, source } = message;
    const next = turns.next(message);
    const above = next === null ? null : placeAbove(db, peer, next);
    return above ?? (source === 'live' ? placeAtEnd(db, peer, at) : startOf(at));
  };
  /** One that was written here, by its number in the outbox. */
  const entryOf = ({ direction, peer, messageId }: Amendment): number | null =>
    direction === 'out' && messageId !== null ? (findAmendment(db, peer, messageId)?.entry ?? null) : null;
  const correct = (correction: Amendment): Stored | null => {
    const id = amends(db, correction);
    if (id === null) return null;
    const { calls } = putCalling(db, correction, null);
    return { ...stored(db, id, false), corrected: { entry: entryOf(withOwnAuthor(db, correction)), calls } };
  };
  return {
    addMessage: (given) => {
      const corrected = given.corrects && correct(given.corrects);
      if (corrected) return corrected;
      const message = withOwner(db, given);
      const { peer } = message;
      const known = findDuplicate(db, message);
      if (known !== null) {
        const moved = completeRow(db, known, message) && takePlace(message, known);
        roomOrder.note(message, known);
        if (moved) settleConversation(db, peer);
        return { ...stored(db, known, replay().untold(known)), ...(moved ? { moved } : {}) };
      }
      if (isToldAgain(db, message)) return null;
      const sort = placeOf(message);
      const id = insertMessage(db, asRow(message, sort));
      turns.note(message, id);
      // What is live stands at the end already.
      const moved = message.source === 'offline' && takePlace(message, id);
      roomOrder.note(message, id);
      noteMessage(db, { ...message, id, sort: moved ? sortOf(db, id) : sort });
      if (moved) settleConversation(db, peer);
      settle(db, peer, id);
      return stored(db, id, true);
    },
    amend: (amendment) => {
      const { id, calls } = putCalling(db, amendment, null);
      if (id === null) return null;
      const { message, chat } = stored(db, id, false);
      return { message, chat, entry: entryOf(amendment), calls };
    },
  };
}
