import type { FilePieces } from '../../../ports';
import { attr } from '../../../xmpp/element';
import type { IqOutcome } from '../../../xmpp/link';
import { hashStream } from '../../../xmpp/stream/digest';
import { closeStream, IBB } from '../../../xmpp/xep/0047-bytestreams';
import {
  declineOffer,
  isTaken,
  noStream,
  offerFile,
  parseFileOffer,
  SI,
  SI_FILE,
  takeOffer,
} from '../../../xmpp/xep/0096-file-offers';
import { iqError, iqResult } from '../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../context';
import { ANSWER_MS, BLOCK, offerFault, type Ending, type OfferDesk, type Way } from './ways';

/** Endings of which the sender does not know unless its stream is closed (XEP-0047 §2.3): stream initiation has no other word. */
const UNKNOWN_THERE: readonly Ending[] = ['silent', 'too-many', 'broken', 'disk', 'cancelled'];

/** Null: it is not what it was, or called off. */
const md5Of = async (pieces: FilePieces, signal: AbortSignal): Promise<string | null> => {
  const hash = hashStream('md5');
  for (;;) {
    if (signal.aborted) return null;
    const piece = await pieces.next(65_536);
    if (!piece) return null;
    if (piece.length === 0) return hash.hex();
    hash.add(piece);
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

/** Stream initiation (XEP-0095, XEP-0096), what Spark knows: the offer is one IQ, and its answer the yes or no. */
export const createSi = (context: Pick<SessionContext, 'link' | 'ports'>, desk: OfferDesk): Way => ({
  features: [SI, SI_FILE, IBB],
  async offer(link, to, { source, name, file }, signal, asks) {
    const { transfer, random } = context.ports;
    const calledOff = (): boolean => signal.aborted;
    const pieces = await transfer.open(source, file);
    const md5 = pieces && (await md5Of(pieces, signal).finally(pieces.close));
    if (calledOff()) return 'called-off';
    if (md5 === null) return 'gone';
    const sid = random.id();
    asks();
    const offer = offerFile({ sid, name, size: file.size, type: file.type, md5 });
    const answer = await orAborted(link.iq('set', offer, { to, timeoutMs: ANSWER_MS }), signal);
    if (!answer || calledOff()) return 'called-off';
    if (!answer.ok) return offerFault(answer.error);
    if (!isTaken(answer.iq)) return 'no-way';
    return { stream: sid, blockSize: BLOCK, ended: () => null, finish: (how) => Promise.resolve(how) };
  },
  async take(iq) {
    const offer = parseFileOffer(iq);
    const from = attr(iq, 'from') ?? '';
    if (!offer || !(await desk.mayOffer(from))) return false;
    const link = context.link();
    if (offer === 'bad') link?.send(iqError(iq, 'bad-request', 'modify'));
    else if (offer === 'no-stream') link?.send(noStream(iq));
    else {
      const { sid, md5 } = offer;
      const no = await desk.offered({
        ...{ from, file: offer, stream: sid, algos: ['md5'] },
        accept() {
          context.link()?.send(iqResult(iq, takeOffer()));
          return Promise.resolve(true);
        },
        decline: () => context.link()?.send(declineOffer(iq)),
        hash: () => Promise.resolve(md5 === null ? null : { algo: 'md5', hex: md5 }),
        end(how) {
          if (UNKNOWN_THERE.includes(how)) void context.link()?.iq('set', closeStream(sid), { to: from });
        },
      });
      if (no === 'twice') link?.send(iqError(iq, 'conflict', 'cancel'));
      if (no === 'full') link?.send(iqError(iq, 'resource-constraint', 'wait'));
    }
    return true;
  },
  wentOffline: () => undefined,
});
