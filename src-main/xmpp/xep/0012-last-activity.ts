/** Last activity, XEP-0012. */
import { attr, child, xml, type Element } from '../element';

const LAST = 'jabber:iq:last';

/** §4: of a bare address, how long ago its last client went offline. */
export const lastGet = (): Element => xml('query', { xmlns: LAST });

/** Seconds; null when the answer does not say. */
export const parseLast = (iq: Element): number | null => {
  const query = child(iq, 'query', LAST);
  const seconds = (query && attr(query, 'seconds')) ?? '';
  return /^\d{1,10}$/.test(seconds) ? Number(seconds) : null;
};
