/** Unique and stable stanza ids, XEP-0359. */
import { attr, child, xml, type Element } from '../element';

const SID = 'urn:xmpp:sid:0';

export const originId = (id: string): Element => xml('origin-id', { xmlns: SID, id });

export const parseOriginId = (message: Element): string | null => {
  const origin = child(message, 'origin-id', SID);
  return (origin && attr(origin, 'id')) ?? null;
};
