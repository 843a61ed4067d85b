/** A local account: opaque and stable, never the JID (an account can change its address, two can share one). */
export type AccountId = string & { readonly __brand: 'AccountId' };

/** SASL mechanisms that Flint has (RFC 5802, RFC 7677, RFC 4616), the strongest first. */
export const mechanisms = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const;
export type Mechanism = (typeof mechanisms)[number];

/** What is asked of the server at sign-in, beside address and password. */
export interface AccountOptions {
  /** ws:// or wss:// URL as typed, or null to discover it (XEP-0156, then the usual endpoints). */
  readonly server: string | null;
  /** Resource stem; a random suffix is added to each session. Null picks "Flint". */
  readonly resource: string | null;
  /** Presence priority, -128 … 127 (RFC 6121 §4.7.2.3). */
  readonly priority: number;
  /** This one and no other, no token either (XEP-0484); null picks the strongest that is offered (T27). */
  readonly mechanism: Mechanism | null;
  readonly startInvisible: boolean;
  readonly rememberPassword: boolean;
  readonly signInAtStart: boolean;
}

/** What the window may know of an account; no secret is ever part of it. */
export interface Account {
  readonly id: AccountId;
  /** Bare JID. */
  readonly jid: string;
  readonly options: AccountOptions;
}

/** Where passwords and the history key are kept, and if not, why (R15). */
export type KeyringState = 'ok' | 'locked' | 'absent' | 'denied' | 'slow';

/** Why the history cannot be opened for now (R12). */
export const historyRefusals = ['full', 'read-only', 'io'] as const;
export type HistoryRefusal = (typeof historyRefusals)[number];

/**
 * How the history is kept: encrypted on disk; in memory only, since the keyring gives no key for it (R15), has lost that of
 * what is on the disk, or a newer Flint wrote that; on disk again after a damaged file was put aside (R13); or not open, and no connection either.
 */
export type HistoryState = 'kept' | 'memory' | 'newer' | 'key-lost' | 'rebuilt' | HistoryRefusal;
