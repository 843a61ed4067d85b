/** Messages from the server, and what later stanzas say of them. */
import type { Connection } from './driver';
import type { Operations, Replay } from './operations';
import type { ServerMessage, Stored } from './store';
import { applyPending, putAmendment } from './tables/amendments';
import { lastPlace, noteMessage, readConversation } from './tables/conversations';
import { completeIds, findDuplicate, isSecondCopy } from './tables/duplicates';
import {
  insertMessage,
  type NewMessage,
  mustRead,
  readMessage,
  setDelivery,
  setTime,
} from './tables/messages';
import { dequeue, waitsAgain } from './tables/outbox';
import { applyPendingRead } from './tables/read-place';
import { startOf } from './tables/sequence';

export function stored(db: Connection, id: number, fresh: boolean): Stored {
  const message = mustRead(db, id);
  return { message, fresh, chat: readConversation(db, message.peer) };
}

/** New things go to the end whatever the clock says (R11): a millisecond after the last one at least. */
export function placeAtEnd(db: Connection, peer: string, at: number): number {
  const last = lastPlace(db, peer);
  return last === null ? startOf(at) : Math.max(startOf(at), last.sort + 1000);
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
  const waits = message.direction === 'out' && readMessage(db, id)?.delivery === 'waiting';
  // The first copy of one that failed is of the try that failed.
  const arrived = waits && (second || !waitsAgain(db, id));
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
  return {
    addMessage: (message) => {
      const known = findDuplicate(db, message);
      if (known !== null) {
        completeRow(db, known, message);
        return stored(db, known, replay().untold(known));
      }
      const { peer, at, source } = message;
      const sort = source === 'live' ? placeAtEnd(db, peer, at) : startOf(at);
      const id = insertMessage(db, asRow(message, sort));
      noteMessage(db, { ...message, id, sort });
      settle(db, peer, id);
      return stored(db, id, true);
    },
    amend: (amendment) => {
      const id = putAmendment(db, amendment, null);
      if (id === null) return null;
      const { message, chat } = stored(db, id, false);
      return { message, chat };
    },
  };
}
