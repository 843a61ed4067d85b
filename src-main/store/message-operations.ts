/** Writes about messages: how far each has come, and what waits (persist, then act). */
import { deliveries, type Delivery } from '../../src-shared/model/conversation';
import type { Connection } from './driver';
import type { Operations, Replay } from './operations';
import { lastPlace, noteMessage, refreshLast } from './tables/conversations';
import { completeIds, findDuplicate } from './tables/duplicates';
import {
  deleteMessage,
  findOwn,
  insertMessage,
  readMessage,
  setDelivery,
  type NewMessage,
} from './tables/messages';
import { dequeue, enqueue } from './tables/outbox';

/**
 *            markSent          markDelivered        markDelivered
 *   waiting ─────────▶ sent ─────────────────▶ received ─────────▶ read
 *     ▲  └──markFailed──┴──▶ failed ──markDelivered──▲
 *     └───────requeue──────────┘
 */
const rank = (delivery: Delivery | null): number =>
  delivery === null || delivery === 'failed' ? 0 : deliveries.indexOf(delivery);

type Name =
  'addOutgoing' | 'addIncoming' | 'markSent' | 'markDelivered' | 'markFailed' | 'requeue' | 'discard';

export function messageOperations(db: Connection, replay: () => Replay): Pick<Operations, Name> {
  const add = (message: Omit<NewMessage, 'sort'>, atEnd: boolean, unread: boolean) => {
    const { peer, at } = message;
    // At the end even if the clock was set back (R11).
    const sort = atEnd ? Math.max(at, lastPlace(db, peer) ?? at) : at;
    const row = insertMessage(db, { ...message, sort });
    noteMessage(db, { peer, id: row.id, sort, unread });
    return row;
  };

  return {
    addOutgoing: ({ peer, body, originId, at }) =>
      db.transaction(() => {
        const known = findOwn(db, peer, originId);
        if (known) return known;
        const ids = { stanzaId: null, originId, messageId: originId };
        const row = add({ peer, body, at, direction: 'out', delivery: 'waiting', ...ids }, true, false);
        enqueue(db, row.id, false);
        return row;
      }),
    addIncoming: (message) =>
      db.transaction(() => {
        const duplicate = findDuplicate(db, message);
        const known = duplicate === null ? null : readMessage(db, duplicate);
        if (known) {
          completeIds(db, known.id, message);
          return { message: known, fresh: replay().untold(known.id) };
        }
        const { live = false, seen, ...rest } = message;
        return { message: add({ ...rest, direction: 'in', delivery: null }, live, !seen), fresh: true };
      }),
    markSent: (id) =>
      db.transaction(() => {
        dequeue(db, id);
        const message = readMessage(db, id);
        return message?.delivery === 'waiting' ? setDelivery(db, id, 'sent') : message;
      }),
    markDelivered: (peer, originId, delivery) =>
      db.transaction(() => {
        const message = findOwn(db, peer, originId);
        if (!message || rank(message.delivery) >= rank(delivery)) return message;
        // It is there: not to be sent again, even if the server never acknowledged it.
        dequeue(db, message.id);
        return setDelivery(db, message.id, delivery);
      }),
    markFailed: (peer, originId, error) =>
      db.transaction(() => {
        const message = findOwn(db, peer, originId);
        if (!message || rank(message.delivery) >= rank('received')) return null;
        dequeue(db, message.id);
        return setDelivery(db, message.id, 'failed', error);
      }),
    requeue: (id) =>
      db.transaction(() => {
        const message = readMessage(db, id);
        if (message?.delivery === 'waiting') return message;
        if (message?.delivery !== 'failed') return null;
        // It was handed to a stream before it failed.
        enqueue(db, id, true);
        return setDelivery(db, id, 'waiting');
      }),
    discard: (id) =>
      db.transaction(() => {
        const message = readMessage(db, id);
        if (!message) return replay().again;
        if (message.delivery !== 'waiting' && message.delivery !== 'failed') return false;
        dequeue(db, id);
        deleteMessage(db, id);
        refreshLast(db, message.peer);
        return true;
      }),
  };
}
