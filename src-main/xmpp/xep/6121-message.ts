/** One-to-one messages, RFC 6121 §5. */
import { attr, childText, children, CLIENT, xml, type Element } from '../element';
import { chatState, type ChatState } from './0085-chat-states';
import { receiptRequest } from './0184-receipts';
import { delayed } from './0203-delay';
import { markable } from './0333-markers';
import { noStoreHint, storeHint } from './0334-hints';
import { originId } from './0359-stanza-ids';

/**
 * A chat message with its one identity: `id` and origin-id are the same. Asks for a receipt and for markers, says `active`,
 * and wants to be kept by archives (XEP-0334 §4.4).
 *
 * @param resent when it went before, whose it is and when it was written (XEP-0203)
 * @param more what belongs to the text: the file that it is about, say
 */
export const chatMessage = (
  to: string,
  id: string,
  body: string,
  resent: { readonly from: string; readonly at: number } | null = null,
  more: readonly Element[] = [],
): Element =>
  xml(
    'message',
    { to, id, type: 'chat' },
    xml('body', {}, body),
    ...more,
    originId(id),
    receiptRequest(),
    markable(),
    chatState('active'),
    storeHint(),
    resent && delayed(resent.from, resent.at),
  );

/** A chat state alone; XEP-0334 hints keep it out of archives and offline storage. */
export const chatStateMessage = (to: string, state: ChatState): Element =>
  xml('message', { to, type: 'chat' }, chatState(state), noStoreHint());

/** Letters of a language tag that tell languages apart, their variants left aside. */
const mainTag = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';

/**
 * The body, or null; of several (RFC 6121 §5.2.3) the one in the user's language, else the one that names none, else the first.
 * XHTML-IM is never read (T13).
 */
export const parseBody = (message: Element, language = ''): string | null => {
  const bodies = children(message, 'body', CLIENT).filter((one) => one.getText() !== '');
  const langOf = (body: Element): string => (attr(body, 'xml:lang') ?? '').toLowerCase();
  const body =
    bodies.find((one) => langOf(one) === language.toLowerCase()) ??
    bodies.find((one) => mainTag(langOf(one)) === mainTag(language)) ??
    bodies.find((one) => langOf(one) === '') ??
    bodies[0];
  return body?.getText() ?? null;
};

/** RFC 6121 §5.2.4. */
export const parseSubject = (message: Element): string | null =>
  childText(message, 'subject', CLIENT) || null;

/** RFC 6121 §5.2.2; an unknown type counts as `normal`. */
export const messageType = (message: Element): 'chat' | 'error' | 'groupchat' | 'headline' | 'normal' => {
  const type = attr(message, 'type');
  return type === 'chat' || type === 'error' || type === 'groupchat' || type === 'headline' ? type : 'normal';
};
