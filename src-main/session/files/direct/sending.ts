import type { ResourcePresence } from '../../../../src-shared/model/presence';
import type { Link } from '../../../xmpp/link';
import type { SessionContext } from '../../context';
import { sendStream } from './stream-out';
import type { Streams } from './streams';
import { findTaker } from './takers';
import type { DirectOutcome, FileOut, Way } from './ways';

export interface DirectFileOut extends FileOut {
  readonly peer: string;
}
export interface DirectProgress {
  /** The other side was asked. */
  asks(): void;
  sent(bytes: number): void;
}

/** Gives a file to one computer of a contact, where no server keeps it: offered, taken, then piece by piece. */
export type SendDirectly = (
  link: Link,
  out: DirectFileOut,
  signal: AbortSignal,
  tell: DirectProgress,
) => Promise<DirectOutcome>;

export interface SendingParts {
  readonly streams: Streams;
  /** The better ones first. */
  readonly ways: readonly Way[];
  /** Clients of a contact that are there. */
  resources(bare: string): readonly ResourcePresence[];
}

export const createSending =
  (context: Pick<SessionContext, 'ports'>, parts: SendingParts): SendDirectly =>
  async (link, out, signal, tell) => {
    const calledOff = (): boolean => signal.aborted;
    const taker = await findTaker(link, out.peer, parts.resources(out.peer), parts.ways);
    if (calledOff()) return 'called-off';
    if (typeof taker === 'string') return taker;
    const { jid, way } = taker;
    const pieces = await context.ports.transfer.open(out.source, out.file);
    if (!pieces) return calledOff() ? 'called-off' : 'gone';
    try {
      const taken = calledOff() ? 'called-off' : await way.offer(link, jid, out, signal, tell.asks);
      if (typeof taken === 'string') return taken;
      const how = await sendStream(link, parts.streams, { to: jid, taken, pieces, signal, sent: tell.sent });
      return await taken.finish(how);
    } finally {
      await pieces.close();
    }
  };
