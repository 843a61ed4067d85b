import type { MessageKind } from '../../../src-shared/model/conversation';
import { parseJid, type Jid } from '../../../src-shared/model/jid';
import type { Amendment, RoomAuthor } from '../../store/store';
import { attr, type Element } from '../../xmpp/element';
import { correctionScope } from '../../xmpp/guards/correction';
import { hasWaited, serverTime, trustedTime } from '../../xmpp/guards/delay';
import { receiptScope } from '../../xmpp/guards/receipt';
import { messageScope, noRooms, type MessageScope } from '../../xmpp/guards/room';
import { roomAuthor } from '../../xmpp/guards/room-author';
import { retractionScope } from '../../xmpp/guards/retraction';
import { trustedStanzaId } from '../../xmpp/guards/stanza-id';
import { parseDecline, parseMediatedInvitation } from '../../xmpp/xep/0045-invitations';
import { parseChatState } from '../../xmpp/xep/0085-chat-states';
import { parseReceipt, wantsReceipt } from '../../xmpp/xep/0184-receipts';
import { parseDelay } from '../../xmpp/xep/0203-delay';
import { wantsAttention } from '../../xmpp/xep/0224-attention';
import { parseDirectInvitation } from '../../xmpp/xep/0249-direct-invitations';
import { parseReplace } from '../../xmpp/xep/0308-correction';
import { parseResult } from '../../xmpp/xep/0313-archive';
import { isMarkable, parseDisplayed } from '../../xmpp/xep/0333-markers';
import { parseOriginId, readId } from '../../xmpp/xep/0359-stanza-ids';
import { isUnstyled } from '../../xmpp/xep/0393-styling';
import { parseRetract } from '../../xmpp/xep/0424-retraction';
import { parseReactions } from '../../xmpp/xep/0444-reactions';
import { parseReply } from '../../xmpp/xep/0461-replies';
import { parseError } from '../../xmpp/xep/6120-stanza-error';
import { messageType, parseBody, parseSubject } from '../../xmpp/xep/6121-message';
import { fileAddress, fileIn } from './file-in';
import { spoilerIn } from './spoiler-in';
import { readRoomMessage } from './read-room-message';
import type { Own, Reading, ReadMessage, Way } from './reading';

const nothing: Reading = { is: 'nothing' };

/**
 * What a `<message/>` is to a conversation, whether it came on the stream, in a carbon or out of the archive.
 * Pure; whoever opened an envelope has checked it (T1, T3).
 */
export const readMessage = (stanza: Element, own: Own, way: Way): Reading => {
  const type = messageType(stanza);
  const { rooms } = own;
  const joined = rooms && way.by !== 'stream' ? { has: rooms.known } : (rooms ?? noRooms);
  const scope = messageScope(stanza, joined);
  if (scope.is === 'room') return inRoom(stanza, own, way, scope.room);
  if (type === 'groupchat' || scope.is === 'refused') return nothing;
  if (way.by === 'archive' && scope.is === 'person' && isInvitation(stanza)) return { is: 'invitation' };
  // T3: an archive result that is no answer of the archive is nothing, on whatever road.
  const who = parseResult(stanza) ? null : author(stanza, own, way, scope);
  if (!who) return nothing;
  const { peer, direction } = who;
  if (type === 'error') {
    // Errors are for the device that sent; on another road they are about somebody else's message.
    const id = readId(stanza);
    return way.by === 'stream' && id !== null
      ? { is: 'bounce', peer, id, error: parseError(stanza) }
      : nothing;
  }
  const common = identity(stanza, own, way);
  const displayed = parseDisplayed(stanza);
  if (direction === 'out' && displayed !== null) {
    return { is: 'read-elsewhere', peer, upTo: { by: 'message-id', id: displayed } };
  }
  const occupant = scope.is === 'private' && direction === 'in' ? occupantNow(scope, own, way) : undefined;
  const changes = [
    ...textAmendments(stanza, who, type, common, own.language),
    ...reactionAmendments(stanza, who, type, common),
  ].map((one) => ({ ...one, ...(occupant && { author: occupant }) }));
  // Under another nick it is another conversation: what corrects nothing in this one is a message of its own.
  const correction = occupant && changes.find((one) => one.kind === 'correct');
  const amendments = [
    ...changes.filter((one) => one !== correction),
    ...deliveryAmendments(stanza, who, common),
  ];
  // What amends another message is none itself: its body is a new text, or words for clients that do not understand.
  const instead = amendments.some(({ kind }) => kind !== 'received' && kind !== 'read');
  const kind = kindOf(stanza, who, type);
  const said = instead ? null : bodyOf(stanza, kind, own.language);
  if (said === null) {
    if (amendments.length > 0) return { is: 'amendments', amendments };
    const state = direction === 'in' && way.by === 'stream' ? parseChatState(stanza) : null;
    return state ? { is: 'chat-state', peer, state } : nothing;
  }
  const { body, reply } = kind === 'chat' ? parseReply(stanza, said) : { body: said };
  const message: ReadMessage = {
    peer,
    direction,
    kind,
    subject: parseSubject(stanza),
    body,
    at: common.at,
    messageId: common.messageId,
    originId: parseOriginId(stanza),
    stanzaId: common.stanzaId,
    source: common.source,
    markable: direction === 'in' && isMarkable(stanza),
    ...(isUnstyled(stanza) ? { unstyled: true } : {}),
    ...fileIn(stanza, body),
    ...(reply ? { reply } : {}),
    ...(kind === 'chat' ? spoilerIn(stanza) : {}),
    ...(occupant && occupant.key !== '' ? { author: occupant.key } : {}),
    ...(correction ? { corrects: correction } : {}),
    ...(common.turn ? { turn: common.turn } : {}),
  };
  return { is: 'message', message, amendments, receipt: receiptOf(stanza, who) };
};

/** What servers and clients put into it as a text is for those who do not understand it. */
const isInvitation = (stanza: Element): boolean =>
  (parseMediatedInvitation(stanza) ?? parseDecline(stanza) ?? parseDirectInvitation(stanza)) !== null;

/** From the room as a whole, or said in it; a copy or an archive of ours never has that (XEP-0280 §6.1, XEP-0313 §5.1.1). */
const inRoom = (stanza: Element, own: Own, way: Way, room: string): Reading => {
  const view = own.rooms?.view(room);
  if (!view || way.by !== 'stream') return nothing;
  const id = readId(stanza);
  if (messageType(stanza) === 'error')
    return id === null ? nothing : { is: 'bounce', peer: room, id, error: parseError(stanza) };
  return messageType(stanza) === 'groupchat' ? readRoomMessage(stanza, view, own, way) : nothing;
};

interface Author {
  /** Bare JID of the other side, or the address in a room of one of its occupants (T10). */
  readonly peer: string;
  /** The sender's address as it is written; null on what is ours. */
  readonly from: Jid | null;
  readonly direction: 'in' | 'out';
}

/** What comes from the own account is ours, whatever device wrote it; notes to ourselves too. */
const author = (stanza: Element, own: Own, way: Way, scope: MessageScope): Author | null => {
  const peerOf = (one: Jid): string => (scope.is === 'private' ? `${scope.room}/${scope.nick}` : one.bare);
  const written = attr(stanza, 'from');
  const from = written === undefined ? null : parseJid(written);
  if (written !== undefined && !from) return null;
  if (written === undefined || from?.bare === own.bare) {
    // On the stream nothing of ours goes to others: what has no `from` is the own server's (RFC 6120 §8.1.2.1).
    if (way.by === 'stream') return { peer: own.bare, from: null, direction: from ? 'out' : 'in' };
    const to = parseJid(attr(stanza, 'to') ?? own.bare);
    return to && { peer: peerOf(to), from: null, direction: 'out' };
  }
  return from && { peer: peerOf(from), from, direction: 'in' };
};

/**
 * T4, T5, T10: the conversation is that of a nick, which somebody else may have by then. Who has it now the room says, and not the
 * message: an occupant's id in it (XEP-0421) may be made up, since ejabberd and Openfire pass on whatever a private one brings.
 * So nobody can tell of whom one out of an archive is.
 */
const occupantNow = (
  { room, nick }: Extract<MessageScope, { is: 'private' }>,
  { rooms }: Own,
  { by }: Way,
): RoomAuthor => {
  const there = (by === 'stream' && rooms?.view(room)?.occupant(nick)) || null;
  return roomAuthor({ own: false, ...(there ?? { occupantId: null, jid: null, stay: null }) });
};

type Common = Pick<ReadMessage, 'at' | 'messageId' | 'stanzaId' | 'source' | 'turn'>;

const identity = (stanza: Element, own: Own, way: Way): Common => {
  const messageId = readId(stanza);
  const stanzaId = trustedStanzaId(stanza, { bare: own.bare, advertised: own.stanzaIds });
  // The server's stamps are by its clock: where ours is behind, what was said meanwhile is not said now (R11).
  const latest = Math.max(own.now, own.serverNow ?? own.now);
  switch (way.by) {
    case 'archive':
      return {
        at: serverTime(way.place.at, latest),
        messageId,
        stanzaId: way.place.id,
        source: 'archive',
      };
    case 'carbon':
      // Most servers put no stamp on a copy: it is as live as what is live (R11).
      return way.delay
        ? { at: serverTime(way.delay.at, latest), messageId, stanzaId, source: 'carbon' }
        : { at: own.now, messageId, stanzaId, source: 'live' };
    case 'stream': {
      const delay = parseDelay(stanza);
      // A server gives what waited in its order, but by its own clock: where nothing else tells the order, that is kept.
      const waited = hasWaited(delay, own, own.now);
      const common = { at: trustedTime(delay, own, own.now, latest), messageId, stanzaId };
      return own.archive === false
        ? { ...common, source: 'live', turn: { stream: own.stream ?? '', waited } }
        : { ...common, source: waited ? 'offline' : 'live' };
    }
  }
};

type Scope = Pick<Amendment, 'peer' | 'direction'>;
const amendment = (
  { peer, direction }: Scope,
  kind: Amendment['kind'],
  target: string,
  body: string | null,
  { at, messageId, stanzaId }: Common,
): Amendment => ({ peer, direction, kind, target, body, at, messageId, stanzaId });

/** A correction or a retraction of what its author wrote before (T4, T5). */
const textAmendments = (
  stanza: Element,
  who: Author,
  type: MessageKind,
  common: Common,
  language?: string,
): readonly Amendment[] => {
  const retracted = parseRetract(stanza);
  if (retracted !== null) return [amendment(retractionScope(who), 'retract', retracted, null, common)];
  const body = parseBody(stanza, language);
  const replaced = parseReplace(stanza);
  const scope = correctionScope(who, type);
  return scope && body !== null && replaced !== null
    ? [
        {
          // What it answers, the message itself has said.
          ...amendment(scope, 'correct', replaced, parseReply(stanza, body).body, common),
          ...(isUnstyled(stanza) ? { unstyled: true } : {}),
          ...spoilerIn(stanza),
        },
      ]
    : [];
};

/** What its author thinks of a message of either side (XEP-0444), and says for nobody else. */
const reactionAmendments = (
  stanza: Element,
  who: Author,
  type: MessageKind,
  common: Common,
): readonly Amendment[] => {
  const reactions = type === 'chat' ? parseReactions(stanza) : null;
  return reactions ? [amendment(who, 'react', reactions.id, JSON.stringify(reactions.emojis), common)] : [];
};

/** T11: receipts (XEP-0184) and displayed markers (XEP-0333). */
const deliveryAmendments = (stanza: Element, who: Author, common: Common): readonly Amendment[] => {
  const scope = receiptScope(who);
  const of = (kind: 'received' | 'read', target: string | null): readonly Amendment[] =>
    scope && target !== null ? [amendment(scope, kind, target, null, common)] : [];
  return [...of('received', parseReceipt(stanza)), ...of('read', parseDisplayed(stanza))];
};

/**
 * A call for attention is one between two (XEP-0224 §4): in a room, or from the server, it is a message like another. In a headline
 * it is one where nothing else is said: so Spark sends it, that nothing keeps it for later.
 */
const kindOf = (stanza: Element, { peer }: Author, type: MessageKind): MessageKind => {
  if (peer.includes('/') || !wantsAttention(stanza)) return type;
  const speaks = parseBody(stanza) !== null || parseSubject(stanza) !== null;
  return type === 'headline' && speaks ? type : 'buzz';
};

/** What a buzz without words is to whoever sees its text alone. */
const BUZZ = 'Buzz!';
/** A headline may consist of its subject alone; a file says its address. */
const bodyOf = (stanza: Element, kind: MessageKind, language?: string): string | null => {
  const body = parseBody(stanza, language);
  if (kind === 'buzz') return body ?? BUZZ;
  return body ?? fileAddress(stanza) ?? (kind !== 'chat' && parseSubject(stanza) !== null ? '' : null);
};

const receiptOf = (
  stanza: Element,
  { direction, from }: Author,
): { readonly to: string; readonly id: string } | null => {
  const id = readId(stanza);
  if (direction === 'out' || !from || id === null || !wantsReceipt(stanza)) return null;
  return { to: from.resource === null ? from.bare : `${from.bare}/${from.resource}`, id };
};
