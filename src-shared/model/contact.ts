import type { Presence } from './presence';

/** RFC 6121 §2.1.2.5. */
export type Subscription = 'none' | 'to' | 'from' | 'both';

export interface Contact {
  /** Bare JID. */
  readonly jid: string;
  readonly name: string | null;
  /** Group names; nested ones are written with `::`. */
  readonly groups: readonly string[];
  readonly subscription: Subscription;
  /** A request of ours that waits for an answer (`ask='subscribe'`). */
  readonly asked: boolean;
  /** They may see us as soon as they ask: we have said yes before (RFC 6121 §3.4). */
  readonly approved?: true;
  /** Put there by the server's administrator: read-only. */
  readonly shared: boolean;
  readonly presence: Presence;
  /** The user wants to be told when they are there the next time. */
  readonly watched?: true;
}

/** Someone who asks to see our presence. */
export interface ContactRequest {
  readonly jid: string;
  readonly nick: string | null;
  readonly message: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
