/** Occupant ids, XEP-0421: one for each person in a room, whatever the nick. */
import { child, type Element } from '../element';
import { readId } from './0359-stanza-ids';

export const OCCUPANT_ID = 'urn:xmpp:occupant-id:0';

/** §3: only where the room advertises them (§5), else anybody could have written it. */
export const parseOccupantId = (stanza: Element): string | null =>
  readId(child(stanza, 'occupant-id', OCCUPANT_ID));
