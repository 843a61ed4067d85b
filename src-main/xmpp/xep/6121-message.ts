/** One-to-one messages, RFC 6121 §5. */
import { attr, childText, CLIENT, xml, type Element } from '../element';
import { chatState, type ChatState } from './0085-chat-states';
import { receiptRequest } from './0184-receipts';
import { originId } from './0359-stanza-ids';

/** A chat message with its one identity: `id` and origin-id are the same. Asks for a receipt, says `active`. */
export const chatMessage = (to: string, id: string, body: string): Element =>
  xml(
    'message',
    { to, id, type: 'chat' },
    xml('body', {}, body),
    originId(id),
    receiptRequest(),
    chatState('active'),
  );

/** A chat state alone; XEP-0334 hints keep it out of archives and offline storage. */
export const chatStateMessage = (to: string, state: ChatState): Element =>
  xml('message', { to, type: 'chat' }, chatState(state), xml('no-store', { xmlns: 'urn:xmpp:hints' }));

/** The body, or null. XHTML-IM is never read (T13). */
export const parseBody = (message: Element): string | null => childText(message, 'body', CLIENT) || null;

/** RFC 6121 §5.2.2; an unknown type counts as `normal`. */
export const messageType = (message: Element): 'chat' | 'error' | 'groupchat' | 'headline' | 'normal' => {
  const type = attr(message, 'type');
  return type === 'chat' || type === 'error' || type === 'groupchat' || type === 'headline' ? type : 'normal';
};
