/** XMPP ping, XEP-0199. */
import { child, xml, type Element } from '../element';

const PING = 'urn:xmpp:ping';

export const ping = (): Element => xml('ping', { xmlns: PING });

export const isPing = (iq: Element): boolean => child(iq, 'ping', PING) !== undefined;
