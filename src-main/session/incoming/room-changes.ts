import type { Amendment, RoomAuthor } from '../../store/store';
import type { Element } from '../../xmpp/element';
import { trustedModeration } from '../../xmpp/guards/moderation';
import { parseReplace } from '../../xmpp/xep/0308-correction';
import { parseDisplayed } from '../../xmpp/xep/0333-markers';
import { parseOriginId, readId } from '../../xmpp/xep/0359-stanza-ids';
import { isUnstyled } from '../../xmpp/xep/0393-styling';
import { parseRetract } from '../../xmpp/xep/0424-retraction';
import { parseModeration } from '../../xmpp/xep/0425-moderation';
import { parseReactions } from '../../xmpp/xep/0444-reactions';
import { parseReply } from '../../xmpp/xep/0461-replies';
import { parseBody } from '../../xmpp/xep/6121-message';
import type { RoomView } from './reading';
import { spoilerIn } from './spoiler-in';

/** What is known of who says it, and of its place. */
export type Said = Pick<Amendment, 'peer' | 'direction' | 'occupantId' | 'at' | 'stanzaId'> & {
  readonly nick: string | null;
  readonly author: RoomAuthor;
};

/** A room may give another `id` (XEP-0045 §7.4), never another origin-id; others' corrections are known by the `id`. */
const ownId = (stanza: Element, { direction }: Said): string | null =>
  direction === 'out' ? (parseOriginId(stanza) ?? readId(stanza)) : readId(stanza);

/** What is said in a room of a message that is there: all but corrections. Null: nothing. */
export const roomChange = (stanza: Element, said: Said): Amendment | null => {
  const { nick, author, ...rest } = said;
  const common = { ...rest, nick: nick ?? '', body: null, messageId: ownId(stanza, said) };
  const moderation = trustedModeration(stanza, nick);
  if (moderation) {
    const { id, by, reason } = moderation;
    return { ...common, kind: 'retract', target: id, reason, nick: by ?? '' };
  }
  if (nick === null) return null;
  // An occupant who says that he moderates takes nothing back (T5).
  const retracted = parseModeration(stanza) ? null : parseRetract(stanza);
  if (retracted !== null) return { ...common, kind: 'retract', target: retracted, author };
  // XEP-0444 §4.2: the id that the room gave. With words for old clients it is no message either.
  const reactions = parseReactions(stanza);
  return (
    reactions && {
      ...{ ...common, kind: 'react', target: reactions.id, body: JSON.stringify(reactions.emojis) },
      messageId: parseOriginId(stanza) ?? readId(stanza),
    }
  );
};

/** The correction that it says it is (XEP-0308); null: it says nothing of that. What it answers, the message itself has said. */
export const roomCorrection = (stanza: Element, said: Said, language?: string): Amendment | null => {
  const { nick, ...rest } = said;
  const body = parseBody(stanza, language);
  const replaced = parseReplace(stanza);
  if (nick === null || body === null || replaced === null) return null;
  return {
    ...{ ...rest, nick, kind: 'correct', target: replaced, body: parseReply(stanza, body).body },
    messageId: ownId(stanza, said),
    ...(isUnstyled(stanza) ? { unstyled: true } : {}),
    ...spoilerIn(stanza),
  };
};

/** T11: how far whoever says it has read in a group, by the room's own id (XEP-0333 §5.3). Null: nothing that counts. */
export const readUpTo = (
  stanza: Element,
  { group, stanzaIds }: Pick<RoomView, 'group' | 'stanzaIds'>,
  said: Said,
): Amendment | null => {
  const { nick, ...rest } = said;
  const target = group && stanzaIds ? parseDisplayed(stanza) : null;
  if (nick === null || target === null || said.author.passing) return null;
  return { ...rest, nick, kind: 'read', target, body: null, messageId: null };
};
