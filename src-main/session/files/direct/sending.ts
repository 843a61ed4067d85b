import type { ResourcePresence } from '../../../../src-shared/model/presence';
import type { UploadFault } from '../../../../src-shared/model/file';
import type { FilePieces, PreparedFile } from '../../../ports';
import { nextSeq } from '../../../xmpp/guards/stream-blocks';
import type { IqOutcome, Link, StanzaError } from '../../../xmpp/link';
import { md5Stream } from '../../../xmpp/stream/digest';
import { closeStream, openStream, streamBlock } from '../../../xmpp/xep/0047-bytestreams';
import { isTaken, offerFile } from '../../../xmpp/xep/0096-file-offers';
import type { SessionContext } from '../../context';
import type { Streams } from './streams';
import { findTaker } from './takers';

export interface DirectFileOut {
  readonly peer: string;
  readonly path: string;
  readonly name: string;
  readonly file: PreparedFile;
}
export interface DirectProgress {
  /** The other side was asked. */
  asks(): void;
  sent(bytes: number): void;
}
/** What came of it: it is there, somebody here called it off, or why not. */
export type DirectOutcome = 'there' | 'called-off' | UploadFault;

/** Gives a file to one computer of a contact, where no server keeps it: offered, taken, then piece by piece. */
export type SendDirectly = (
  link: Link,
  out: DirectFileOut,
  signal: AbortSignal,
  tell: DirectProgress,
) => Promise<DirectOutcome>;

/** Somebody has to come back to his desk and say yes. */
const ANSWER_MS = 10 * 60_000;
const BLOCK_MS = 60_000;
/** XEP-0047 §2.1 recommends it; what is refused is halved. */
const BLOCK = 4_096;
const LEAST_BLOCK = 512;

const lineFault = ({ condition }: StanzaError, other: UploadFault): UploadFault =>
  condition === 'lost' ? 'line' : condition === 'timeout' ? 'no-answer' : other;

/** Null: it is not what it was, or called off. */
const md5Of = async (pieces: FilePieces, signal: AbortSignal): Promise<string | null> => {
  const hash = md5Stream();
  for (;;) {
    if (signal.aborted) return null;
    const piece = await pieces.next(65_536);
    if (!piece) return null;
    if (piece.length === 0) return hash.hex();
    hash.add(piece);
  }
};

export interface SendingParts {
  readonly streams: Streams;
  /** Clients of a contact that are there. */
  resources(bare: string): readonly ResourcePresence[];
}

export const createSending = (context: Pick<SessionContext, 'ports'>, parts: SendingParts): SendDirectly => {
  const { transfer, random } = context.ports;

  const open = async (link: Link, to: string, sid: string): Promise<number | StanzaError> => {
    for (let size = BLOCK; ; size /= 2) {
      const answer = await link.iq('set', openStream(sid, size), { to, timeoutMs: BLOCK_MS });
      if (answer.ok) return size;
      if (answer.error.condition !== 'resource-constraint' || size <= LEAST_BLOCK) return answer.error;
    }
  };
  /** Each piece waits for the answer to the one before it (§2.2): what is written meanwhile goes in between. */
  const write = async (
    link: Link,
    stream: { readonly to: string; readonly sid: string; readonly blockSize: number },
    pieces: FilePieces,
    stopped: () => 'called-off' | 'stopped' | null,
    tell: DirectProgress,
  ): Promise<DirectOutcome> => {
    const { to, sid, blockSize } = stream;
    let sent = 0;
    for (let seq = 0; ; seq = nextSeq(seq)) {
      const piece = await pieces.next(blockSize);
      if (!piece) return 'gone';
      const end = stopped();
      if (end) return end;
      if (piece.length === 0) break;
      const answer = await link.iq('set', streamBlock(sid, seq, piece), { to, timeoutMs: BLOCK_MS });
      if (!answer.ok) return stopped() ?? lineFault(answer.error, 'stopped');
      sent += piece.length;
      tell.sent(sent);
    }
    return 'there';
  };
  const stream = async (
    link: Link,
    to: string,
    sid: string,
    pieces: FilePieces,
    signal: AbortSignal,
    tell: DirectProgress,
  ): Promise<DirectOutcome> => {
    const other = { closed: false };
    const forget = parts.streams.closable(to, sid, () => (other.closed = true));
    try {
      const blockSize = await open(link, to, sid);
      if (typeof blockSize !== 'number') return lineFault(blockSize, 'stopped');
      const stopped = (): 'called-off' | 'stopped' | null =>
        signal.aborted ? 'called-off' : other.closed ? 'stopped' : null;
      const end = await write(link, { to, sid, blockSize }, pieces, stopped, tell);
      const answer = other.closed
        ? null
        : await link.iq('set', closeStream(sid), { to, timeoutMs: BLOCK_MS });
      // Who has all of it may hang up first, and then knows the stream no more.
      return end === 'there' && answer?.ok === false && answer.error.condition === 'lost' ? 'line' : end;
    } finally {
      forget();
    }
  };
  const orAborted = (asked: Promise<IqOutcome>, signal: AbortSignal): Promise<IqOutcome | null> =>
    Promise.race([
      asked,
      new Promise<null>((resolve) => {
        if (signal.aborted) resolve(null);
        else signal.addEventListener('abort', () => resolve(null), { once: true });
      }),
    ]);

  return async (link, { peer, path, name, file }, signal, tell) => {
    const calledOff = (): boolean => signal.aborted;
    const taker = await findTaker(link, peer, parts.resources(peer));
    if (calledOff()) return 'called-off';
    if (typeof taker === 'string') return taker;
    const first = await transfer.open(path, file);
    const md5 = first && (await md5Of(first, signal).finally(first.close));
    const pieces = md5 === null ? null : await transfer.open(path, file);
    if (!pieces) return calledOff() ? 'called-off' : 'gone';
    try {
      if (calledOff()) return 'called-off';
      const sid = random.id();
      const offer = offerFile({ sid, name, size: file.size, type: file.type, md5 });
      tell.asks();
      const answer = await orAborted(link.iq('set', offer, { to: taker.jid, timeoutMs: ANSWER_MS }), signal);
      if (!answer || calledOff()) return 'called-off';
      if (!answer.ok) {
        const { condition } = answer.error;
        const declined = ['forbidden', 'not-acceptable'].includes(condition);
        return declined ? 'declined' : lineFault(answer.error, 'no-way');
      }
      if (!isTaken(answer.iq)) return 'no-way';
      return await stream(link, taker.jid, sid, pieces, signal, tell);
    } finally {
      await pieces.close();
    }
  };
};
