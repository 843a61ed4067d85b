import type { ServerKind } from './server';

/**
 * What each server can do, as it is started here without options and seen over WebSocket. Specifications are made from
 * this table: where a feature is there they prove it, where it is absent they prove what the user gets in its place.
 * capabilities.test.ts holds it against the running servers, entry by entry.
 */
export interface Capabilities {
  /** SASL mechanisms offered before sign-in, sorted. */
  readonly sasl: readonly string[];
  /** XEP-0077 before sign-in. */
  readonly registration: boolean;
  /** XEP-0077 §3.3 after it. */
  readonly passwordChange: boolean;
  /** RFC 6121 §2.6, advertised in the features. */
  readonly rosterVersioning: boolean;
  /** RFC 6121 §3.4, advertised in the features. Prosody keeps it and tells nobody: its rosters have no `approved`. */
  readonly preApproval: boolean;
  /** XEP-0016. */
  readonly privacyLists: boolean;
  /** How a session can be online without being seen (XEP-0126); XEP-0186 is nowhere. */
  readonly invisible: 'privacy-lists' | 'no';
  /** XEP-0191. */
  readonly blocking: boolean;
  /** XEP-0313 of one-to-one chats. */
  readonly mam: boolean;
  /** XEP-0313 in rooms. */
  readonly roomMam: boolean;
  /** XEP-0198, acknowledgements. */
  readonly sm: boolean;
  /** Resumption: `lossy` answers `<resumed/>` and then loses what the client sends. */
  readonly smResume: 'works' | 'lossy' | 'no';
  /** XEP-0280. */
  readonly carbons: boolean;
  /** XEP-0363. */
  readonly upload: boolean;
  /** XEP-0352. */
  readonly csi: boolean;
  /** XEP-0160: a message to somebody who is away waits for them. */
  readonly offlineMessages: boolean;
  /** XEP-0163. */
  readonly pep: boolean;
  /** XEP-0060 §7.1.5, without which nothing private may be published (T8). */
  readonly publishOptions: boolean;
  /** XEP-0054. */
  readonly vcardTemp: boolean;
  /** XEP-0049. */
  readonly privateXml: boolean;
  /** XEP-0012, of the server itself. */
  readonly lastActivity: boolean;
  /** XEP-0055: the service's name in front of the domain. */
  readonly userSearch: string | undefined;
  /** XEP-0045: the service's name in front of the domain. */
  readonly rooms: string;
  /** Shared groups reach members that are signed in at once, or at their next sign-in. */
  readonly sharedGroups: 'pushed' | 'next-sign-in';
  /** Putting a contact of a shared group into another group. */
  readonly sharedGroupEdit: 'refused' | 'accepted';
  /** Openfire's list of the groups that are shared with the user. */
  readonly sharedGroupList: boolean;
  /** XEP-0388 with XEP-0386. */
  readonly sasl2: boolean;
}

const PROSODY: Capabilities = {
  sasl: ['PLAIN', 'SCRAM-SHA-1'],
  registration: true,
  passwordChange: true,
  rosterVersioning: true,
  preApproval: true,
  privacyLists: false,
  invisible: 'no',
  blocking: true,
  mam: true,
  roomMam: true,
  sm: true,
  smResume: 'works',
  carbons: true,
  upload: true,
  csi: true,
  offlineMessages: true,
  pep: true,
  publishOptions: true,
  vcardTemp: true,
  privateXml: true,
  lastActivity: true,
  userSearch: undefined,
  rooms: 'conference',
  sharedGroups: 'next-sign-in',
  sharedGroupEdit: 'accepted',
  sharedGroupList: false,
  sasl2: false,
};

export const CAPABILITIES: Readonly<Record<ServerKind, Capabilities>> = {
  prosody: PROSODY,
  prosody13: { ...PROSODY, sasl: ['OAUTHBEARER', 'PLAIN', 'SCRAM-SHA-1'], sasl2: true },
  ejabberd: {
    ...PROSODY,
    sasl: ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'],
    preApproval: false,
    privacyLists: true,
    invisible: 'privacy-lists',
    userSearch: 'vjud',
    sharedGroups: 'pushed',
  },
  openfire: {
    ...PROSODY,
    // The two MD5 ones are offered and never to be used.
    sasl: ['CRAM-MD5', 'DIGEST-MD5', 'PLAIN', 'SCRAM-SHA-1'],
    // Only its TCP port lets strangers register: over WebSocket the answer is not-authorized.
    registration: false,
    rosterVersioning: false,
    preApproval: false,
    privacyLists: true,
    invisible: 'privacy-lists',
    blocking: false,
    mam: false,
    roomMam: false,
    smResume: 'lossy',
    upload: false,
    csi: false,
    publishOptions: false,
    sharedGroups: 'pushed',
    sharedGroupEdit: 'refused',
    sharedGroupList: true,
  },
};
