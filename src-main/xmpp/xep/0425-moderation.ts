/** Message moderation in rooms, XEP-0425, as it is now and as it was before version 0.3. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, childText, xml, type Element } from '../element';
import { readId } from './0359-stanza-ids';
import { FASTENING, OLD_RETRACT, RETRACT } from './0424-retraction';

export const MODERATE = 'urn:xmpp:message-moderate:1';
export const OLD_MODERATE = 'urn:xmpp:message-moderate:0';

/** Which of the two a room takes. */
export type ModerationForm = 'now' | 'old';

/** A reason is a sentence or two. */
const MAX_REASON = 1_000;

/** What a room says of a message of somebody's that is taken back. */
export interface Moderation {
  /** The room's id of the message. */
  readonly id: string;
  /** The moderator's nick, where the room says it. */
  readonly by: string | null;
  readonly reason: string | null;
}

const nickIn = (moderated: Element): string | null => parseJid(attr(moderated, 'by') ?? '')?.resource ?? null;
const reasonIn = (element: Element, namespace: string): string | null =>
  childText(element, 'reason', namespace)?.trim().slice(0, MAX_REASON) || null;

const parseNow = (message: Element): Moderation | null => {
  const retract = child(message, 'retract', RETRACT);
  const moderated = retract && child(retract, 'moderated', MODERATE);
  const id = readId(retract);
  if (!retract || !moderated || id === null) return null;
  return { id, by: nickIn(moderated), reason: reasonIn(retract, RETRACT) };
};
const parseOld = (message: Element): Moderation | null => {
  const fastening = child(message, 'apply-to', FASTENING);
  const moderated = fastening && child(fastening, 'moderated', OLD_MODERATE);
  const id = readId(fastening);
  if (!moderated || id === null || !child(moderated, 'retract', OLD_RETRACT)) return null;
  return { id, by: nickIn(moderated), reason: reasonIn(moderated, OLD_MODERATE) };
};

/** What was taken back (§4); null: nothing. Whether it counts, the sender says (T5). A room may say it in both forms at once. */
export const parseModeration = (message: Element): Moderation | null => {
  const now = parseNow(message);
  const old = parseOld(message);
  if (!now || now.id !== old?.id) return now ?? old;
  return { id: now.id, by: now.by ?? old.by, reason: now.reason ?? old.reason };
};

/** Asks the room to take back the message that it knows by `id` (§4.1). */
export const moderate = (form: ModerationForm, id: string, reason: string | null): Element => {
  const why = reason === null ? null : xml('reason', {}, reason);
  return form === 'now'
    ? xml('moderate', { xmlns: MODERATE, id }, xml('retract', { xmlns: RETRACT }), why)
    : xml(
        'apply-to',
        { xmlns: FASTENING, id },
        xml('moderate', { xmlns: OLD_MODERATE }, xml('retract', { xmlns: OLD_RETRACT }), why),
      );
};
