/** Message displayed synchronization, XEP-0490: how far each conversation was read, for one's own devices alone. */
import { attr, child, xml, type Element } from '../element';
import type { PubsubItem } from './0060-pubsub';

export const READ_PLACES = 'urn:xmpp:mds:displayed:0';
const SID = 'urn:xmpp:sid:0';

export interface ReadPlace {
  /** The conversation, as the item's id gives it. */
  readonly chat: string;
  /** Id in the archive of `by`. */
  readonly stanzaId: string;
  readonly by: string;
}

/** §3.1: the payload of the item whose id is the conversation's JID. */
export const readPlace = (by: string, stanzaId: string): Element =>
  xml('displayed', { xmlns: READ_PLACES }, xml('stanza-id', { xmlns: SID, by, id: stanzaId }));

export const parseReadPlace = (item: PubsubItem): ReadPlace | null => {
  if (!item.payload?.is('displayed', READ_PLACES)) return null;
  const place = child(item.payload, 'stanza-id', SID);
  const stanzaId = place && attr(place, 'id');
  const by = place && attr(place, 'by');
  return stanzaId && by ? { chat: item.id, stanzaId, by } : null;
};
