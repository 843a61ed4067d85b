/** Message delivery receipts, XEP-0184. */
import { attr, child, xml, type Element } from '../element';

const RECEIPTS = 'urn:xmpp:receipts';

export const receiptRequest = (): Element => xml('request', { xmlns: RECEIPTS });

export const wantsReceipt = (message: Element): boolean => child(message, 'request', RECEIPTS) !== undefined;

/** A receipt for the message with this id; it has no body and asks for no receipt itself (§5.4). */
export const receipt = (to: string, id: string): Element =>
  xml('message', { to, type: 'chat' }, xml('received', { xmlns: RECEIPTS, id }));

/** The id of the message that arrived; null when this is no receipt. */
export const parseReceipt = (message: Element): string | null => {
  const received = child(message, 'received', RECEIPTS);
  return (received && attr(received, 'id')) ?? null;
};
