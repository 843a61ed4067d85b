import type { Failure } from '../../src-shared/model/connection';
import type { Timer } from '../ports';
import type { OutboxRow } from '../store/store';
import type { Link, StanzaError } from '../xmpp/link';
import type { SessionContext } from './context';
import { createHolds, isForNow } from './holds';
import type { OutboxParts } from './outbox-parts';
import { outgoingStanza } from './outgoing-stanza';
import { createRefusals } from './refusals';

/**
 * The only queue of outgoing messages. A row's way:
 *
 *   waiting ──place committed──▶ written ──server acknowledges──▶ confirmed ──commit──▶ sent (leaves the outbox)
 *      ▲  ▲                         │ │                                                 │ receipt ──▶ received
 *      │  └── stream is no more ────┘ └──error──▶ failed (its reason; retry: waiting)   │ marker ───▶ read
 *      └───── "not now" (R19), after a while ──────┘◀──────────error─────────────────────┘
 *
 * When a stream is no more, the next one says what the server had of it: a resumed one by its count (XEP-0198 §5), a new one
 * by what the archive holds (R3). Only the rest is written again, in its order and under the same id.
 *
 * What goes to a room is written once we are in it and have read what was missed (else a second copy of it would be said there),
 * and is sent once the room has said it to all: the server's acknowledgement is none of the room's.
 */
export interface Outbox {
  /**
   * A stream is up: what the server says of the session before it is committed. Call it before anything is sent: a resumed
   * session gives the numbers of what was lost to other stanzas.
   */
  began(link: Link): Promise<void>;
  /** Writes everything that this stream has not carried yet, first come first. */
  flush(): Promise<void>;
  /** Flushes, and tries again by itself as long as the disk refuses (R12). */
  flushSoon(): void;
  /** Flushes and waits until the server has confirmed all of it, for so many milliseconds (R25). Never rejects. */
  drain(ms: number): Promise<void>;
  /** The user tries a failed one again: once queued it goes at the next flush, on this stream too. Call it before. */
  again(id: number): void;
  /** An error for one of ours: it fails with that reason, or goes again after a while (R19). */
  bounced(peer: string, originId: string, error: StanzaError): Promise<void>;
  /** One of ours came back from its room. */
  arrived(id: number): void;
  /** We are in the room (again): what waits for it goes out, and what was written before and is not there goes again. */
  roomReady(room: string): void;
  /** A stream ended: what it did not confirm goes again; what the server keeps refusing fails. */
  streamEnded(failure: Failure): Promise<void>;
}

/** One try to write a message; another one is another object. */
type Attempt = Pick<OutboxRow, 'peer' | 'originId'>;

/** The server has it: so long the room may take to say it to all. */
const ECHO_MS = 20_000;
/** How long a disk that refused is left alone. */
const DISK_REST_MS = 3_000;

export const createOutbox = (context: SessionContext, parts: OutboxParts): Outbox => {
  const { store, ports } = context;
  const { changed } = parts;
  let carrier: Link | null = null;
  /** Whether the archive has told what it has of the sessions before the present one. */
  let asked = false;
  /** Written on this stream, confirmed or not, each with the try that it was. */
  let carried = new Map<number, Attempt>();
  /** Of these, what the server has not confirmed. */
  let open = new Set<number>();
  /** Confirmed by the server, not committed as such yet. */
  const confirmed = new Set<number>();
  const refusals = createRefusals();
  /** The room that a row of this stream was written to. */
  const roomOf = new Map<number, string>();
  let work: Promise<void> = Promise.resolve();
  let settling: Promise<void> = Promise.resolve();
  let resting: Timer | null = null;
  const whenDrained: (() => void)[] = [];
  const holds = createHolds(ports, () => flushSoon());

  const drained = (): void => {
    for (const resolve of whenDrained.splice(0)) resolve();
  };

  const settleOnce = async (): Promise<void> => {
    const ids = [...confirmed];
    // Side by side, so that the store commits them together.
    const all = await Promise.all(ids.map((id) => store.markSent(id)));
    for (const id of ids) {
      confirmed.delete(id);
      open.delete(id);
      refusals.forget(id);
    }
    for (const stored of all) if (stored) changed(stored);
    if (ids.length > 0) parts.news();
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
    const attempt: Attempt = { peer: row.peer, originId: row.originId };
    const room = parts.rooms.roomOf(row.peer);
    const awaitsEcho = room === row.peer;
    const resent = row.written ? { from: context.bare, at: row.at } : null;
    const commit: Parameters<Link['sendNumbered']>[1] = async (place) => {
      // A number of a session that goes on elsewhere by now means another stanza there.
      if (context.link() !== link) return false;
      // It may have been discarded since the queue was read.
      const written = await store.markWritten(row.id, awaitsEcho ? null : place, row.body);
      if (context.link() !== link) return false;
      // Or changed, which it cannot be from now on: then it is read again.
      if (!written) {
        flushSoon();
        return false;
      }
      carried.set(row.id, attempt);
      if (room !== null) roomOf.set(row.id, room);
      open.add(row.id);
      return true;
    };
    const stanza = outgoingStanza(row, room, resent, parts, context.translate());
    await link.sendNumbered(stanza, commit, () => {
      // A late word about a try that failed since says nothing about the next one.
      if (link === carrier && carried.get(row.id) !== attempt) return;
      if (awaitsEcho) {
        ports.clock.after(ECHO_MS, () => {
          if (open.has(row.id) && carried.get(row.id) === attempt) parts.rooms.doubt(row.peer);
        });
        return;
      }
      confirmed.add(row.id);
      settleSoon();
    });
  };

  const began = async (link: Link): Promise<void> => {
    // A resumed session has said all there is to know of what it carried (R26); of what went before it, the archive may know
    // more (R3). That has to be asked on the sessions that follow until one of them lived long enough for the answer. Reset
    // here, for a session may end before it carries anything, and be resumed.
    if (!link.resumed) asked = false;
    const count = link.resumed ?? link.refused;
    if (!count || count.handled === null) return;
    const place = { session: count.id, number: count.handled };
    for (const stored of await store.confirmUpTo(place)) changed(stored);
  };

  /** What the archive has of the streams before, so that only the rest goes again. */
  const learn = async (link: Link): Promise<void> => {
    const open = (await store.outbox()).some(({ written }) => written);
    if (open && !asked) await parts.proveSent(link);
    asked = context.link() === link;
  };

  const flushOnce = async (): Promise<void> => {
    await settle();
    const link = context.link();
    if (!link) return;
    if (link !== carrier) {
      await learn(link);
      if (context.link() !== link) return;
      carrier = link;
      carried = new Map();
      open = new Set();
      roomOf.clear();
    }
    /** Whose first row could not go: those behind it do not overtake it, though their room be ready by now. */
    const behind = new Set<string>();
    for (const row of await store.outbox()) {
      if (context.link() !== link) return;
      const room = parts.rooms.roomOf(row.peer);
      const end = room === null ? null : parts.rooms.endOf(room);
      if (end !== null) {
        await fail(row, { condition: end, text: null });
        continue;
      }
      const isLate = room !== null && room !== row.peer && parts.rooms.isReady(room) && !carried.has(row.id);
      if (isLate && row.whom !== undefined && parts.rooms.isAnother(row.peer, row.whom)) {
        await fail(row, { condition: 'item-not-found', text: null });
        continue;
      }
      const mayGo = !holds.isHeld(row.peer) && (room === null || parts.rooms.isReady(room));
      if (!mayGo) behind.add(row.peer);
      if (!carried.has(row.id) && !behind.has(row.peer)) await write(link, row);
    }
  };

  /** It will not go again by itself. */
  const fail = async (
    { peer, originId }: Attempt,
    error: Pick<StanzaError, 'condition' | 'text'>,
  ): Promise<void> => {
    const stored = await store.markFailed(peer, originId, error);
    if (!stored) return;
    forget(stored.entry);
    holds.forget(stored.entry);
    changed(stored);
    parts.failed();
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

  /** From now on it has not been carried by this stream. */
  const forget = (id: number): void => {
    carried.delete(id);
    confirmed.delete(id);
    open.delete(id);
    roomOf.delete(id);
  };

  /** What it was given as came back: no acknowledgement speaks for it any more, also one that comes while that is committed. */
  const disown = (peer: string, originId: string): void => {
    for (const [id, attempt] of carried) {
      if (attempt.originId !== originId || attempt.peer !== peer) continue;
      carried.set(id, { ...attempt });
      confirmed.delete(id);
      open.delete(id);
    }
  };

  const refused = async (failure: Failure): Promise<void> => {
    const first = (await store.outbox()).find((row) => carried.has(row.id));
    // The next stream counts for itself, even if it ends before it carries anything.
    carried = new Map();
    carrier = null;
    if (!first || !refusals.count(first.id)) return;
    const error = { condition: failure.params['condition'] ?? failure.code, text: null };
    refusals.forget(first.id);
    await fail(first, error);
  };

  return {
    began,
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
      forget(id);
      holds.forget(id);
    },
    async bounced(peer, originId, error) {
      const { condition, text } = error;
      disown(peer, originId);
      // XEP-0045 §7.4: whoever is not in the room cannot speak in it. It goes once we are.
      const room = condition === 'not-acceptable' ? parts.rooms.roomOf(peer) : null;
      if (room !== null || isForNow(error)) {
        // In one commit: killed between two it would be neither here nor there.
        const waiting = await store.sendBack(peer, originId);
        if (!waiting) return;
        forget(waiting.entry);
        if (room !== null) parts.rooms.lost(room);
        if (room !== null || holds.hold(peer, waiting.entry)) {
          changed(waiting);
          return;
        }
      }
      await fail({ peer, originId }, { condition, text });
    },
    arrived(id) {
      open.delete(id);
      holds.forget(id);
      if (open.size === 0) drained();
    },
    roomReady(room) {
      for (const [id, one] of [...roomOf]) if (one === room) forget(id);
      flushSoon();
    },
    streamEnded: (failure) => {
      drained();
      return queue(async () => {
        if (failure.code === 'policy-violation' || failure.code === 'stream-error') await refused(failure);
      });
    },
  };
};
