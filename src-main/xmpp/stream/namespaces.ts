/** Namespaces of the stream itself; those of extensions lie beside their parsers in xep/. */
export const ns = {
  client: 'jabber:client',
  framing: 'urn:ietf:params:xml:ns:xmpp-framing', // RFC 7395
  stream: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  sasl2: 'urn:xmpp:sasl:2',
  channelBinding: 'urn:xmpp:sasl-cb:0', // XEP-0440
  bind2: 'urn:xmpp:bind:0', // XEP-0386
  fast: 'urn:xmpp:fast:0', // XEP-0484
  carbons: 'urn:xmpp:carbons:2',
  csi: 'urn:xmpp:csi:0', // XEP-0352
  archive: 'urn:xmpp:mam:2',
  version: 'jabber:iq:version',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  ping: 'urn:xmpp:ping',
  register: 'jabber:iq:register',
  dataForm: 'jabber:x:data',
  outOfBand: 'jabber:x:oob',
} as const;

/** XEP-0198 in both versions that are in use, the newer one first. */
export const streamManagement = ['urn:xmpp:sm:3', 'urn:xmpp:sm:2'] as const;
