import { attr, type Element } from '../xmpp/element';
import { infoQuery, requestedNode } from '../xmpp/xep/0030-disco';
import { isVersionRequest, versionAnswer } from '../xmpp/xep/0092-version';
import { CAPS_NODE, ownInfo } from '../xmpp/xep/0115-capabilities';
import { isPing } from '../xmpp/xep/0199-ping';
import { isTimeRequest, timeAnswer } from '../xmpp/xep/0202-entity-time';
import { iqError, iqResult } from '../xmpp/xep/6120-stanza-error';
import { ownVer } from './capabilities';

/**
 * Answers what others may ask of a client (RFC 6120 §8.2.3: every request is answered). Someone who may not see our
 * presence learns nothing, not even that we are here: the same answer as for a function that does not exist. Who is in a room
 * with us learns that, and what our presence there says anyway.
 */
export const answerIq = (
  request: Element,
  own: {
    readonly bare: string;
    readonly domain: string;
    readonly version: string;
    /** Epoch milliseconds and minutes east of UTC; null where the user keeps that to himself. */
    readonly time: { readonly at: number; readonly offset: number } | null;
  },
  sharesPresence: (bare: string) => boolean,
  isWithUs: (bare: string) => boolean = () => false,
): Element => {
  const from = attr(request, 'from');
  const bare = from?.split('/', 1)[0];
  const trusted = bare === undefined || bare === own.bare || bare === own.domain || sharesPresence(bare);
  if ((trusted || isWithUs(bare)) && attr(request, 'type') === 'get') {
    if (isPing(request)) return iqResult(request);
    if (trusted && isVersionRequest(request)) return iqResult(request, versionAnswer(own.version));
    if (trusted && own.time && isTimeRequest(request))
      return iqResult(request, timeAnswer(own.time.at, own.time.offset));
    const node = requestedNode(request);
    if (node === '') return iqResult(request, infoQuery(ownInfo));
    // XEP-0115 §6.2: the node of our presence, and no other.
    if (node === `${CAPS_NODE}#${ownVer}`) return iqResult(request, infoQuery(ownInfo, node));
    if (node !== null) return iqError(request, 'item-not-found', 'cancel');
  }
  return iqError(request, 'service-unavailable', 'cancel');
};
