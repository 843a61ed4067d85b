import type { IqOutcome, Link } from '../xmpp/link';
import { configure, create, publish } from '../xmpp/xep/0060-pubsub';
import { closed, privateNode, type NodeOptions } from '../xmpp/xep/0163-pep';
import { readPlace, READ_PLACES, type ReadPlace } from '../xmpp/xep/0490-read-places';

/** `refused`: the server does not want it; `lost`: nobody knows. */
export type Published = 'published' | 'refused' | 'lost';

/** Every conversation is an item. */
const EVERYTHING = privateNode('max');
const MANY = privateNode('1000');

const conditionOf = (answer: IqOutcome): string | null => (answer.ok ? null : answer.error.condition);
const isLost = (answer: IqOutcome): boolean => ['timeout', 'lost'].includes(conditionOf(answer) ?? '');

/**
 * Publishes how far conversations were read, for own devices alone (XEP-0490 §3.1). T8: who may read goes with every item, so
 * that a node that is open to others is never written to.
 *
 *   with all options ──taken──▶ done
 *     ├─ conflict: the node is another one ──▶ configured, with all options again
 *     └─ refused: an option is not known ──▶ the node is made first, then with the one that matters, from now on
 */
export const createReadPlacePublisher = (): ((link: Link, place: ReadPlace) => Promise<Published>) => {
  /** What this stream's server takes beside an item, once that is known. */
  let taken: { readonly link: Link; readonly options: NodeOptions } | null = null;

  return async (link, place) => {
    const attempt = (options: NodeOptions) =>
      link.iq('set', publish(READ_PLACES, place.chat, readPlace(place.by, place.stanzaId), options));
    const known = taken?.link === link ? taken.options : EVERYTHING;
    let answer = await attempt(known);
    if (conditionOf(answer) === 'conflict') {
      const changed = await link.iq('set', configure(READ_PLACES, known === EVERYTHING ? known : MANY));
      if (changed.ok) answer = await attempt(known);
    }
    if (!answer.ok && !isLost(answer) && known === EVERYTHING) {
      const made = await link.iq('set', create(READ_PLACES, MANY));
      if (conditionOf(made) === 'conflict') await link.iq('set', configure(READ_PLACES, MANY));
      answer = await attempt(closed);
      if (answer.ok) taken = { link, options: closed };
    }
    if (answer.ok) return 'published';
    return isLost(answer) ? 'lost' : 'refused';
  };
};
