import { EventEmitter } from '@xmpp/events';
import { ns } from './namespaces';
import type { ParsedElement } from './parsed-element';
import { parseXml, type MalformedReason } from './strict-xml';

/** Why the stream is closed: what the server sent is not XMPP. */
export class MalformedFrame extends Error {
  constructor(readonly reason: MalformedReason) {
    super(reason);
  }
}

/**
 * Takes the place of @xmpp/websocket's FramedParser, with its events: `start` (`<open/>`), `end` (`<close/>`), `element`,
 * `error`. Never throws; after an error it is deaf.
 */
export class StrictParser extends EventEmitter {
  #deaf = false;

  write(frame: string): void {
    if (this.#deaf) return;
    // Openfire leaves the namespace out before the sign-in (4.2: the answer to XEP-0077); on TCP it is the stream's default.
    const parsed = parseXml(frame, ns.client);
    const reason = parsed.ok ? misplaced(parsed.element) : parsed.reason;
    if (!parsed.ok || reason) {
      this.#deaf = true;
      this.emit('error', new MalformedFrame(reason ?? 'not-well-formed'));
      return;
    }
    const { element } = parsed;
    const event = element.getNS() !== ns.framing ? 'element' : element.name === 'open' ? 'start' : 'end';
    this.emit('frame', element, frame);
    this.emit(event, element);
  }
}

const stanzas = new Set(['iq', 'message', 'presence']);

/** A top-level element in a namespace where it means nothing (RFC 6120 §4.8, RFC 7395 §3.3.2). */
const misplaced = (element: ParsedElement): MalformedReason | null => {
  const namespace = element.getNS();
  const right =
    namespace === ns.framing
      ? element.name === 'open' || element.name === 'close'
      : namespace === ns.client
        ? stanzas.has(element.name)
        : namespace === ns.stream
          ? element.name === 'features' || element.name === 'error'
          : namespace !== '' && !stanzas.has(element.name);
  return right ? null : 'wrong-namespace';
};
