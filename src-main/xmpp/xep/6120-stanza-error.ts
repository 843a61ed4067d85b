/** Stanza errors, RFC 6120 §8.3. */
import { attr, child, childText, CLIENT, xml, type Element } from '../element';
import type { StanzaError } from '../link';

const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

/** Reads the error of a stanza with type='error'; an unreadable one is `undefined-condition`. */
export const parseError = (stanza: Element): StanzaError => {
  const error = child(stanza, 'error', CLIENT);
  const condition = error?.getChildElements().find((c) => c.getNS() === STANZAS && c.getName() !== 'text');
  return {
    condition: condition?.getName() ?? 'undefined-condition',
    type: (error && attr(error, 'type')) ?? null,
    text: error ? childText(error, 'text', STANZAS) : null,
  };
};

/** An error answer to an IQ request. */
export const iqError = (request: Element, condition: string, type: string): Element =>
  xml(
    'iq',
    { type: 'error', id: attr(request, 'id'), to: attr(request, 'from') },
    xml('error', { type }, xml(condition, { xmlns: STANZAS })),
  );

/** A result answer to an IQ request, empty or with a payload. */
export const iqResult = (request: Element, payload?: Element): Element =>
  xml('iq', { type: 'result', id: attr(request, 'id'), to: attr(request, 'from') }, payload);
