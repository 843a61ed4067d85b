import type { Failure } from '../../src-shared/model/connection';
import type { Message } from '../../src-shared/model/conversation';
import type { OutboxRow } from '../store/store';
import type { Link } from '../xmpp/link';
import { chatMessage } from '../xmpp/xep/6121-message';
import type { SessionContext } from './context';

/**
 * The only queue of outgoing messages. A row's way:
 *
 *   stored ──flush──▶ written ──server confirms──▶ sent (leaves the outbox)
 *     ▲                  │
 *     └── stream ends ───┘   same id again on the next stream
 */
export interface Outbox {
  /** Writes everything that this stream has not carried yet, first come first. */
  flush(): Promise<void>;
  /** The user tries a failed one again: it goes at the next flush, on this stream too. */
  again(id: number): void;
  /** A stream ended: what it did not confirm goes again; what the server keeps refusing fails. */
  streamEnded(failure: Failure): Promise<void>;
}

/** A stanza for which the server ended this many streams will not be sent again by itself. */
const MAX_REFUSALS = 2;

export const createOutbox = (
  context: SessionContext,
  changed: (message: Message) => Promise<void>,
): Outbox => {
  const { store } = context;
  let carried = new Set<number>();
  let carrier: Link | null = null;
  let work: Promise<void> = Promise.resolve();
  const refusals = new Map<number, number>();

  const confirmed = async (id: number): Promise<void> => {
    refusals.delete(id);
    const message = await store.markSent(id);
    if (message) await changed(message);
  };

  const write = async (link: Link, row: OutboxRow): Promise<void> => {
    await store.markWritten(row.id);
    if (context.link() !== link) return;
    carried.add(row.id);
    link.send(chatMessage(row.peer, row.originId, row.body), () => {
      confirmed(row.id).catch((error: unknown) => {
        context.ports.log.error('outbox-confirm', { reason: String(error) });
      });
    });
  };

  const flushOnce = async (): Promise<void> => {
    const link = context.link();
    if (!link) return;
    if (link !== carrier) {
      carrier = link;
      carried = new Set();
    }
    for (const row of await store.outbox()) {
      if (context.link() !== link) return;
      if (!carried.has(row.id)) await write(link, row);
    }
  };

  const refused = async (failure: Failure): Promise<void> => {
    const first = (await store.outbox()).find((row) => carried.has(row.id));
    if (!first) return;
    const count = (refusals.get(first.id) ?? 0) + 1;
    refusals.set(first.id, count);
    if (count < MAX_REFUSALS) return;
    const error = { condition: failure.params['condition'] ?? failure.code, text: null };
    const message = await store.markFailed(first.peer, first.originId, error);
    refusals.delete(first.id);
    if (message) await changed(message);
  };

  const queue = (task: () => Promise<void>): Promise<void> => {
    const result = work.then(task);
    work = result.catch(() => undefined);
    return result;
  };

  return {
    flush: () => queue(flushOnce),
    again(id) {
      carried.delete(id);
    },
    streamEnded: (failure) =>
      queue(async () => {
        if (failure.code === 'policy-violation' || failure.code === 'stream-error') await refused(failure);
      }),
  };
};
