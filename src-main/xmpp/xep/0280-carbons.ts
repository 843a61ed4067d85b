/** Message carbons, XEP-0280: what our other devices receive and send. */
import { child, xml, type Element } from '../element';
import { parseForwarded, type Forwarded } from './0297-forwarding';

export const CARBONS = 'urn:xmpp:carbons:2';

export const enableCarbons = (): Element => xml('enable', { xmlns: CARBONS });

/** A copy of a message that another device of ours received, or sent. */
export interface Carbon extends Forwarded {
  readonly direction: 'received' | 'sent';
}

/** Whether the stanza claims to be a copy (§7, §8); who may claim that is isOwnCarbon's to say (T1). */
export const isCarbon = (message: Element): boolean =>
  child(message, 'received', CARBONS) !== undefined || child(message, 'sent', CARBONS) !== undefined;

/** The copy in it; null when there is not exactly one. */
export const parseCarbon = (message: Element): Carbon | null => {
  const received = child(message, 'received', CARBONS);
  const sent = child(message, 'sent', CARBONS);
  const wrapper = received ?? sent;
  const forwarded = wrapper && parseForwarded(wrapper);
  if (!forwarded || (received && sent)) return null;
  return { direction: received ? 'received' : 'sent', ...forwarded };
};
