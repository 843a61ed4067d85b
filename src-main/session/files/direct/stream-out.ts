import type { FilePieces } from '../../../ports';
import { nextSeq } from '../../../xmpp/guards/stream-blocks';
import type { Link, StanzaError } from '../../../xmpp/link';
import { closeStream, openStream, streamBlock } from '../../../xmpp/xep/0047-bytestreams';
import type { Streams } from './streams';
import { faultOf, type DirectOutcome, type Taken } from './ways';

const BLOCK_MS = 60_000;
const LEAST_BLOCK = 512;

export interface StreamOut {
  readonly to: string;
  readonly taken: Taken;
  readonly pieces: FilePieces;
  readonly signal: AbortSignal;
  sent(bytes: number): void;
}

/** §2.1: a size that is refused is halved. */
const open = async (link: Link, to: string, { stream, blockSize }: Taken): Promise<number | StanzaError> => {
  for (let size = blockSize; ; size = Math.floor(size / 2)) {
    const answer = await link.iq('set', openStream(stream, size), { to, timeoutMs: BLOCK_MS });
    if (answer.ok) return size;
    if (answer.error.condition !== 'resource-constraint' || size <= LEAST_BLOCK) return answer.error;
  }
};

/** Sends a file to who has taken it, as an in-band bytestream (XEP-0047): opened, piece by piece, closed. */
export const sendStream = async (
  link: Link,
  streams: Pick<Streams, 'closable'>,
  { to, taken, pieces, signal, sent }: StreamOut,
): Promise<DirectOutcome> => {
  const { stream } = taken;
  const other = { closed: false };
  const forget = streams.closable(to, stream, () => (other.closed = true));
  const stopped = (): Exclude<DirectOutcome, 'there'> | null => {
    if (signal.aborted) return 'called-off';
    const said = taken.ended();
    // Who says that all is there before it is finds out by the next piece.
    return said !== null && said !== 'there' ? said : other.closed ? 'stopped' : null;
  };
  /** Each piece waits for the answer to the one before it (§2.2): what is written meanwhile goes in between. */
  const write = async (blockSize: number): Promise<DirectOutcome> => {
    let gone = 0;
    for (let seq = 0; ; seq = nextSeq(seq)) {
      const piece = await pieces.next(blockSize);
      if (!piece) return 'gone';
      const end = stopped();
      if (end) return end;
      if (piece.length === 0) return 'there';
      const answer = await link.iq('set', streamBlock(stream, seq, piece), { to, timeoutMs: BLOCK_MS });
      if (!answer.ok) return stopped() ?? faultOf(answer.error, 'stopped');
      gone += piece.length;
      sent(gone);
    }
  };
  try {
    const blockSize = await open(link, to, taken);
    if (typeof blockSize !== 'number') return stopped() ?? faultOf(blockSize, 'stopped');
    const end = await write(blockSize);
    if (other.closed || taken.ended() !== null) return end;
    const answer = await link.iq('set', closeStream(stream), { to, timeoutMs: BLOCK_MS });
    // Who has all of it may hang up first, and then knows the stream no more.
    return end === 'there' && !answer.ok && answer.error.condition === 'lost' ? 'line' : end;
  } finally {
    forget();
  }
};
