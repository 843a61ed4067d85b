import { done, failed, ok, type Outcome } from '../../../../src-shared/ipc/errors';
import type { Message } from '../../../../src-shared/model/conversation';
import { safeFileName, type DirectFile, type SharedFile } from '../../../../src-shared/model/file';
import { parseJid } from '../../../../src-shared/model/jid';
import type { Stored } from '../../../store/store';
import { attr, type Element } from '../../../xmpp/element';
import { md5Stream } from '../../../xmpp/stream/digest';
import {
  declineOffer,
  noStream,
  parseFileOffer,
  takeOffer,
  type FileOffer,
} from '../../../xmpp/xep/0096-file-offers';
import { iqError, iqResult } from '../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../context';
import type { Saves } from '../saves';
import type { StreamEnd, Streams } from './streams';

/** Files that contacts offer from their computer to ours: each stands in the conversation, and nothing comes before the user says yes. */
export interface Offers {
  /** False: the IQ offers nothing, or somebody offers it who may not (T31). */
  take(iq: Element): Promise<boolean>;
  /** Asks where to, takes the offer, and resolves once the file is there or cannot be; what the card says is no error. */
  accept(id: number, file: SharedFile): Promise<Outcome<{ readonly started: boolean }>>;
  decline(id: number): Promise<Outcome<null>>;
  wentOffline(): Promise<void>;
}

export interface OffersParts {
  readonly streams: Streams;
  readonly saves: Saves;
  /** Contacts that may know that we are here. */
  mayOffer(bare: string): boolean;
  /** Whether the user looks at this conversation now. */
  isSeen(bare: string): boolean;
  /** An offer stands in the conversation. */
  came(stored: Stored): void;
  changed(message: Message): void;
}

/** Of one contact, and of all: more cannot wait for an answer. */
const MOST_OF_ONE = 5;
const MOST = 30;

type Ending = StreamEnd | 'changed';
interface Waiting {
  readonly iq: Element;
  readonly from: string;
  readonly bare: string;
  readonly offer: FileOffer;
}

export const createOffers = (context: SessionContext, parts: OffersParts): Offers => {
  const { store, ports } = context;
  /** By the message that shows it. */
  const waiting = new Map<number, Waiting>();
  /** Those that are on their way to the disk. */
  let coming = 0;

  const set = async (id: number, direct: DirectFile): Promise<void> => {
    const message = await store.message(id);
    if (!message?.file) return;
    await store.describeFile(id, { ...message.file, direct });
    parts.changed({ ...message, file: { ...message.file, direct } });
  };
  /** Nobody can answer what no longer stands in the conversation. */
  const declineDeleted = async (): Promise<void> => {
    for (const [id, { iq }] of [...waiting])
      if (!(await store.message(id)) && waiting.delete(id)) context.link()?.send(declineOffer(iq));
  };
  const refusal = (iq: Element, from: string, bare: string, offer: FileOffer): Element | null => {
    const all = [...waiting.values()];
    if (all.some((one) => one.from === from && one.offer.sid === offer.sid))
      return iqError(iq, 'conflict', 'cancel');
    const full = all.length + coming >= MOST || all.filter((one) => one.bare === bare).length >= MOST_OF_ONE;
    return full ? iqError(iq, 'resource-constraint', 'wait') : null;
  };
  const keep = (bare: string, offer: FileOffer): Promise<Stored> => {
    const name = safeFileName(offer.name);
    return store.addMessage({
      ...{ peer: bare, direction: 'in', kind: 'chat', subject: null, body: name, at: ports.clock.now() },
      file: {
        ...{ url: '', name, type: offer.type, size: offer.size },
        ...{ width: null, height: null, sha256: null, direct: { state: 'offered' } },
      },
      // Others know no message by it: it only makes sure that it stands there once (R27).
      ...{ messageId: null, originId: ports.random.id(), stanzaId: null },
      ...{ source: 'live', markable: false, seen: parts.isSeen(bare), standing: 'open' },
    });
  };

  const receive = async (
    id: number,
    { iq, from, offer }: Waiting,
    write: (piece: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Ending> => {
    const hash = md5Stream();
    const end = parts.streams.receive(
      {
        ...{ from, sid: offer.sid, size: offer.size },
        write: async (piece) => {
          hash.add(piece);
          await write(piece);
        },
      },
      signal,
    );
    context.link()?.send(iqResult(iq, takeOffer()));
    await set(id, { state: 'running' });
    const how = await end;
    return how === 'done' && offer.md5 !== null && hash.hex() !== offer.md5 ? 'changed' : how;
  };

  return {
    async take(iq) {
      const offer = parseFileOffer(iq);
      const from = attr(iq, 'from') ?? '';
      const bare = parseJid(from)?.bare ?? null;
      if (!offer || bare === null || !from.includes('/') || !parts.mayOffer(bare)) return false;
      if ((await store.chat(bare)).standing !== 'open') return false;
      const link = context.link();
      if (offer === 'bad') link?.send(iqError(iq, 'bad-request', 'modify'));
      else if (offer === 'no-stream') link?.send(noStream(iq));
      else {
        await declineDeleted();
        const no = refusal(iq, from, bare, offer);
        if (no) link?.send(no);
        else {
          const stored = await keep(bare, offer);
          waiting.set(stored.message.id, { iq, from, bare, offer });
          parts.came(stored);
        }
      }
      return true;
    },
    async accept(id, file) {
      const came: { how: Ending | null } = { how: null };
      const saved = await parts.saves.save(id, file, async (write, signal) => {
        const one = waiting.get(id);
        // Gone while the user looked for a place.
        if (!one || !waiting.delete(id)) return failed('file-offer-gone');
        coming += 1;
        // What it is when the disk does not take it.
        came.how = 'disk';
        came.how = await receive(id, one, write, signal).finally(() => (coming -= 1));
        return came.how === 'done' ? done : failed('file-network');
      });
      if (came.how === null) return saved;
      const isThere = saved.ok && saved.value.started;
      const why = came.how === 'done' ? 'disk' : came.how;
      await set(id, isThere ? { state: 'done' } : { state: 'failed', why });
      return ok({ started: isThere });
    },
    async decline(id) {
      const one = waiting.get(id);
      if (!one || !waiting.delete(id)) return failed('file-offer-gone');
      context.link()?.send(declineOffer(one.iq));
      await set(id, { state: 'declined' });
      return done;
    },
    async wentOffline() {
      const lost = [...waiting.keys()];
      waiting.clear();
      for (const id of lost) await set(id, { state: 'failed', why: 'lost' });
    },
  };
};
