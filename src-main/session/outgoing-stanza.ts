import type { Translate } from '../../src-shared/i18n';
import type { OutboxRow } from '../store/store';
import type { Element } from '../xmpp/element';
import { privately, roomMessage } from '../xmpp/xep/0045-muc';
import { oob } from '../xmpp/xep/0066-oob';
import { attention } from '../xmpp/xep/0224-attention';
import { correction } from '../xmpp/xep/0308-correction';
import { markable } from '../xmpp/xep/0333-markers';
import { spoilerOf } from '../xmpp/xep/0382-spoilers';
import { retraction } from '../xmpp/xep/0424-retraction';
import { REACTIONS, reactionsTo } from '../xmpp/xep/0444-reactions';
import { fileSharing } from '../xmpp/xep/0447-file-sharing';
import { quotedWords, quoteOf, replyParts } from '../xmpp/xep/0461-replies';
import { chatMessage } from '../xmpp/xep/6121-message';
import { mentionsOf } from './mentions-out';
import type { OutboxParts } from './outbox-parts';
import type { Audience } from './room-gate';

/** It was handed to a stream before: by whom, and when it was written (XEP-0203). */
type Resent = { readonly from: string; readonly at: number } | null;

/** A file's message says in three ways where it is: in its body, as XEP-0066 and as XEP-0447. */
const fileOf = ({ file }: OutboxRow): readonly Element[] =>
  file ? [oob(file.url), ...fileSharing(file)] : [];

/** What belongs to a text: what it answers, and that it is not to be seen at once. */
const textOf = ({ body, reply, spoiler }: OutboxRow): ReturnType<typeof replyParts> => {
  const answer = replyParts(reply, body);
  return spoiler === undefined ? answer : { ...answer, more: [...answer.more, spoilerOf(spoiler)] };
};

/** @param lacks whether somebody who gets it is known to do without this */
const reactionOf = (
  { peer, originId, body, about }: OutboxRow,
  target: string,
  resent: Resent,
  lacks: (feature: string) => boolean,
  type: 'chat' | 'groupchat' = 'chat',
): Element => {
  const emojis = JSON.parse(body) as string[];
  const words = about !== undefined && emojis.length > 0 && lacks(REACTIONS) ? about : null;
  const readable = words === null ? null : quoteOf(quotedWords(words) || '…') + emojis.join(' ');
  return reactionsTo(peer, originId, target, emojis, { resent, readable, type });
};

/** To one person; `lacks` of all that he has there. */
export const stanzaOf = (
  row: OutboxRow,
  resent: Resent,
  t: Translate,
  lacks: (feature: string) => boolean,
): Element => {
  const { peer, originId, amends } = row;
  const answer = textOf(row);
  switch (amends?.kind) {
    case 'correct':
      return correction(peer, originId, amends.target, answer.body, resent, answer.more);
    case 'retract':
      return retraction(peer, originId, amends.target, t('conversation.retract-fallback'), resent);
    case 'react':
      return reactionOf(row, amends.target, resent, lacks);
    default:
      return chatMessage(
        ...([peer, originId, answer.body, resent] as const),
        row.buzz ? [attention()] : [...answer.more, ...fileOf(row)],
      );
  }
};

/** To everybody in a room. */
export const roomStanzaOf = (row: OutboxRow, { nicks, kind, lacks }: Audience, t: Translate): Element => {
  const { peer, originId, body, amends } = row;
  const answer = textOf(row);
  const more = [...answer.more, ...mentionsOf(peer, nicks, body, answer.quote)];
  switch (amends?.kind) {
    case 'correct':
      return correction(peer, originId, amends.target, answer.body, null, more, 'groupchat');
    case 'retract':
      return retraction(peer, originId, amends.target, t('conversation.retract-fallback'), null, 'groupchat');
    case 'react':
      return reactionOf(row, amends.target, null, lacks, 'groupchat');
    default:
      return roomMessage(peer, originId, answer.body, [
        ...more,
        ...fileOf(row),
        ...(kind === 'group' ? [markable()] : []),
      ]);
  }
};

const nobody = { nicks: new Set<string>(), kind: 'channel' } as const;
/** To one of those in a room, by his address there. */
export const privateStanzaOf = (row: OutboxRow, lacks: Audience['lacks'], t: Translate): Element =>
  privately(roomStanzaOf(row, { ...nobody, lacks }, t));

/**
 * As it goes out: to a person, to a room, or to one of those in a room.
 *
 * @param room the room that the conversation is, or is in
 */
export const outgoingStanza = (
  row: OutboxRow,
  room: string | null,
  resent: Resent,
  { lacks, rooms }: Pick<OutboxParts, 'lacks' | 'rooms'>,
  t: Translate,
): Element => {
  if (room === null) return stanzaOf(row, resent, t, (feature) => lacks(row.peer, feature));
  if (room === row.peer) return roomStanzaOf(row, rooms.audience(room), t);
  return privateStanzaOf(row, (feature) => rooms.lacksIn(row.peer, feature), t);
};
