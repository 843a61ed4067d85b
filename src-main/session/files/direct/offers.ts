import { done, failed, ok, type Outcome } from '../../../../src-shared/ipc/errors';
import type { Message } from '../../../../src-shared/model/conversation';
import { safeFileName, type DirectFile, type SharedFile } from '../../../../src-shared/model/file';
import { parseJid } from '../../../../src-shared/model/jid';
import type { Stored } from '../../../store/store';
import { hashStream } from '../../../xmpp/stream/digest';
import type { SessionContext } from '../../context';
import type { Saves } from '../saves';
import type { Streams } from './streams';
import type { Ending, OfferDesk, OfferIn } from './ways';

/** Files that contacts offer from their computer to ours: each stands in the conversation, and nothing comes before the user says yes. */
export interface Offers {
  /** Where the ways to offer a file bring what they read. */
  readonly desk: OfferDesk;
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
  /** Whether the user looks at the end of this conversation now. */
  isSeen(bare: string): boolean;
  /** An offer stands in the conversation. */
  came(stored: Stored): void;
  changed(message: Message): void;
}

/** Of one contact, and of all: more cannot wait for an answer. */
const MOST_OF_ONE = 5;
const MOST = 30;

interface Waiting {
  readonly bare: string;
  readonly offer: OfferIn;
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
    for (const [id, { offer }] of [...waiting])
      if (!(await store.message(id)) && waiting.delete(id)) offer.decline();
  };
  const refusal = ({ from, stream }: OfferIn, bare: string): 'twice' | 'full' | null => {
    const all = [...waiting.values()];
    // Two streams of one name would be one.
    if (parts.streams.has(from, stream)) return 'twice';
    if (all.some(({ offer }) => offer.from === from && offer.stream === stream)) return 'twice';
    const full = all.length + coming >= MOST || all.filter((one) => one.bare === bare).length >= MOST_OF_ONE;
    return full ? 'full' : null;
  };
  const keep = async (bare: string, { file }: OfferIn): Promise<Stored> => {
    const name = safeFileName(file.name);
    const stored = await store.addMessage({
      ...{ peer: bare, direction: 'in', kind: 'chat', subject: null, body: name, at: ports.clock.now() },
      file: {
        ...{ url: '', name, type: file.type, size: file.size },
        ...{ width: null, height: null, sha256: null, direct: { state: 'offered' } },
      },
      // Others know no message by it: it only makes sure that it stands there once (R27).
      ...{ messageId: null, originId: ports.random.id(), stanzaId: null },
      ...{ source: 'live', markable: false, seen: parts.isSeen(bare), standing: 'open' },
    });
    if (!stored) throw new Error('an offer that was deleted before it came');
    return stored;
  };

  const receive = async (
    id: number,
    offer: OfferIn,
    write: (piece: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Ending> => {
    const hashes = new Map(offer.algos.map((algo) => [algo, hashStream(algo)]));
    const end = parts.streams.receive(
      {
        ...{ from: offer.from, sid: offer.stream, size: offer.file.size },
        write: async (piece) => {
          for (const hash of hashes.values()) hash.add(piece);
          await write(piece);
        },
      },
      signal,
    );
    void offer.accept().then((isTaken) => {
      if (!isTaken) parts.streams.finish(offer.from, offer.stream, 'stopped');
    });
    await set(id, { state: 'running' });
    const how = await end;
    const promised = how === 'done' ? await offer.hash() : null;
    return promised && hashes.get(promised.algo)?.hex() !== promised.hex ? 'changed' : how;
  };

  return {
    desk: {
      async mayOffer(from) {
        const bare = parseJid(from)?.bare ?? null;
        if (bare === null || !from.includes('/') || !parts.mayOffer(bare)) return false;
        return (await store.chat(bare)).standing === 'open';
      },
      async offered(offer) {
        const bare = parseJid(offer.from)?.bare ?? offer.from;
        await declineDeleted();
        const no = refusal(offer, bare);
        if (no) return no;
        const stored = await keep(bare, offer);
        waiting.set(stored.message.id, { bare, offer });
        parts.came(stored);
        return null;
      },
      async ended(offer, how) {
        // All that is not here by now does not come.
        const why = how === 'done' ? 'stopped' : how;
        const [id] = [...waiting].find(([, one]) => one.offer === offer) ?? [];
        if (id === undefined) parts.streams.finish(offer.from, offer.stream, why);
        else if (waiting.delete(id)) await set(id, { state: 'failed', why });
      },
    },
    async accept(id, file) {
      const came: { how: Ending | null; offer: OfferIn | null } = { how: null, offer: null };
      const saved = await parts.saves.save(id, file, async (write, signal) => {
        const one = waiting.get(id);
        // Gone while the user looked for a place.
        if (!one || !waiting.delete(id)) return failed('file-offer-gone');
        came.offer = one.offer;
        coming += 1;
        // What it is when the disk does not take it.
        came.how = 'disk';
        came.how = await receive(id, one.offer, write, signal).finally(() => (coming -= 1));
        return came.how === 'done' ? done : failed('file-network');
      });
      if (came.how === null) return saved;
      const isThere = saved.ok && saved.value.started;
      const why = came.how === 'done' ? 'disk' : came.how;
      came.offer?.end(isThere ? 'done' : why);
      await set(id, isThere ? { state: 'done' } : { state: 'failed', why });
      return ok({ started: isThere });
    },
    async decline(id) {
      const one = waiting.get(id);
      if (!one || !waiting.delete(id)) return failed('file-offer-gone');
      one.offer.decline();
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
