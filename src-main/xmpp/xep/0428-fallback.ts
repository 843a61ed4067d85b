/** Fallback indication, XEP-0428. */
import { xml, type Element } from '../element';

const FALLBACK = 'urn:xmpp:fallback:0';

/** The body is there for clients that do not know this extension. */
export const fallbackFor = (namespace: string): Element =>
  xml('fallback', { xmlns: FALLBACK, for: namespace });
