import type { Timer } from '../../../../ports';
import { attr, type Element } from '../../../../xmpp/element';
import {
  jingle,
  jingleContent,
  jingleReason,
  type JingleContent,
  type JingleRequest,
} from '../../../../xmpp/xep/0166-jingle';
import {
  fileDescription,
  fileNotAvailable,
  parseChecksum,
  parseFileDescription,
  type JingleFile,
} from '../../../../xmpp/xep/0234-jingle-files';
import {
  parseStreamTransport,
  streamTransport,
  type JingleStream,
} from '../../../../xmpp/xep/0261-jingle-bytestreams';
import { iqError, iqResult } from '../../../../xmpp/xep/6120-stanza-error';
import { MAX_BLOCK } from '../../../../xmpp/guards/stream-blocks';
import type { SessionContext } from '../../../context';
import type { FileHash, OfferDesk, OfferIn } from '../ways';
import { endingOf, reasonOfEnding } from './reasons';
import type { Session, Sessions } from './sessions';

/** A hash that was promised may come after the last byte. */
const CHECKSUM_MS = 10_000;

interface Offered {
  readonly content: JingleContent;
  readonly file: JingleFile;
  readonly stream: JingleStream;
}

/** What a session-initiate offers; else why there is nothing to ask the user. */
const readOffer = ({ contents }: JingleRequest): Offered | Element => {
  const [content, ...more] = contents;
  const file = content?.description ? parseFileDescription(content.description) : null;
  if (!content || file === null) return jingleReason('unsupported-applications');
  // §4.1: somebody wants a file of ours, and we have none for everybody.
  if (content.senders === 'responder') return jingleReason('failed-application', fileNotAvailable());
  const stream = content.transport && parseStreamTransport(content.transport);
  if (!stream) return jingleReason('unsupported-transports');
  const isBad = file === 'bad' || stream === 'bad' || more.length > 0;
  return isBad ? jingleReason('incompatible-parameters') : { content, file, stream };
};

/**
 * Files that others offer in a Jingle session (XEP-0234 §6.1):
 *
 *          session-initiate           session-accept                  session-terminate
 *   (none) ────────────────▶ waiting ────────────────▶ taken, the stream ───────────────▶ (none)
 *                               └──── declined here, taken back there: session-terminate ────┘
 */
export const createTheirs = (
  context: Pick<SessionContext, 'link' | 'ports'>,
  sessions: Sessions,
  desk: OfferDesk,
): ((request: JingleRequest, iq: Element) => Promise<void>) => {
  const begin = async (offered: Offered, sid: string, iq: Element): Promise<void> => {
    const { content, file, stream } = offered;
    const peer = attr(iq, 'from') ?? '';
    let hash: FileHash | null = file.hash;
    /** Somebody waits for the hash. */
    let asks: { readonly timer: Timer; readonly tell: () => void } | null = null;
    const isOpen = (): boolean => sessions.find(peer, sid) === session;
    const over = (): void => {
      sessions.drop(session);
      asks?.tell();
    };
    const session: Session = {
      peer,
      sid,
      async take(request, said) {
        const told = request.action === 'session-info' && request.info && parseChecksum(request.info);
        if (told) {
          sessions.answer(iqResult(said));
          hash ??= told.find(({ algo }) => file.algos.includes(algo)) ?? null;
          asks?.tell();
          return true;
        }
        if (request.action !== 'session-terminate' && request.action !== 'content-remove') return false;
        sessions.answer(iqResult(said));
        // XEP-0234 §6.5: there was but one file in it.
        if (request.action === 'content-remove') sessions.terminate(session, jingleReason('cancel'));
        over();
        await desk.ended(offer, endingOf(request));
        return true;
      },
      wentOffline: over,
    };
    const offer: OfferIn = {
      ...{ from: peer, file, stream: stream.sid, algos: file.algos },
      async accept() {
        const link = context.link();
        if (!link || !isOpen()) return false;
        const blockSize = Math.min(stream.blockSize, MAX_BLOCK);
        const answer = await link.iq(
          'set',
          jingle(
            'session-accept',
            sid,
            { responder: link.jid },
            jingleContent(content, fileDescription(file), streamTransport({ ...stream, blockSize })),
          ),
          { to: peer },
        );
        return answer.ok || answer.error.condition === 'lost';
      },
      decline() {
        if (isOpen()) sessions.terminate(session, jingleReason('decline'));
      },
      hash: () =>
        new Promise((resolve) => {
          if (hash || !file.promised || !isOpen()) {
            resolve(hash);
            return;
          }
          const tell = (): void => {
            asks?.timer.cancel();
            asks = null;
            resolve(hash);
          };
          asks = { tell, timer: context.ports.clock.after(CHECKSUM_MS, tell) };
        }),
      end(how) {
        if (isOpen()) sessions.terminate(session, reasonOfEnding(how));
      },
    };
    sessions.add(session);
    const no = await desk.offered(offer);
    if (no) sessions.drop(session);
    sessions.answer(
      no === 'twice'
        ? iqError(iq, 'conflict', 'cancel')
        : no === 'full'
          ? iqError(iq, 'resource-constraint', 'wait')
          : iqResult(iq),
    );
  };

  return async (request, iq) => {
    const offered = readOffer(request);
    if ('file' in offered) {
      await begin(offered, request.sid, iq);
      return;
    }
    // §6.7: the session is there, and over at once.
    sessions.answer(iqResult(iq));
    sessions.say({ peer: attr(iq, 'from') ?? '', sid: request.sid }, 'session-terminate', offered);
  };
};
