/** Attention, XEP-0224: the other side is called, as by a hand on the shoulder. */
import { child, xml, type Element } from '../element';

export const ATTENTION = 'urn:xmpp:attention:0';
/** Spark's own, from before there was a XEP; it sends both up to 2.9. */
const SPARK = 'http://www.jivesoftware.com/spark';

export const attention = (): Element => xml('attention', { xmlns: ATTENTION });

/** Whether a message calls for attention (§3). Spark's has no body; its type is none, later `headline`. */
export const wantsAttention = (message: Element): boolean =>
  child(message, 'attention', ATTENTION) !== undefined || child(message, 'buzz', SPARK) !== undefined;
