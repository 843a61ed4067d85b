/** Stanza forwarding, XEP-0297: the envelope of carbons and of archive results. */
import { child, CLIENT, type Element } from '../element';
import { parseStamp, type Delay } from './0203-delay';

const FORWARD = 'urn:xmpp:forward:0';

export interface Forwarded {
  readonly message: Element;
  /** Of the envelope; a stamp inside the message is its sender's. */
  readonly delay: Delay | null;
}

/** The message inside `<forwarded/>`, which is a child of `parent`; null when there is none. */
export const parseForwarded = (parent: Element): Forwarded | null => {
  const forwarded = child(parent, 'forwarded', FORWARD);
  const message = forwarded && child(forwarded, 'message', CLIENT);
  return message ? { message, delay: parseStamp(forwarded) } : null;
};
