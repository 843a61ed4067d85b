import type { Conversation, Message } from '../../../src-shared/model/conversation';
import type { AddedPage, Amendment, ArchivePage, ArchivePlace, ServerMessage } from '../../store/store';
import type { SessionContext } from '../context';
import type { Reading } from '../incoming/reading';
import type { Element } from '../../xmpp/element';
import type { Notices } from '../notices';
import type { ReadState } from '../read-state';
import { isOfRoom, shownKind, type Requests } from '../requests';
import { HISTORY } from './catch-up';
import type { Entry } from './collector';

/** What a page proves beside its entries, see ArchivePage. */
export type Proof = Pick<ArchivePage, 'with' | 'after' | 'before' | 'whole' | 'lost' | 'late'>;

/** Puts pages of the archive into the store and tells what changed. */
export interface Pages {
  add(entries: readonly Entry[], proof: Proof): Promise<AddedPage>;
  /**
   * What was in the archive before this computer knew the account is history: it was read elsewhere, or long ago.
   * Epoch milliseconds.
   */
  historyUpTo: number;
  /** Reads both ends from the disk, before anything is added. */
  load(): Promise<void>;
  /** The first look at this archive: where its history ends. */
  noteHistory(end: number): Promise<void>;
  /** New messages of others since the last call: of each conversation the newest one that names us, and the newest of all. */
  takeArrivals(): readonly Message[];
}

export interface PagesParts {
  readonly requests: Pick<Requests, 'standingOf'>;
  readonly readState: Pick<ReadState, 'readElsewhere'>;
  readonly notices: Pick<Notices, 'isSeen'>;
  /** An invitation to a room, which may be known or answered by now; with the archive's time. */
  invited?(message: Element, at: number): Promise<unknown>;
  /** What an entry of this archive is. */
  read(message: Element, place: ArchivePlace): Reading;
}

/** @param room whose archive it is; null: the account's */
export const createPages = (
  context: SessionContext,
  parts: PagesParts,
  room: string | null = null,
): Pages => {
  const { account, store, hub } = context;
  const historyEnd = room === null ? HISTORY : `room-history-end:${room}`;
  const toldEnd = room === null ? 'archive-told-end' : `room-told-end:${room}`;
  /** Before a damaged database was made anew (R13) the user was told of all until then: what of it is unread is no news again. */
  let toldUpTo = 0;
  const arrivals = new Map<string, Message>();
  const calls = new Map<string, Message>();
  const keepNewest = (among: Map<string, Message>, message: Message): void => {
    if ((among.get(message.peer)?.at ?? 0) <= message.at) among.set(message.peer, message);
  };

  /** A fault of ours in one entry is not to stop the archive. */
  const readOne = (message: Element, place: ArchivePlace): Reading => {
    try {
      return parts.read(message, place);
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      context.ports.log.error('archive-entry-dropped', { reason });
      return { is: 'nothing' };
    }
  };
  const read = (entries: readonly Entry[], historyUpTo: number) => {
    const messages: ServerMessage[] = [];
    const amendments: Amendment[] = [];
    const shown: { readonly peer: string; readonly id: string }[] = [];
    const invited: { readonly message: Element; readonly at: number }[] = [];
    for (const { place, message } of entries) {
      const reading = message && readOne(message, place);
      if (reading?.is === 'message') {
        const { peer, direction, kind: type } = reading.message;
        const kind = shownKind(type, peer, context.domain);
        messages.push({
          ...reading.message,
          kind,
          seen: place.at <= historyUpTo || parts.notices.isSeen(peer),
          standing:
            direction === 'out' || isOfRoom(reading.message) ? 'open' : parts.requests.standingOf(peer, kind),
        });
      }
      if (reading?.is === 'message' || reading?.is === 'amendments') amendments.push(...reading.amendments);
      // What is older was answered elsewhere, or long ago.
      if (message && reading?.is === 'invitation' && place.at > historyUpTo)
        invited.push({ message, at: place.at });
      if (reading?.is === 'read-elsewhere') shown.push({ peer: reading.peer, id: reading.upTo.id });
    }
    return { messages, amendments, shown, invited };
  };

  const tell = (chats: readonly Conversation[]): void => {
    for (const chat of chats) {
      hub.emit({ topic: 'messages', type: 'filled', account, peer: chat.peer });
      hub.emit({ topic: 'chats', type: 'chat', account, chat });
    }
  };

  return {
    historyUpTo: 0,
    async load() {
      this.historyUpTo = Number((await store.setting(historyEnd)) ?? 0);
      toldUpTo = Math.max(this.historyUpTo, Number((await store.setting(toldEnd)) ?? 0));
    },
    async noteHistory(end) {
      if ((await store.setting(historyEnd)) === null) await store.putSetting(historyEnd, String(end));
      await this.load();
    },
    async add(entries, proof) {
      const { messages, amendments, shown, invited } = read(entries, this.historyUpTo);
      const places = entries.map(({ place }) => place);
      const added = await store.addPage({ ...proof, places, messages, amendments });
      tell(added.chats);
      const isTold = room !== null || proof.with === null;
      for (const message of isTold ? added.fresh : []) {
        if (message.direction !== 'in' || message.at <= toldUpTo) continue;
        keepNewest(arrivals, message);
        if (message.mention) keepNewest(calls, message);
      }
      for (const message of isTold ? added.called : [])
        if ((message.editedAt ?? 0) > toldUpTo) keepNewest(calls, message);
      for (const { peer, id } of shown) await parts.readState.readElsewhere(peer, { by: 'message-id', id });
      for (const { message, at } of invited) await parts.invited?.(message, at);
      return added;
    },
    takeArrivals() {
      const taken = new Set([...calls.values(), ...arrivals.values()]);
      arrivals.clear();
      calls.clear();
      return [...taken];
    },
  };
};
