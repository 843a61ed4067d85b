/** What there is at a server: service discovery items, XEP-0030 §4. */
import { attr, child, children, xml, type Element } from '../element';

const ITEMS = 'http://jabber.org/protocol/disco#items';

export const serviceItemsGet = (): Element => xml('query', { xmlns: ITEMS });

/** Addresses of an answer. */
export const parseServiceItems = (iq: Element): readonly string[] => {
  const query = child(iq, 'query', ITEMS);
  return query ? children(query, 'item', ITEMS).flatMap((item) => attr(item, 'jid') ?? []) : [];
};
