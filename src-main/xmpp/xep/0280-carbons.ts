/** Message carbons, XEP-0280: what our other devices receive and send. */
import { child, CLIENT, xml, type Element } from '../element';
import { parseStamp, type Delay } from './0203-delay';

export const CARBONS = 'urn:xmpp:carbons:2';
const FORWARD = 'urn:xmpp:forward:0';

export const enableCarbons = (): Element => xml('enable', { xmlns: CARBONS });

/** A copy of a message that another device of ours received, or sent. */
export interface Carbon {
  readonly direction: 'received' | 'sent';
  readonly message: Element;
  /** The server's stamp (XEP-0297 §3). */
  readonly delay: Delay | null;
}

/** Whether the stanza claims to be a copy (§7, §8); who may claim that is isOwnCarbon's to say (T1). */
export const isCarbon = (message: Element): boolean =>
  child(message, 'received', CARBONS) !== undefined || child(message, 'sent', CARBONS) !== undefined;

/** The copy in it; null when it is not exactly one message. */
export const parseCarbon = (message: Element): Carbon | null => {
  const received = child(message, 'received', CARBONS);
  const sent = child(message, 'sent', CARBONS);
  const wrapper = received ?? sent;
  const forwarded = wrapper && child(wrapper, 'forwarded', FORWARD);
  const copy = forwarded && child(forwarded, 'message', CLIENT);
  if (!copy || (received && sent)) return null;
  return { direction: received ? 'received' : 'sent', message: copy, delay: parseStamp(forwarded) };
};
