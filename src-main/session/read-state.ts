import type { Conversation } from '../../src-shared/model/conversation';
import { bareJid } from '../../src-shared/model/jid';
import type { Timer } from '../ports';
import type { ReadTarget } from '../store/store';
import type { Element } from '../xmpp/element';
import { isOwnEvent } from '../xmpp/guards/own-event';
import { mayPublishPrivately } from '../xmpp/guards/private-publish';
import type { Link } from '../xmpp/link';
import { itemsGet, parseEvent, parseItems, type PubsubItem } from '../xmpp/xep/0060-pubsub';
import { displayed } from '../xmpp/xep/0333-markers';
import { parseReadPlace, READ_PLACES } from '../xmpp/xep/0490-read-places';
import type { SessionContext } from './context';
import type { Notices } from './notices';
import { createReadPlacePublisher } from './publish-read-place';
import type { Requests } from './requests';
import { createRoomMarkers } from './room-markers';

/**
 * How far each conversation was read, on all devices of the account: XEP-0490 where the server can keep that private, and
 * XEP-0333 markers, which the other side wants too and our other devices get as carbons.
 *
 *   read here ──▶ store ──1 s, last wins──▶ published, marker sent (in a room: room-markers.ts)
 *                   ▲      └─ no stream: noted on disk, on the next one
 *   read elsewhere ─┘ (item, event, marker, an answer): counted here, notification closed, not told again
 */
export interface ReadState {
  /** Conversations whose place was not told before the app ended. */
  load(): Promise<void>;
  /** The places of all conversations, before the first message of a stream comes. */
  fetch(link: Link): Promise<void>;
  /** The user has seen everything in the conversation. */
  read(peer: string): Promise<void>;
  /** A message came while the user looked: it is read, and others are to know. */
  seen(peer: string): void;
  /** Another device has shown everything up to a message, or (null) to the newest one. */
  readElsewhere(peer: string, upTo: ReadTarget | null): Promise<void>;
  /** A PEP event. False: it is about something else. */
  handleEvent(message: Element): Promise<boolean>;
  /** Tells what could not be told without a stream. */
  wentOnline(): void;
  /** We are in that room, and all that was missed is here. */
  roomReady(room: string): void;
}

const SETTING = 'read-untold';
const QUIET_MS = 1_000;
/** An account has fewer conversations; a longer list is not kept. */
const MAX_UNTOLD = 1_000;

export const createReadState = (
  context: SessionContext,
  requests: Pick<Requests, 'mayLearn'>,
  notices: Pick<Notices, 'read'>,
): ReadState => {
  const { account, store, hub, ports } = context;
  /** Read here, and not told yet. */
  const untold = new Set<string>();
  /** What the node holds, as far as it is known: nothing is published twice. */
  const published = new Map<string, string>();
  /** The last marker that each contact got from here. */
  const marked = new Map<string, string>();
  const inRooms = createRoomMarkers(context);
  const publish = createReadPlacePublisher();
  let timer: Timer | null = null;
  let telling: Promise<void> = Promise.resolve();

  /** What is said in a room is in the room's archive. */
  const archiveOf = (peer: string): string => (context.rooms?.().known(peer) ? peer : context.bare);
  const tellChat = (chat: Conversation): void => {
    hub.emit({ topic: 'chats', type: 'chat', account, chat });
    if (chat.unread === 0) notices.read(chat.peer);
  };
  const keep = (): Promise<void> => store.putSetting(SETTING, JSON.stringify([...untold].slice(-MAX_UNTOLD)));

  const mark = (link: Link, chat: Conversation, id: string | null): void => {
    if (id === null || marked.get(chat.peer) === id) return;
    if (archiveOf(chat.peer) === chat.peer) {
      inRooms.mark(chat.peer, id);
      return;
    }
    if (!context.settings().sendMarkers || !requests.mayLearn(chat)) return;
    link.send(displayed(chat.peer, id));
    marked.set(chat.peer, id);
  };
  /** False: not told, to be tried on the next stream. */
  const tell = async (link: Link, peer: string): Promise<boolean> => {
    const [place, chat] = await Promise.all([store.readPlace(peer), store.chat(peer)]);
    mark(link, chat, place.markable);
    const { stanzaId } = place;
    if (stanzaId === null || published.get(peer) === stanzaId) return true;
    if (!mayPublishPrivately(context.features())) return true;
    // Whoever is in a room is nobody's chat: the item's id is a bare JID (XEP-0490 §3.1).
    if (peer.includes('/')) return true;
    const outcome = await publish(link, { chat: peer, by: archiveOf(peer), stanzaId });
    if (outcome === 'published') published.set(peer, stanzaId);
    if (outcome === 'refused') ports.log.warn('read-place-refused');
    return outcome !== 'lost';
  };
  const tellAll = async (): Promise<void> => {
    for (const peer of [...untold]) {
      const link = context.link();
      if (!link) return;
      untold.delete(peer);
      if (!(await tell(link, peer))) {
        untold.add(peer);
        return;
      }
    }
    await keep();
  };
  const tellSoon = (): void => {
    timer ??= ports.clock.after(QUIET_MS, () => {
      timer = null;
      telling = telling.then(tellAll).catch((error: unknown) => {
        ports.log.warn('read-place', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    });
  };
  const note = async (peer: string): Promise<void> => {
    const isNew = !untold.has(peer);
    untold.add(peer);
    tellSoon();
    if (isNew) await keep();
  };

  const take = async (item: PubsubItem): Promise<void> => {
    const place = parseReadPlace(item);
    const peer = place && bareJid(place.chat);
    // A place in somebody else's archive is about another conversation.
    if (!place || !peer || place.by !== archiveOf(peer)) return;
    published.set(peer, place.stanzaId);
    const chat = await store.markRead(peer, { by: 'stanza-id', id: place.stanzaId });
    if (chat) tellChat(chat);
  };

  return {
    async load() {
      const kept: unknown = JSON.parse((await store.setting(SETTING)) ?? '[]');
      if (!Array.isArray(kept)) return;
      for (const peer of kept) if (typeof peer === 'string') untold.add(peer);
    },
    async fetch(link) {
      published.clear();
      const answer = await link.iq('get', itemsGet(READ_PLACES), { to: context.bare });
      if (answer.ok) await Promise.all(parseItems(answer.iq, READ_PLACES).map(take));
    },
    async read(peer) {
      notices.read(peer);
      const chat = await store.markRead(peer, null);
      if (!chat) return;
      tellChat(chat);
      await note(peer);
    },
    seen(peer) {
      note(peer).catch((error: unknown) => {
        ports.log.warn('read-place', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    },
    async readElsewhere(peer, upTo) {
      const chat = await store.markRead(peer, upTo);
      if (chat) tellChat(chat);
    },
    async handleEvent(message) {
      const event = parseEvent(message);
      if (event?.node !== READ_PLACES) return false;
      if (isOwnEvent(message, context.bare)) await Promise.all(event.items.map(take));
      else ports.log.warn('event-refused');
      return true;
    },
    wentOnline() {
      if (untold.size > 0) tellSoon();
    },
    roomReady: inRooms.ready,
  };
};
