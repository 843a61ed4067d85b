import type { Failure } from '../../src-shared/model/connection';
import type { Message } from '../../src-shared/model/conversation';
import type { Timer } from '../ports';
import type { OutboxRow } from '../store/store';
import type { Link } from '../xmpp/link';
import { chatMessage } from '../xmpp/xep/6121-message';
import type { SessionContext } from './context';

/**
 * The only queue of outgoing messages. A row's way:
 *
 *   stored ──flush──▶ written ──server confirms──▶ confirmed ──commit──▶ sent (leaves the outbox)
 *     ▲                  │
 *     └── stream ends ───┘   same id again on the next stream
 */
export interface Outbox {
  /** Writes everything that this stream has not carried yet, first come first. */
  flush(): Promise<void>;
  /** Flushes, and tries again by itself as long as the disk refuses (R12). */
  flushSoon(): void;
  /** Flushes and waits until the server has confirmed all of it, for so many milliseconds (R25). Never rejects. */
  drain(ms: number): Promise<void>;
  /** The user tries a failed one again: once queued it goes at the next flush, on this stream too. Call it before. */
  again(id: number): void;
  /** A stream ended: what it did not confirm goes again; what the server keeps refusing fails. */
  streamEnded(failure: Failure): Promise<void>;
}

/** A stanza for which the server ended this many streams will not be sent again by itself. */
const MAX_REFUSALS = 2;
/** How long a disk that refused is left alone. */
const DISK_REST_MS = 3_000;

export const createOutbox = (
  context: SessionContext,
  changed: (message: Message) => Promise<void>,
): Outbox => {
  const { store, ports } = context;
  let carrier: Link | null = null;
  /** Written on this stream, confirmed or not, each with the try that it was. */
  let carried = new Map<number, symbol>();
  /** Of these, what the server has not confirmed. */
  let open = new Set<number>();
  /** Confirmed by the server, not committed as such yet. */
  const confirmed = new Set<number>();
  const refusals = new Map<number, number>();
  let work: Promise<void> = Promise.resolve();
  let settling: Promise<void> = Promise.resolve();
  let resting: Timer | null = null;
  const whenDrained: (() => void)[] = [];

  const drained = (): void => {
    for (const resolve of whenDrained.splice(0)) resolve();
  };

  const settleOnce = async (): Promise<void> => {
    for (const id of [...confirmed]) {
      if (!confirmed.has(id)) continue;
      const message = await store.markSent(id);
      confirmed.delete(id);
      open.delete(id);
      refusals.delete(id);
      if (message) await changed(message);
    }
    if (open.size === 0) drained();
  };
  /** Apart from the writing, which may have long to go. */
  const settle = (): Promise<void> => {
    const result = settling.then(settleOnce);
    settling = result.catch(() => undefined);
    return result;
  };
  const settleSoon = (): void => {
    settle().catch(restAWhile);
  };

  const write = async (link: Link, row: OutboxRow): Promise<void> => {
    // It may have been discarded since the queue was read.
    if (!(await store.markWritten(row.id)) || context.link() !== link) return;
    const attempt = Symbol();
    carried.set(row.id, attempt);
    open.add(row.id);
    link.send(chatMessage(row.peer, row.originId, row.body), () => {
      // A late word about a try that failed since says nothing about the next one.
      if (link === carrier && carried.get(row.id) !== attempt) return;
      confirmed.add(row.id);
      settleSoon();
    });
  };

  const flushOnce = async (): Promise<void> => {
    await settle();
    const link = context.link();
    if (!link) return;
    if (link !== carrier) {
      carrier = link;
      carried = new Map();
      open = new Set();
    }
    for (const row of await store.outbox()) {
      if (context.link() !== link) return;
      if (!carried.has(row.id)) await write(link, row);
    }
  };

  const queue = (task: () => Promise<void>): Promise<void> => {
    const result = work.then(task);
    work = result.catch(() => undefined);
    return result;
  };
  const flush = (): Promise<void> => queue(flushOnce);
  const flushSoon = (): void => {
    flush().catch(restAWhile);
  };
  const restAWhile = (error: unknown): void => {
    ports.log.error('outbox', { reason: error instanceof Error ? error.name : 'unknown' });
    resting ??= ports.clock.after(DISK_REST_MS, () => {
      resting = null;
      flushSoon();
    });
  };

  const refused = async (failure: Failure): Promise<void> => {
    const first = (await store.outbox()).find((row) => carried.has(row.id));
    // The next stream counts for itself, even if it ends before it carries anything.
    carried = new Map();
    carrier = null;
    if (!first) return;
    const count = (refusals.get(first.id) ?? 0) + 1;
    refusals.set(first.id, count);
    if (count < MAX_REFUSALS) return;
    const error = { condition: failure.params['condition'] ?? failure.code, text: null };
    const message = await store.markFailed(first.peer, first.originId, error);
    refusals.delete(first.id);
    if (message) await changed(message);
  };

  return {
    flush,
    flushSoon,
    async drain(ms) {
      let timer: Timer | null = null;
      const late = new Promise<void>((resolve) => (timer = ports.clock.after(ms, resolve)));
      const done = flush().then(
        () => (open.size === 0 ? undefined : new Promise<void>((resolve) => whenDrained.push(resolve))),
        () => undefined,
      );
      await Promise.race([late, done]).finally(() => timer?.cancel());
    },
    again(id) {
      carried.delete(id);
      confirmed.delete(id);
      open.delete(id);
    },
    streamEnded: (failure) => {
      drained();
      return queue(async () => {
        if (failure.code === 'policy-violation' || failure.code === 'stream-error') await refused(failure);
      });
    },
  };
};
