import type { Timer } from '../../../ports';
import { attr, type Element } from '../../../xmpp/element';
import { MAX_BLOCK, nothingYet, takeBlock, type StreamProgress } from '../../../xmpp/guards/stream-blocks';
import { parseStreamRequest, type StreamBlock, type StreamRequest } from '../../../xmpp/xep/0047-bytestreams';
import { iqError, iqResult } from '../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../context';
import type { Ending } from './ways';

/** A stream that was agreed on, and from whom (full JID): nobody else can open it, write to it or close it. */
export interface Expected {
  readonly from: string;
  readonly sid: string;
  /** Bytes that were offered. */
  readonly size: number;
  /** Rejects when the disk does not take it. */
  write(piece: Uint8Array): Promise<void>;
}

/**
 * In-band bytestreams (XEP-0047) of one account, each one way:
 *
 *               open                data in turn, ≤ size          close, all there
 *   expected ─────────▶ open ───────────────────────────▶ open ────────────────────▶ done
 *      │                  │
 *      └── 60 s of nothing, line lost, closed early, a piece that is none, too many bytes, called off ──▶ failed
 */
export interface Streams {
  /** Resolves with what came of it, which the other side does not know yet; rejects with what `write` rejects with. */
  receive(expected: Expected, signal: AbortSignal): Promise<Ending>;
  /** Whether a stream of this name is awaited from, or comes from, this full JID. */
  has(from: string, sid: string): boolean;
  /** The other side says that it ends; `why`: what it is then, unless all is there. */
  finish(from: string, sid: string, why: Ending): void;
  /** A stream of ours to `to`, which may close it before its end. Returns the way to forget it. */
  closable(to: string, sid: string, closed: () => void): () => void;
  /** False: the IQ is no part of a stream that is known here. */
  take(iq: Element): boolean;
  wentOffline(): void;
}

const IDLE_MS = 60_000;
/** §2.2: the sender waits for each answer; whoever does not wait at all fills our memory. */
const MOST_WAITING = 64;

interface Running extends Expected {
  /** Null: it is not open yet. */
  blockSize: number | null;
  progress: StreamProgress;
  idle: Timer;
  waiting: number;
  /** One piece after the other goes to the disk. */
  tail: Promise<void>;
  end(how: Ending): void;
  fail(error: unknown): void;
}

const keyOf = (from: string, sid: string): string => `${from}\n${sid}`;

export const createStreams = (context: Pick<SessionContext, 'link' | 'ports'>): Streams => {
  const { clock } = context.ports;
  const running = new Map<string, Running>();
  const ours = new Map<string, () => void>();
  const answer = (stanza: Element): void => context.link()?.send(stanza);
  const isWhole = ({ blockSize, progress, size }: Running): boolean =>
    blockSize !== null && progress.got === size;
  const endIdle = (stream: Running): void => {
    // All is here; some never say so.
    stream.end(isWhole(stream) ? 'done' : 'silent');
  };
  const stillAlive = (stream: Running): void => {
    stream.idle.cancel();
    stream.idle = clock.after(IDLE_MS, () => {
      endIdle(stream);
    });
  };

  const open = (stream: Running, iq: Element, request: Extract<StreamRequest, { is: 'open' }>): void => {
    const { blockSize, byIq } = request;
    if (stream.blockSize !== null || !byIq) {
      answer(iqError(iq, 'not-acceptable', 'cancel'));
    } else if (!(blockSize > 0 && blockSize <= MAX_BLOCK)) {
      answer(iqError(iq, 'resource-constraint', 'modify'));
    } else {
      stream.blockSize = blockSize;
      stillAlive(stream);
      answer(iqResult(iq));
    }
  };
  const refuse = (stream: Running, iq: Element, why: 'broken' | 'too-many'): void => {
    answer(iqError(iq, why === 'broken' ? 'unexpected-request' : 'not-acceptable', 'cancel'));
    stream.end(why);
  };
  const data = (stream: Running, iq: Element, block: StreamBlock): void => {
    const { blockSize, progress, size } = stream;
    const taken =
      blockSize === null || stream.waiting >= MOST_WAITING
        ? 'broken'
        : takeBlock(progress, block, { blockSize, size });
    if (typeof taken === 'string') {
      refuse(stream, iq, taken);
      return;
    }
    stream.progress = taken.progress;
    stream.waiting += 1;
    stream.tail = stream.tail
      .then(() => stream.write(taken.bytes))
      .then(() => {
        stream.waiting -= 1;
        if (!isRunning(stream)) return;
        stillAlive(stream);
        answer(iqResult(iq));
      })
      .catch((error: unknown) => {
        stream.fail(error);
      });
  };
  const isRunning = (stream: Running): boolean => running.get(keyOf(stream.from, stream.sid)) === stream;
  const finish = (stream: Running, why: Ending): void => {
    stream.tail = stream.tail.then(() => {
      stream.end(isWhole(stream) ? 'done' : why);
    });
  };
  const close = (stream: Running, iq: Element): void => {
    answer(iqResult(iq));
    finish(stream, 'stopped');
  };

  return {
    receive: (expected, signal) =>
      new Promise((resolve, reject) => {
        const key = keyOf(expected.from, expected.sid);
        const over = (): void => {
          stream.idle.cancel();
          signal.removeEventListener('abort', cancel);
          if (isRunning(stream)) running.delete(key);
        };
        const stream: Running = {
          ...expected,
          write: (piece) => expected.write(piece),
          ...{ blockSize: null, progress: nothingYet, waiting: 0, tail: Promise.resolve() },
          idle: clock.after(IDLE_MS, () => {
            endIdle(stream);
          }),
          end(how) {
            over();
            // What was taken is written first.
            stream.tail.then(() => {
              resolve(how);
            }, reject);
          },
          fail(error) {
            over();
            reject(error instanceof Error ? error : new Error('not written'));
          },
        };
        const cancel = (): void => {
          stream.end('cancelled');
        };
        running.set(key, stream);
        signal.addEventListener('abort', cancel, { once: true });
        if (signal.aborted) cancel();
      }),
    has: (from, sid) => running.has(keyOf(from, sid)),
    finish(from, sid, why) {
      const stream = running.get(keyOf(from, sid));
      if (stream) finish(stream, why);
    },
    closable(to, sid, closed) {
      const key = keyOf(to, sid);
      ours.set(key, closed);
      return () => ours.delete(key);
    },
    take(iq) {
      const request = parseStreamRequest(iq);
      const key = request && keyOf(attr(iq, 'from') ?? '', request.sid);
      if (!request || key === null) return false;
      const stream = running.get(key);
      const closed = ours.get(key);
      if (stream) {
        if (request.is === 'open') open(stream, iq, request);
        else if (request.is === 'data') data(stream, iq, request.block);
        else close(stream, iq);
        return true;
      }
      if (!closed || request.is !== 'close') return false;
      answer(iqResult(iq));
      closed();
      return true;
    },
    wentOffline() {
      for (const stream of [...running.values()]) stream.end('lost');
    },
  };
};
