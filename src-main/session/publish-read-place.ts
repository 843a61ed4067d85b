import type { Link } from '../xmpp/link';
import { configure, publish } from '../xmpp/xep/0060-pubsub';
import { privateNode } from '../xmpp/xep/0163-pep';
import { readPlace, READ_PLACES, type ReadPlace } from '../xmpp/xep/0490-read-places';

/** Where the word `max` is not understood. */
const SOME_ITEMS = '1000';

/**
 * Publishes how far a conversation was read, for own devices alone (XEP-0490 §3.1, T8): the options go with every item, so
 * that a node that is open to others is never written to. `refused`: the server does not want it; `lost`: nobody knows.
 */
export const publishReadPlace = async (
  link: Link,
  place: ReadPlace,
): Promise<'published' | 'refused' | 'lost'> => {
  const attempt = (maxItems: string) =>
    link.iq(
      'set',
      publish(READ_PLACES, place.chat, readPlace(place.by, place.stanzaId), privateNode(maxItems)),
    );
  let answer = await attempt('max');
  if (!answer.ok && answer.error.condition === 'conflict') {
    // The node is there and other than it should be (§7.1.5 of XEP-0060): it is closed first.
    const closed = await link.iq('set', configure(READ_PLACES, privateNode('max')));
    if (closed.ok) answer = await attempt('max');
  }
  if (!answer.ok && answer.error.condition !== 'timeout' && answer.error.condition !== 'lost')
    answer = await attempt(SOME_ITEMS);
  if (answer.ok) return 'published';
  return answer.error.condition === 'timeout' || answer.error.condition === 'lost' ? 'lost' : 'refused';
};
