import type { Amended, ServerMessage, Stored } from '../../store/store';
import { addressOf, parseJid } from '../../../src-shared/model/jid';
import { attr, type Element } from '../../xmpp/element';
import type { Link } from '../../xmpp/link';
import { receipt } from '../../xmpp/xep/0184-receipts';
import { MAM } from '../../xmpp/xep/0313-archive';
import { SID } from '../../xmpp/xep/0359-stanza-ids';
import type { SessionContext } from '../context';
import type { Notices } from '../notices';
import type { Outbox } from '../outbox';
import type { People } from '../people';
import { isOfRoom, shownKind } from '../requests';
import type { Rooms } from '../rooms';
import type { Typing } from '../typing';
import { readMessage } from './read-message';
import type { Own, Reading, ReadMessage, Way } from './reading';

export interface TakeParts {
  readonly people: Pick<People, 'roster' | 'requests' | 'readState' | 'blocking'>;
  readonly notices: Pick<Notices, 'isSeen' | 'incoming' | 'retracted'>;
  readonly rooms: Pick<Rooms, 'isFresh' | 'takeSubject' | 'nameOf' | 'news' | 'heardFrom'>;
  readonly outbox: Pick<Outbox, 'bounced' | 'arrived'>;
  readonly typing: Typing;
  /** What was committed, told to the windows. */
  changed(stored: Pick<Stored, 'message' | 'chat'>): void;
  /** Something is in the archive that has no place here yet. */
  news(): void;
}

/** What a reader has to know of the account, as of now. */
export const ownOf = (
  context: Pick<
    SessionContext,
    'bare' | 'domain' | 'features' | 'ports' | 'rooms' | 'serverNow' | 'language'
  >,
): Own => ({
  bare: context.bare,
  domain: context.domain,
  stanzaIds: context.features().has(SID),
  archive: context.features().has(MAM),
  now: context.ports.clock.now(),
  serverNow: context.serverNow(),
  language: context.language(),
  ...(context.rooms ? { rooms: context.rooms() } : {}),
});

/**
 * Takes one message that came on the stream, or in a carbon that has been checked (T1): commits what it says, then tells it.
 * The store is asked before this returns for the first time, so that messages handed over side by side keep their order.
 */
export type TakeMessage = (message: Element, way: Way) => Promise<void>;

/** Who says it to us; '' for what is ours, or nothing. A bounce is our own message coming back. */
const senderOf = (reading: Reading): string => {
  switch (reading.is) {
    case 'message':
      return reading.message.direction === 'in' ? reading.message.peer : '';
    case 'amendments':
      return reading.amendments[0]?.peer ?? '';
    case 'chat-state':
      return reading.peer;
    default:
      return '';
  }
};

/** Said now: neither kept for us by a server nor read out of an archive. */
const isLive = ({ source, turn }: ReadMessage): boolean => source === 'live' && turn?.waited !== true;

export const createTakeMessage = (context: SessionContext, parts: TakeParts): TakeMessage => {
  const { account, store, hub } = context;
  let link: Link | null = null;
  let stream = '';
  /** A name for the stream that is up. */
  const streamNow = (): string => {
    const now = context.link();
    if (now !== null && now !== link) {
      link = now;
      stream = context.ports.random.id();
    }
    return stream;
  };
  const { roster, requests, readState, blocking } = parts.people;

  const complete = ({ message }: Extract<Reading, { is: 'message' }>): ServerMessage => {
    const { peer, direction, source } = message;
    // What a room tells of the time before we first came is no news.
    const before = message.nick !== undefined && source === 'offline' && parts.rooms.isFresh(peer);
    const kind = shownKind(message.kind, peer, context.domain);
    return {
      ...message,
      kind,
      seen: direction === 'in' && (before || parts.notices.isSeen(peer)),
      standing: direction === 'out' || isOfRoom(message) ? 'open' : requests.standingOf(peer, kind),
    };
  };

  const incoming = (
    { message: said, receipt: wanted }: Extract<Reading, { is: 'message' }>,
    stored: Stored,
  ): void => {
    const { message, chat, fresh } = stored;
    const { peer } = message;
    // Only those who may know that we are here learn that it arrived (T31).
    const mayKnow = context.settings().sendReceipts && requests.mayLearn(chat);
    if (wanted && mayKnow) context.link()?.send(receipt(wanted.to, wanted.id));
    if (!fresh) return;
    parts.typing.stopped(peer);
    if (parts.notices.isSeen(peer)) readState.seen(peer);
    parts.notices.incoming(message, chat, nameOf(peer), isLive(said) ? 'live' : 'kept');
  };

  const nameOf = (peer: string): string => roster.find(peer)?.name ?? parts.rooms.nameOf(peer) ?? peer;
  const amendedBy = (amended: Pick<Stored, 'message' | 'chat'>, { entry, calls }: Amended): void => {
    const { message, chat } = amended;
    parts.changed(amended);
    if (message.retracted) parts.notices.retracted(message);
    // The room has said ours to all.
    if (entry !== null && isOfRoom(message)) parts.outbox.arrived(entry);
    if (calls) parts.notices.incoming(message, chat, nameOf(message.peer), 'corrected');
  };
  const takeMessage = async (reading: Extract<Reading, { is: 'message' }>, way: Way): Promise<void> => {
    const message = complete(reading);
    if (message.direction === 'in' && way.by === 'stream') parts.rooms.heardFrom(message.peer);
    const amending = reading.amendments.map((amendment) => store.amend(amendment));
    const stored = await store.addMessage(message);
    // It was deleted here, and is told again.
    if (!stored) return;
    if (stored.corrected) {
      amendedBy(stored, stored.corrected);
      return;
    }
    for (const amended of await Promise.all(amending)) if (amended) parts.changed(amended);
    if (stored.fresh || message.direction === 'out') parts.changed(stored);
    if (message.direction === 'out' && isOfRoom(message)) parts.outbox.arrived(stored.message.id);
    // It may stand further up than what is shown already.
    const above = message.turn?.waited || (isOfRoom(message) && message.source === 'offline');
    if (stored.moved || (stored.fresh && above)) {
      hub.emit({ topic: 'messages', type: 'filled', account, peer: message.peer });
    }
    if (message.nick === undefined) parts.news();
    else parts.rooms.news(message.peer);
    if (message.direction === 'in') incoming(reading, stored);
    // Who answers on another device has read there what is answered.
    else if (stored.fresh && way.by === 'carbon') await readState.readElsewhere(message.peer, null);
  };

  const isFromBlocked = (reading: Reading, stanza: Element): boolean => {
    const sender = senderOf(reading);
    if (sender === '') return false;
    const from = parseJid(attr(stanza, 'from') ?? '');
    return blocking.isBlocked(sender) || (from !== null && blocking.isBlocked(addressOf(from)));
  };

  return async (stanza, way) => {
    const reading = readMessage(stanza, { ...ownOf(context), stream: streamNow() }, way);
    if (isFromBlocked(reading, stanza)) return;
    switch (reading.is) {
      case 'message':
        return takeMessage(reading, way);
      case 'amendments':
        for (const amended of await Promise.all(reading.amendments.map((one) => store.amend(one)))) {
          if (amended) amendedBy(amended, amended);
        }
        return;
      case 'read-elsewhere':
        return readState.readElsewhere(reading.peer, reading.upTo);
      case 'room-subject':
        parts.rooms.takeSubject(reading.room, reading.nick, reading.subject);
        return;
      case 'bounce':
        return parts.outbox.bounced(reading.peer, reading.id, reading.error);
      case 'chat-state':
        parts.typing.heard(reading.peer, reading.state);
        return;
      case 'invitation':
      case 'nothing':
        return;
    }
  };
};
