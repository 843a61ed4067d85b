export const domain = 'sim.test';
export const own = `juliet@${domain}`;
export const peers = [`romeo@${domain}`, `nurse@${domain}`] as const;

/** What a server can do, and how. */
export interface ServerKind {
  /** XEP-0198: none, acknowledgements alone, resumption, or one that resumes and loses everything (R26). */
  readonly sm: 'none' | 'acks' | 'resume' | 'lies';
  readonly archive: boolean;
  /** XEP-0160; always where there is no archive. */
  readonly offline: boolean;
  readonly carbons: boolean;
  readonly stanzaIds: boolean;
  readonly wholeSeconds: boolean;
  readonly failedWithCount: boolean;
  readonly receipts: boolean;
  /** A session whose line is gone takes 15 s for each message, and has it put into the archive only then (ejabberd, WebSocket). */
  readonly holds: boolean;
  /** Of the peers’ clients. */
  readonly shortIds: boolean;
}

export const ns = {
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  sm: 'urn:xmpp:sm:3',
  mam: 'urn:xmpp:mam:2',
  carbons: 'urn:xmpp:carbons:2',
  forward: 'urn:xmpp:forward:0',
  sid: 'urn:xmpp:sid:0',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
} as const;
