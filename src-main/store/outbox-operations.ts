/** Messages of ours: how far each has come, and what waits (persist, then act). */
import type { Connection } from './driver';
import { placeAtEnd, stored } from './add-operations';
import type { Operations, Replay } from './operations';
import type { Stored } from './store';
import { applyPending, rank } from './tables/amendments';
import {
  dropFailed,
  failAmendment,
  findAmendment,
  findEntry,
  foldCorrections,
  hasFailed,
  putOwnAmendment,
  retryAmendments,
} from './tables/own-amendments';
import { noteMessage, refreshLast, setStanding } from './tables/conversations';
import {
  deleteMessage,
  findOwn,
  forgetWhom,
  insertMessage,
  readMessage,
  setBody,
  setDelivery,
} from './tables/messages';
import { replyTo } from './tables/replies';
import { deleteUpload } from './tables/uploads';
import {
  dequeue,
  dequeueAmendment,
  enqueue,
  enqueueAgain,
  enqueueInPlace,
  forgetPlaces,
  handledBy,
  neverWritten,
  readOutbox,
  setWritten,
} from './tables/outbox';

/**
 *   in the outbox
 *   ┌───────────────────────────────┐ markSent, confirmUpTo,
 *   │          markWritten          │ a copy from the server      amend received         amend read
 *   │ waiting ────────────▶ written ─┼───────────────────▶ sent ──────────────▶ received ────────────▶ read
 *   │  ▲ rewrite, discard           │                      │ (from waiting, written and failed too)
 *   └──┼────────┬──────────▲────────┘                      │
 *      │        │          └───────────sendBack────────────┤
 *      │        └──────────markFailed──▶ failed ◀──────────┘
 *      └────────────requeue (written)──────┘ discard
 */
type Name =
  | 'addOutgoing'
  | 'amendOutgoing'
  | 'outbox'
  | 'markWritten'
  | 'markSent'
  | 'confirmUpTo'
  | 'markFailed'
  | 'sendBack'
  | 'requeue'
  | 'rewrite'
  | 'discard'
  | 'discardChange';

export function outboxOperations(
  { reader, writer: db }: { readonly reader: Connection; readonly writer: Connection },
  replay: () => Replay,
): Pick<Operations, Name> {
  const sent = (id: number): Stored | null => {
    const said = findEntry(db, id);
    if (said) {
      dequeueAmendment(db, said.id);
      return stored(db, said.message, false);
    }
    dequeue(db, id);
    const message = readMessage(db, id);
    if (message === null) return null;
    if (message.delivery === 'waiting') setDelivery(db, id, 'sent');
    return stored(db, id, false);
  };

  return {
    addOutgoing: ({
      peer,
      body,
      originId,
      at,
      nick = null,
      buzz = false,
      file,
      answers,
      spoiler,
      upload,
      whom,
    }) => {
      if (upload !== undefined) deleteUpload(db, upload);
      const known = findOwn(db, peer, originId);
      if (known) return stored(db, known.id, replay().untold(known.id));
      const sort = placeAtEnd(db, peer, at);
      const reply = answers ? replyTo(db, peer, answers) : null;
      // A file that went to the other computer itself is there: nothing has to be sent, and nobody knows the message by an id.
      const direct = file?.direct !== undefined;
      const id = insertMessage(db, {
        ...{ peer, body, at, sort, direction: 'out', subject: null },
        delivery: direct ? 'received' : 'waiting',
        kind: buzz ? 'buzz' : 'chat',
        ...{ stanzaId: null, originId, messageId: direct ? null : originId, markable: false, nick },
        ...(file ? { file } : {}),
        ...(reply ? { reply } : {}),
        ...(spoiler === undefined ? {} : { spoiler }),
        ...(whom === undefined ? {} : { author: whom }),
      });
      if (!direct) enqueue(db, id, false);
      noteMessage(db, { peer, id, sort, direction: 'out', seen: true, standing: 'open' });
      // Whoever writes has accepted (T31).
      setStanding(db, peer, 'open');
      applyPending(db, peer, id);
      return stored(db, id, true);
    },
    amendOutgoing: (said) => {
      const peer = readMessage(db, said.id)?.peer;
      if (peer === undefined) return null;
      const entry = findAmendment(db, peer, said.originId)?.entry ?? putOwnAmendment(db, said);
      return entry === null ? null : { ...stored(db, said.id, false), entry };
    },
    outbox: () => readOutbox(reader),
    markWritten: (id, place, body) => setWritten(db, id, place, body),
    markSent: sent,
    confirmUpTo: (place) => {
      const confirmed = handledBy(db, place).flatMap((id) => sent(id) ?? []);
      forgetPlaces(db, place.session);
      return confirmed;
    },
    markFailed: (peer, originId, error) => {
      const message = findOwn(db, peer, originId);
      const said = message ? null : findAmendment(db, peer, originId);
      if (said) {
        failAmendment(db, said, error);
        return { ...stored(db, said.message, false), entry: said.entry };
      }
      if (!message || rank(message.delivery) >= rank('received')) return null;
      dequeue(db, message.id);
      setDelivery(db, message.id, 'failed', error);
      foldCorrections(db, message.id);
      return { ...stored(db, message.id, false), entry: message.id };
    },
    sendBack: (peer, originId) => {
      const message = findOwn(db, peer, originId);
      const said = message ? null : findAmendment(db, peer, originId);
      if (said && !hasFailed(db, said)) {
        enqueueInPlace(db, said.entry, said.message, said.id);
        return { ...stored(db, said.message, false), entry: said.entry };
      }
      if (!message || (message.delivery !== 'waiting' && message.delivery !== 'sent')) return null;
      enqueueInPlace(db, message.id, message.id, null);
      setDelivery(db, message.id, 'waiting');
      foldCorrections(db, message.id);
      return { ...stored(db, message.id, false), entry: message.id };
    },
    requeue: (id) => {
      const said = findEntry(db, id);
      if (said) {
        forgetWhom(db, said.message);
        retryAmendments(db, said.message, said.entry);
        return stored(db, said.message, false);
      }
      forgetWhom(db, id);
      if (retryAmendments(db, id, null)) return stored(db, id, false);
      const message = readMessage(db, id);
      if (message?.delivery === 'waiting') return stored(db, id, false);
      if (message?.delivery !== 'failed') return null;
      enqueueAgain(db, id);
      setDelivery(db, id, 'waiting');
      return stored(db, id, false);
    },
    rewrite: (id, body) => {
      if (!neverWritten(db, id)) return null;
      setBody(db, id, body);
      return stored(db, id, false);
    },
    discard: (id) => {
      const message = readMessage(db, id);
      if (!message) return replay().again;
      if (message.delivery !== 'failed' && !neverWritten(db, id)) return false;
      dequeue(db, id);
      deleteMessage(db, id);
      refreshLast(db, message.peer);
      return true;
    },
    discardChange: (id) => (dropFailed(db, id) ? stored(db, id, false) : null),
  };
}
