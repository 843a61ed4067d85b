/** Last message correction, XEP-0308. */
import { child, xml, type Element } from '../element';
import { chatState } from './0085-chat-states';
import { delayed } from './0203-delay';
import { markable } from './0333-markers';
import { storeHint } from './0334-hints';
import { originId, readId } from './0359-stanza-ids';

const CORRECT = 'urn:xmpp:message-correct:0';

/** The id of the message that this one replaces; null when it is no correction. */
export const parseReplace = (message: Element): string | null => readId(child(message, 'replace', CORRECT));

/**
 * The text that a message ought to have had, `id` being the correction's own and `target` the first one's (§4). A client that
 * does not know of it shows a message with that text. The receipt is that of the message itself: none is asked for, and of
 * everybody in a room neither.
 *
 * @param resent when it went before, whose it is and when it was written (XEP-0203)
 * @param more what belongs to the text: which message it answers, say
 */
export const correction = (
  to: string,
  id: string,
  target: string,
  body: string,
  resent: { readonly from: string; readonly at: number } | null = null,
  more: readonly Element[] = [],
  type: 'chat' | 'groupchat' = 'chat',
): Element =>
  xml(
    'message',
    { to, id, type },
    xml('body', {}, body),
    xml('replace', { xmlns: CORRECT, id: target }),
    ...more,
    originId(id),
    ...(type === 'chat' ? [markable(), chatState('active')] : []),
    storeHint(),
    resent && delayed(resent.from, resent.at),
  );
