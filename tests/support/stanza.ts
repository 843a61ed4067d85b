import type { Element } from '../../src-main/xmpp/element';
import { parseXml } from '../../src-main/xmpp/stream/strict-xml';

/** A stanza as a server would send it, read by the app's own parser. */
export const stanza = (text: string): Element => {
  const parsed = parseXml(text.replace(/^<(\w+)/, "<$1 xmlns='jabber:client'"));
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${text}`);
  return parsed.element;
};
