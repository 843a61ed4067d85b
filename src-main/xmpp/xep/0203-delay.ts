/** Delayed delivery, XEP-0203. */
import { attr, child, type Element } from '../element';

const DELAY = 'urn:xmpp:delay';

/** Who stamped the stanza and when (epoch milliseconds); null without a readable stamp. */
export const parseDelay = (stanza: Element): { readonly from: string | null; readonly at: number } | null => {
  const delay = child(stanza, 'delay', DELAY);
  const at = delay && Date.parse(attr(delay, 'stamp') ?? '');
  return at === undefined || Number.isNaN(at) ? null : { from: (delay && attr(delay, 'from')) ?? null, at };
};
