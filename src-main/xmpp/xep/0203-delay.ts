/** Delayed delivery, XEP-0203. */
import { attr, child, type Element } from '../element';

const DELAY = 'urn:xmpp:delay';

/**
 * Who stamped the stanza and when (epoch milliseconds); null without a readable stamp. One without fractions names a whole
 * second: its end is taken, for its start would put the message before those that came earlier in the same second.
 */
export const parseDelay = (stanza: Element): { readonly from: string | null; readonly at: number } | null => {
  const delay = child(stanza, 'delay', DELAY);
  const stamp = (delay && attr(delay, 'stamp')) ?? '';
  const at = Date.parse(stamp);
  if (!delay || Number.isNaN(at)) return null;
  return { from: attr(delay, 'from') ?? null, at: stamp.includes('.') ? at : at + 999 };
};
