import type { Guard } from './guard';

/** The way to the server and what comes from it. */
export const streamGuards: readonly Guard[] = [
  {
    id: 'T6',
    file: 'src-main/xmpp/stream/iq-caller.ts',
    find: "pending?.from.has(normalise(stanza.attrs['from'] as string | undefined))",
    replace: 'pending',
    test: 'tests/unit/xmpp/iq-caller.test.ts',
  },
  {
    id: 'T6',
    file: 'src-main/xmpp/stream/iq-caller.ts',
    find: 'const id = this.options.random.id();',
    replace: 'const id = String(this.#pending.size);',
    test: 'tests/unit/xmpp/iq-caller.test.ts',
  },
  {
    id: 'T14',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: "for (const event of ['xmldecl', 'processinginstruction', 'doctype', 'comment'] as const) {",
    replace: 'for (const event of [] as const) {',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T14',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: "parser.on('error', refuse('not-well-formed'));",
    replace: "parser.on('error', () => undefined);",
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T14',
    file: 'src-main/xmpp/stream/strict-parser.ts',
    find: 'const reason = parsed.ok ? misplaced(parsed.element) : parsed.reason;',
    replace: 'const reason = parsed.ok ? null : parsed.reason;',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T14',
    file: 'src-main/xmpp/stream/strict-parser.ts',
    find: 'if (this.#deaf) return;',
    replace: '',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: 'this.#stack.length >= limits.depth ||',
    replace: '',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: 'this.#ofThisElement > limits.attributes ||',
    replace: '',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: '(parent && parent.children.length >= limits.children) ||',
    replace: '',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: 'this.#elements > limits.elements',
    replace: 'false',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-xml.ts',
    find: "if (text.length > limits.frameBytes) return { ok: false, reason: 'too-large' };",
    replace: '',
    test: 'tests/security/parser.test.ts',
  },
  {
    id: 'T25',
    file: 'src-main/xmpp/stream/redact.ts',
    find: 'holdsSecret(element) ? copy(element).toString() : (raw ?? element.toString())',
    replace: 'raw ?? element.toString()',
    test: 'tests/unit/xmpp/redact.test.ts',
  },
  {
    id: 'T26',
    file: 'src-main/xmpp/discovery/host-meta.ts',
    find: 'parse(answer.body).filter(isSecure)',
    replace: 'parse(answer.body)',
    test: 'tests/unit/xmpp/discovery.test.ts',
  },
  {
    id: 'T26',
    file: 'src-main/xmpp/stream/redirect.ts',
    find: '&& (better || same) &&',
    replace: '&&',
    test: 'tests/unit/xmpp/discovery.test.ts',
  },
  {
    id: 'T27',
    file: 'src-main/xmpp/stream/sasl/choose.ts',
    find: `return policy.encrypted
    ? { ok: true, mechanism: 'PLAIN' }
    : { ok: false, code: 'plain-refused', params: {} };`,
    replace: "return { ok: true, mechanism: 'PLAIN' };",
    test: 'tests/security/sasl.test.ts',
  },
  {
    id: 'T27',
    file: 'src-main/xmpp/stream/sasl/choose.ts',
    find: "if (policy.scramSeen) return { ok: false, code: 'scram-lost', params: {} };",
    replace: '',
    test: 'tests/security/sasl.test.ts',
  },
  {
    id: 'T28',
    file: 'src-main/xmpp/stream/sasl/scram.ts',
    find: 'if (!expected || claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) {',
    replace: 'if (false) {',
    test: 'tests/security/sasl.test.ts',
  },
  {
    id: 'T28',
    file: 'src-main/xmpp/stream/sasl/scram.ts',
    find: 'if (iterations < iterationFloor || iterations > iterationCeiling) {',
    replace: 'if (false) {',
    test: 'tests/unit/xmpp/scram.test.ts',
  },
  {
    id: 'T28',
    file: 'src-main/xmpp/stream/sasl/scram.ts',
    find: 'if (announced !== undefined && announced !== ssdpHash(this.#hash, this.options.offer)) {',
    replace: 'if (false) {',
    test: 'tests/unit/xmpp/scram.test.ts',
  },
  {
    id: 'T28',
    file: 'src-main/xmpp/stream/sasl/scram.ts',
    find: 'if (!nonce.startsWith(this.options.nonce) || nonce.length === this.options.nonce.length) {',
    replace: 'if (false) {',
    test: 'tests/unit/xmpp/scram.test.ts',
  },
  {
    id: 'T28',
    file: 'src-main/xmpp/stream/sasl/authenticate.ts',
    find: `const forged = client.verified ? null : client.verify(text);
      return forged`,
    replace: `const forged = null;
      return forged`,
    test: 'tests/security/sasl.test.ts',
  },
  {
    id: 'T29',
    file: 'src-main/xmpp/stream/certificate.ts',
    find: `const failure: Failure | null = pinned
    ? { code: 'tls-changed', step: 'tls', params: {} }
    : objection`,
    replace: `const failure: Failure | null = pinned
    ? null
    : objection`,
    test: 'tests/security/tls.test.ts',
  },
  {
    id: 'R17',
    file: 'src-main/xmpp/stream/connect-socket.ts',
    find: 'if (refusal) return this.#settle(refusal);',
    replace: '',
    test: 'tests/security/tls.test.ts',
  },
  {
    id: 'R4',
    file: 'src-main/xmpp/stream/acknowledgements.ts',
    find: 'if (!(fresh <= this.#waiting.length)) {',
    replace: 'if (false) {',
    test: 'tests/unit/xmpp/stream-management.test.ts',
  },
  {
    id: 'R4',
    file: 'src-main/xmpp/stream/acknowledgements.ts',
    find: 'const fresh = (h - this.#acked + wrap) % wrap;',
    replace: 'const fresh = h - this.#acked;',
    test: 'tests/unit/xmpp/stream-management.test.ts',
  },
  {
    id: 'R2',
    file: 'src-main/xmpp/stream/inbound-queue.ts',
    find: 'await this.#handler(next.stanza);',
    replace: 'void this.#handler(next.stanza);',
    test: 'tests/unit/xmpp/stream-management.test.ts',
  },
  {
    id: 'R2',
    file: 'src-main/xmpp/stream/inbound-queue.ts',
    find: 'this.onError(error);',
    replace: `next.mark.done = true;
        this.#count();`,
    test: 'tests/unit/xmpp/stream-management.test.ts',
  },
  {
    id: 'R5',
    file: 'src-main/xmpp/stream/live-link.ts',
    find: 'if (isStanza(stanza)) this.#acks.sent(onConfirmed);',
    replace: 'onConfirmed?.();',
    test: 'tests/protocol/link.test.ts',
  },
  {
    id: 'R6',
    file: 'src-main/xmpp/stream/heartbeat.ts',
    find: 'else this.onDead();',
    replace: '',
    test: 'tests/unit/xmpp/heartbeat.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/xmpp/stream/strict-parser.ts',
    find: 'if (this.#waiting.length === 0 && frame.length <= slice)',
    replace: 'if (this.#waiting.length === 0)',
    test: 'tests/security/parser.test.ts',
  },
];
