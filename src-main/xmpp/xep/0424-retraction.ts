/** Message retraction, XEP-0424. */
import { child, type Element } from '../element';
import { readId } from './0359-stanza-ids';

const RETRACT = 'urn:xmpp:message-retract:1';
/** Before version 0.4: `<apply-to/>` of XEP-0422 round an empty `<retract/>`. */
const OLD_RETRACT = 'urn:xmpp:message-retract:0';
const FASTENING = 'urn:xmpp:fasten:0';

/** The id of the message that is taken back; null when it is no retraction. Its body is for others (XEP-0428). */
export const parseRetract = (message: Element): string | null => {
  const retract = child(message, 'retract', RETRACT);
  if (retract) return readId(retract);
  const fastening = child(message, 'apply-to', FASTENING);
  return fastening && child(fastening, 'retract', OLD_RETRACT) ? readId(fastening) : null;
};
