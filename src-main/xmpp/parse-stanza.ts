import { CLIENT, type Element } from './element';
import { parseXml } from './stream/strict-xml';

const stanzas: readonly string[] = ['message', 'presence', 'iq'];

/**
 * One stanza as typed (XML console), read by the same strict parser as a server's frames; null when it is anything else.
 * Without a namespace it is in `jabber:client`.
 */
export const parseStanza = (text: string): Element | null => {
  const parsed = parseXml(text.trim(), CLIENT);
  if (!parsed.ok) return null;
  const { element } = parsed;
  return stanzas.includes(element.getName()) && element.getNS() === CLIENT ? element : null;
};
