/** Unique and stable stanza ids, XEP-0359. */
import { attr, child, children, xml, type Element } from '../element';

/** What a server advertises that puts its ids on messages, and takes away forged ones (§4, T9). */
export const SID = 'urn:xmpp:sid:0';

/** RFC 7622 has no bound for ids; longer ones are nobody's. */
const MAX_ID = 1_023;

/** An id of a sender or a server; null when it is missing, empty or absurdly long. */
export const readId = (element: Element | undefined, name = 'id'): string | null => {
  const id = (element && attr(element, name)) ?? '';
  return id !== '' && id.length <= MAX_ID ? id : null;
};

export const originId = (id: string): Element => xml('origin-id', { xmlns: SID, id });

export const parseOriginId = (message: Element): string | null => readId(child(message, 'origin-id', SID));

/** Every `<stanza-id/>`, with who put it there. */
export const parseStanzaIds = (
  message: Element,
): readonly { readonly id: string | null; readonly by: string | undefined }[] =>
  children(message, 'stanza-id', SID).map((element) => ({ id: readId(element), by: attr(element, 'by') }));
