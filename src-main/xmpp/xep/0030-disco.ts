/** Service discovery, XEP-0030: what we answer. */
import { attr, child, xml, type Element } from '../element';

const INFO = 'http://jabber.org/protocol/disco#info';

/** Everything that Flint can do so far. */
const features = [
  INFO,
  'http://jabber.org/protocol/chatstates',
  'jabber:iq:version',
  'urn:xmpp:ping',
  'urn:xmpp:receipts',
];

/** The answer to a disco#info request without node; null for anything else. */
export const discoAnswer = (request: Element): Element | null => {
  const query = child(request, 'query', INFO);
  if (!query || attr(query, 'node') !== undefined) return null;
  return xml(
    'query',
    { xmlns: INFO },
    xml('identity', { category: 'client', type: 'pc', name: 'Flint' }),
    ...features.map((feature) => xml('feature', { var: feature })),
  );
};
