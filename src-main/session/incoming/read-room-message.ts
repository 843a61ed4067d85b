import { attr, type Element } from '../../xmpp/element';
import { sensibleTime } from '../../xmpp/guards/delay';
import { roomAuthor } from '../../xmpp/guards/room-author';
import { trustedSender } from '../../xmpp/guards/room-sender';
import { trustedStanzaId } from '../../xmpp/guards/stanza-id';
import { parseJid } from '../../../src-shared/model/jid';
import { mentions } from '../../../src-shared/model/mentions';
import { parseRoomSubject } from '../../xmpp/xep/0045-muc';
import { parseDelay } from '../../xmpp/xep/0203-delay';
import { parseOriginId, readId } from '../../xmpp/xep/0359-stanza-ids';
import { parseMentions } from '../../xmpp/xep/0372-references';
import { isUnstyled } from '../../xmpp/xep/0393-styling';
import { parseOccupantId } from '../../xmpp/xep/0421-occupant-ids';
import { parseReply } from '../../xmpp/xep/0461-replies';
import { parseBody, parseSubject } from '../../xmpp/xep/6121-message';
import { fileAddress, fileIn } from './file-in';
import { spoilerIn } from './spoiler-in';
import { readUpTo, roomChange, roomCorrection } from './room-changes';
import type { Own, Reading, RoomView, Way } from './reading';

const nothing: Reading = { is: 'nothing' };

/**
 * What somebody said in a room (XEP-0045 §7.4), or that its subject is another one (§8.1). Pure; whoever calls has seen to it
 * that we are in the room (T10), or that it is an answer of the room's archive (T3).
 */
export const readRoomMessage = (
  stanza: Element,
  room: RoomView,
  own: Pick<Own, 'bare' | 'language'>,
  way: Exclude<Way, { by: 'carbon' }>,
): Reading => {
  const from = parseJid(attr(stanza, 'from') ?? '');
  if (from?.bare !== room.jid) return nothing;
  const { resource: nick } = from;
  const delay = parseDelay(stanza);
  // T12: the room's own stamp; before its history has ended, whatever it passes on.
  const byRoom = delay !== null && (delay.from === null || parseJid(delay.from)?.bare === room.jid);
  const history = way.by === 'stream' && delay !== null && (byRoom || !room.ready);
  const subject = parseRoomSubject(stanza);
  if (subject !== null)
    return way.by === 'archive' ? nothing : { is: 'room-subject', room: room.jid, nick: nick ?? '', subject };
  const said = parseBody(stanza, own.language) ?? fileAddress(stanza);
  const occupantId = room.occupantIds ? parseOccupantId(stanza) : null;
  const live = way.by === 'stream' && !history;
  const sender = trustedSender(stanza, room, way.by);
  const isOwn = nick !== null && isOurs(room, own, { nick, occupantId, sender, live });
  const at =
    way.by === 'archive'
      ? sensibleTime(way.place.at, room.now)
      : sensibleTime(history ? delay.at : room.now, room.now);
  const stanzaId =
    way.by === 'archive'
      ? way.place.id
      : trustedStanzaId(stanza, { bare: room.jid, advertised: room.stanzaIds });
  const there = live && nick !== null ? room.occupant(nick) : null;
  const author = roomAuthor({
    ...{ own: isOwn, occupantId, stay: there?.stay ?? null },
    jid: sender ?? there?.jid ?? null,
  });
  const common = { peer: room.jid, direction: isOwn ? 'out' : 'in', occupantId, at, stanzaId } as const;
  const change = roomChange(stanza, { ...common, nick, author });
  if (change) return { is: 'amendments', amendments: [change] };
  if (said === null) {
    const read = isOwn ? null : readUpTo(stanza, room, { ...common, nick, author });
    return read ? { is: 'amendments', amendments: [read] } : nothing;
  }
  const { body, reply } = nick === null ? { body: said } : parseReply(stanza, said);
  const mention = nick !== null && !isOwn && (mentions(body, room.nick) || refersTo(stanza, room, own));
  const corrects = roomCorrection(stanza, { ...common, nick, author }, own.language);
  const correction = corrects && mention ? { ...corrects, mention } : corrects;
  // Whose it is can be told at any time: it may wait for its message. Else it counts at once, or is one of its own.
  if (correction && !author.passing) return { is: 'amendments', amendments: [correction] };
  return {
    is: 'message',
    amendments: [],
    receipt: null,
    message: {
      ...common,
      nick: nick ?? '',
      // What the room says itself is a notice.
      kind: nick === null ? 'headline' : 'chat',
      mention,
      subject: parseSubject(stanza),
      body,
      messageId: readId(stanza),
      originId: parseOriginId(stanza),
      source: way.by === 'archive' ? 'archive' : history ? 'offline' : 'live',
      markable: false,
      ...(isUnstyled(stanza) ? { unstyled: true } : {}),
      ...fileIn(stanza, body),
      ...(reply ? { reply } : {}),
      ...spoilerIn(stanza),
      ...(isOwn || occupantId !== null || author.key === '' ? {} : { author: author.key }),
      ...(correction ? { corrects: correction } : {}),
    },
  };
};

/** XEP-0372: it says that it is about us, by our address in the room or our own. */
const refersTo = (stanza: Element, room: RoomView, own: Pick<Own, 'bare'>): boolean =>
  parseMentions(stanza).some((jid) => jid === `${room.jid}/${room.nick}` || jid === own.bare);

/**
 * While we are in the room, our nick is ours alone (XEP-0045 §7.2.8). Of what was said before only the room's word counts (T10):
 * its id for the person, or the real address. Somebody else may have had the nick then.
 */
const isOurs = (
  room: RoomView,
  own: Pick<Own, 'bare'>,
  said: {
    readonly nick: string;
    readonly occupantId: string | null;
    readonly sender: string | null;
    readonly live: boolean;
  },
): boolean => {
  if (said.live) return said.nick === room.nick;
  if (said.occupantId !== null && room.ownOccupantId !== null) return said.occupantId === room.ownOccupantId;
  return said.sender === own.bare;
};
