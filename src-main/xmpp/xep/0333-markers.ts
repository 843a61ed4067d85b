/** Displayed markers, XEP-0333. */
import { attr, child, xml, type Element } from '../element';
import { storeHint } from './0334-hints';

export const MARKERS = 'urn:xmpp:chat-markers:0';

export const markable = (): Element => xml('markable', { xmlns: MARKERS });

/** The sender wants to know when it was shown (§5.1). */
export const isMarkable = (message: Element): boolean => child(message, 'markable', MARKERS) !== undefined;

/**
 * Everything up to the message with this id was shown: the sender's own id; in a room the room's (§5.3). To the bare JID, kept
 * in archives (XEP-0334).
 */
export const displayed = (to: string, id: string, type: 'chat' | 'groupchat' = 'chat'): Element =>
  xml('message', { to, type }, xml('displayed', { xmlns: MARKERS, id }), storeHint());

/** The id of the message up to which everything was shown; null when this is no such marker. */
export const parseDisplayed = (message: Element): string | null => {
  const marker = child(message, 'displayed', MARKERS);
  return (marker && attr(marker, 'id')) || null;
};
