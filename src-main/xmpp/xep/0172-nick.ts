/** User nickname, XEP-0172. */
import { childText, xml, type Element } from '../element';

export const NICK = 'http://jabber.org/protocol/nick';

export const nick = (name: string): Element => xml('nick', { xmlns: NICK }, name);

export const parseNick = (stanza: Element): string | null => childText(stanza, 'nick', NICK)?.trim() || null;
