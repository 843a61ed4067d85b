/** Message retraction, XEP-0424. */
import { child, xml, type Element } from '../element';
import { delayed } from './0203-delay';
import { storeHint } from './0334-hints';
import { originId, readId } from './0359-stanza-ids';
import { fallbackFor } from './0428-fallback';

export const RETRACT = 'urn:xmpp:message-retract:1';
/** Before version 0.4: `<apply-to/>` of XEP-0422 round an empty `<retract/>`. */
export const OLD_RETRACT = 'urn:xmpp:message-retract:0';
export const FASTENING = 'urn:xmpp:fasten:0';

/** The id of the message that is taken back; null when it is no retraction. Its body is for others (XEP-0428). */
export const parseRetract = (message: Element): string | null => {
  const retract = child(message, 'retract', RETRACT);
  if (retract) return readId(retract);
  const fastening = child(message, 'apply-to', FASTENING);
  return fastening && child(fastening, 'retract', OLD_RETRACT) ? readId(fastening) : null;
};

/**
 * Takes back the message that others know by the id `target` (§4); in a room that is the room's id for it.
 *
 * @param words what a client shows that does not know of it
 * @param resent when it went before, whose it is and when it was written (XEP-0203)
 */
export const retraction = (
  to: string,
  id: string,
  target: string,
  words: string,
  resent: { readonly from: string; readonly at: number } | null = null,
  type: 'chat' | 'groupchat' = 'chat',
): Element =>
  xml(
    'message',
    { to, id, type },
    xml('retract', { xmlns: RETRACT, id: target }),
    fallbackFor(RETRACT),
    xml('body', {}, words),
    originId(id),
    storeHint(),
    resent && delayed(resent.from, resent.at),
  );
