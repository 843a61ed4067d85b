/** What the session layer sees of the store: one encrypted database for each account, in a process of its own. */
import type { ContactRequest, Subscription } from '../../src-shared/model/contact';
import type { Conversation, Message } from '../../src-shared/model/conversation';

export interface RosterRow {
  readonly jid: string;
  readonly name: string | null;
  readonly groups: readonly string[];
  readonly subscription: Subscription;
  readonly asked: boolean;
  readonly shared: boolean;
}

/** A message of ours that the server has not acknowledged, in the order in which it was written. */
export interface OutboxRow {
  readonly id: number;
  readonly peer: string;
  readonly body: string;
  readonly originId: string;
  readonly at: number;
  /** Handed to a stream before (so it may already be there: same id again, with a delay stamp). */
  readonly written: boolean;
}

export interface IncomingMessage {
  readonly peer: string;
  readonly body: string;
  readonly at: number;
  /** `id` attribute, origin-id and stanza-id (with its `by`), as far as given and trusted. */
  readonly messageId: string | null;
  readonly originId: string | null;
  readonly stanzaId: string | null;
  /**
   * True when it arrives now, without a delay stamp: it goes to the end of its conversation whatever the clock says
   * (R11). Otherwise `at` gives it its place.
   */
  readonly live?: boolean;
  /** True when it is in front of the user's eyes: it does not count as unread. */
  readonly seen: boolean;
}

/** Messages in order, oldest first, and whether older ones exist. */
export interface MessagePage {
  readonly messages: readonly Message[];
  readonly more: boolean;
}

/** Disk full, read-only, damaged … (R12). Reads and writes reject with this; nothing else is thrown. */
export class StoreError extends Error {
  constructor(
    readonly reason: 'full' | 'read-only' | 'damaged' | 'wrong-key' | 'io' | 'closed',
    message: string,
  ) {
    super(message);
  }
}

export interface Store {
  /** False when there was no key to be had: all is in memory and gone at the end (R15). */
  readonly durable: boolean;
  /**
   * True once a damaged database was put aside and a fresh one made (R13), or one in memory went with its process
   * (R27): the user is to be told.
   */
  readonly recovered: boolean;
  /** Tells when that happens while it runs: everything read before is void. Returns the way to stop. */
  onRecovered(run: () => void): () => void;

  roster(): Promise<{ readonly version: string | null; readonly rows: readonly RosterRow[] }>;
  /** Replaces the whole roster. */
  putRoster(version: string | null, rows: readonly RosterRow[]): Promise<void>;
  /** A roster push: one row put or (null) removed, and the new version. */
  putContact(version: string | null, jid: string, row: RosterRow | null): Promise<void>;
  requests(): Promise<readonly ContactRequest[]>;
  putRequest(request: ContactRequest): Promise<void>;
  removeRequest(jid: string): Promise<void>;

  chats(): Promise<readonly Conversation[]>;
  chat(peer: string): Promise<Conversation>;
  page(peer: string, before: number | null, limit: number): Promise<MessagePage>;
  message(id: number): Promise<Message | null>;

  /** Commits the message and its outbox row together. */
  addOutgoing(message: { peer: string; body: string; originId: string; at: number }): Promise<Message>;
  /** Commits one row, or finds the one that is the same message (`fresh` false). */
  addIncoming(message: IncomingMessage): Promise<{ readonly message: Message; readonly fresh: boolean }>;

  outbox(): Promise<readonly OutboxRow[]>;
  /** False when it is not in the outbox any more. */
  markWritten(id: number): Promise<boolean>;
  /** Acknowledged by the server: leaves the outbox. */
  markSent(id: number): Promise<Message | null>;
  /** A receipt (XEP-0184) or marker for one of ours; only from the one it went to (T11), never downward. Null: not ours. */
  markDelivered(peer: string, originId: string, delivery: 'received' | 'read'): Promise<Message | null>;
  /** An error for one of ours, by its origin-id. Null: not ours, or already received and left alone (R20). */
  markFailed(
    peer: string,
    originId: string,
    error: { readonly condition: string; readonly text: string | null },
  ): Promise<Message | null>;
  /** A failed one goes back to waiting, at the end of the outbox, with the same origin-id. Null: nothing to send again. */
  requeue(id: number): Promise<Message | null>;
  /** Deletes a waiting or failed message of ours. */
  discard(id: number): Promise<boolean>;
  /** Sets unread to 0. */
  markRead(peer: string): Promise<void>;
  setDraft(peer: string, draft: string): Promise<void>;

  close(): Promise<void>;
  /** Closes and deletes the database with its side files. */
  destroy(): Promise<void>;
}
