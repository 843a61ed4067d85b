/** The walk to a session (RFC 7395, RFC 6120), in the order in which it happens. */
export const stepIds = [
  'discover', // DNS, host-meta (XEP-0156)
  'tcp',
  'tls',
  'websocket', // HTTP upgrade with sub-protocol xmpp
  'open',
  'features',
  'auth',
  'reopen', // new <open/> after SASL
  'bind',
  'session', // legacy, only where required
  'sm', // stream management (XEP-0198)
  'roster',
  'presence',
  'ready',
] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  readonly id: StepId;
  readonly state: 'todo' | 'doing' | 'done' | 'skipped' | 'failed';
  /** How long it took, in milliseconds, once it is over. */
  readonly ms: number | null;
  /** What was found: an endpoint, a mechanism, a full JID … plain data, no words. */
  readonly detail: string | null;
}

/** Why a connection could not be made or ended; every code has words and a remedy in the catalogues. */
export const failureCodes = [
  'unknown-host',
  'refused',
  'unreachable',
  'timeout',
  'not-websocket', // an HTTP answer other than 101; params.status
  'no-subprotocol', // upgraded (or 503) without `xmpp`
  'wrong-domain', // host-unknown, or <open from> of another domain
  'tls-self-signed',
  'tls-expired',
  'tls-wrong-name',
  'tls-changed', // differs from the pinned certificate (T29)
  'tls-failed', // any other TLS error; params.reason
  'plain-refused', // only PLAIN on an unencrypted line (T27)
  'scram-lost', // only PLAIN where SCRAM worked before (T27)
  'no-mechanism', // params.offered
  'mechanism-missing', // not the one that the user chose; params.wanted, params.offered
  'not-authorized',
  'account-disabled',
  'credentials-expired',
  'temporary-auth-failure',
  'server-forged', // wrong server signature (T28)
  'weak-scram', // iteration count outside floor and ceiling (T28); params.iterations
  'auth-failed', // any other SASL condition; params.condition
  'bind-failed', // params.condition
  'conflict', // another session took our resource
  'replaced-credentials', // password changed or account removed while signed in
  'system-shutdown',
  'policy-violation',
  'stream-error', // params.condition
  'malformed', // T14: what the server sent is not a stream
  'too-large', // T15: more in one piece than we take
  'closed', // the line ended without a word
  'not-kept', // what came could not be written to the disk (R12): it waits at the server
  'password-needed', // nothing in the keyring; the user types it
  'keyring', // params.state: locked, denied, slow
  'user-exists', // registration (XEP-0077): the name is taken
  'registration-closed',
  'registration-form', // it wants more than a name and a password
  'registration-refused', // params.condition
  'cannot-be-invisible', // asked to start invisible where the server has no way to
] as const;
export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  readonly code: FailureCode;
  readonly step: StepId;
  readonly params: Readonly<Record<string, string>>;
}

/** A certificate that the user is asked about (R17, T29). */
export interface CertificateQuestion {
  /** host:port of the endpoint; trust is kept for exactly this. */
  readonly host: string;
  /** SHA-256, upper case, colons. */
  readonly fingerprint: string;
  /** The one trusted before, when it changed. */
  readonly previous: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly names: readonly string[];
}

/**
 *   off ──signIn──▶ connecting ──ready──▶ online
 *    ▲                │   ▲ ▲               │ line lost
 *    │       fatal    │   │ └──due, wake────┤
 *    │   ┌────────────┤   │                 ▼
 *    │   ▼            └───┼──transient──▶ waiting
 *   stopped ──signIn──────┘
 *    any ──signOut / quit──▶ closing ──▶ off
 */
export type ConnectionPhase = 'off' | 'connecting' | 'online' | 'waiting' | 'stopped' | 'closing';

export interface Connection {
  readonly phase: ConnectionPhase;
  readonly steps: readonly Step[];
  /** The reason of `waiting` and `stopped`. */
  readonly failure: Failure | null;
  readonly certificate: CertificateQuestion | null;
  /** `waiting`: milliseconds until the next try, from when this was told. */
  readonly retryIn: number | null;
  /** Full JID while online. */
  readonly jid: string | null;
  /** Whether this session can be invisible (XEP-0016 or XEP-0186). */
  readonly canBeInvisible: boolean;
  readonly canChangePassword: boolean;
  /** XEP-0092 name and version, when known. */
  readonly software: string | null;
}

export const noConnection: Connection = {
  phase: 'off',
  steps: stepIds.map((id) => ({ id, state: 'todo', ms: null, detail: null })),
  failure: null,
  certificate: null,
  retryIn: null,
  jid: null,
  canBeInvisible: false,
  canChangePassword: false,
  software: null,
};

/** The step that a connection is at; the session's own, roster and presence, are none of the stream's. */
export const stepDoing = ({ phase, steps }: Connection): StepId | null =>
  phase === 'connecting' ? (steps.find(({ state }) => state === 'doing')?.id ?? null) : null;

/** One line of the XML console; secrets are already replaced. */
export interface XmlEntry {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** The step during which it crossed, or null once online. */
  readonly step: StepId | null;
  readonly xml: string;
}
