/** Displayed markers, XEP-0333. */
import { attr, child, xml, type Element } from '../element';
import { storeHint } from './0334-hints';

export const MARKERS = 'urn:xmpp:chat-markers:0';

export const markable = (): Element => xml('markable', { xmlns: MARKERS });

/** The sender wants to know when it was shown (§4.1). */
export const isMarkable = (message: Element): boolean => child(message, 'markable', MARKERS) !== undefined;

/** Everything up to the message with this id of the sender's was shown; to the bare JID, kept in archives (XEP-0334). */
export const displayed = (to: string, id: string): Element =>
  xml('message', { to, type: 'chat' }, xml('displayed', { xmlns: MARKERS, id }), storeHint());

/** The id of the message up to which everything was shown; null when this is no such marker. */
export const parseDisplayed = (message: Element): string | null => {
  const marker = child(message, 'displayed', MARKERS);
  return (marker && attr(marker, 'id')) || null;
};
