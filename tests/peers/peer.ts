/** A client that is not ours, signed in to one of the test servers and driven by a specification. */
export interface Peer {
  readonly client: 'slixmpp' | 'stanza' | 'smack';
  readonly bareJid: string;
  /** Full address; known after `connect`. */
  readonly jid: string;

  /** Signs in, fetches the roster and, unless told otherwise, says that it is available. Rejects with the reason. */
  connect(): Promise<void>;
  /** Leaves in order: unavailable presence, end of stream. */
  disconnect(): Promise<void>;
  /** Cuts the connection without a word. */
  cut(): Promise<void>;

  /** Sends a chat message and answers its id. */
  sendMessage(to: string, body: string, extra?: MessageExtra): Promise<string>;
  sendChatState(to: string, state: ChatState): Promise<void>;
  sendReceipt(to: string, id: string): Promise<void>;
  setPresence(presence: OwnPresence): Promise<void>;
  goUnavailable(): Promise<void>;

  subscribe(to: string): Promise<void>;
  unsubscribe(to: string): Promise<void>;
  /** Lets `from` see this peer's presence. */
  accept(from: string): Promise<void>;
  /** Refuses a request, or takes the permission back. */
  deny(from: string): Promise<void>;
  roster(): Promise<readonly PeerContact[]>;
  setContact(contact: {
    readonly jid: string;
    readonly name?: string;
    readonly groups?: readonly string[];
  }): Promise<void>;
  removeContact(jid: string): Promise<void>;

  /** All messages with a body so far, oldest first. */
  readonly messages: readonly PeerMessage[];
  /** The next message (with or without a body) that fits and that no earlier call has taken. */
  waitForMessage(fits: (message: PeerMessage) => boolean, ms?: number): Promise<PeerMessage>;
  /** The next subscription request or answer of this kind from this bare address. */
  waitForSubscription(from: string, type: SubscriptionType, ms?: number): Promise<void>;
  /**
   * Waits until a resource of this bare (or just this full) address has a presence that fits; what is known already
   * counts.
   */
  waitForPresence(
    from: string,
    fits: (presence: PeerPresence) => boolean,
    ms?: number,
  ): Promise<PeerPresence>;
  /** Waits until no resource of this bare address is known to be available. */
  waitForOffline(from: string, ms?: number): Promise<void>;
  /** The resources of this bare address that are available now, as this peer knows it. */
  presencesOf(bareJid: string): readonly PeerPresence[];
  /** Every presence of this bare address so far, oldest first. */
  presenceHistory(bareJid: string): readonly PeerPresence[];

  /** Sends one stanza as it is written. */
  sendRaw(xml: string): Promise<void>;
  /** The next incoming stanza (as XML) that fits and that no earlier call has taken. */
  waitForRaw(fits: (xml: string) => boolean, ms?: number): Promise<string>;
  /** Calls back for every message that comes, for peers that answer by themselves. */
  onMessage(listener: (message: PeerMessage) => void): void;
}

export interface PeerAccount {
  readonly jid: string;
  readonly password: string;
}

export interface PeerOptions {
  readonly resource?: string;
  /** Grants every request for its presence and asks back. Default: yes. */
  readonly autoAccept?: boolean;
  /** Say nothing about presence after signing in. Default: it becomes available. */
  readonly silent?: boolean;
  readonly priority?: number;
  /** How it gives and takes files directly, if it does. Default: `si`. */
  readonly files?: FileWay;
}
/** Stream initiation (XEP-0096), or Jingle (XEP-0234). */
export type FileWay = 'si' | 'jingle';

export type ChatState = 'active' | 'composing' | 'paused' | 'inactive' | 'gone';
export type Show = 'chat' | 'away' | 'xa' | 'dnd';
export type SubscriptionType = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

export interface OwnPresence {
  /** Absent: plain available. */
  readonly show?: Show;
  readonly status?: string;
  readonly priority?: number;
}

export interface MessageExtra {
  readonly id?: string;
  /** XEP-0184: ask for a receipt. */
  readonly requestReceipt?: boolean;
  readonly chatState?: ChatState;
  /** XEP-0308: the id of the message that it corrects. */
  readonly replaces?: string;
}

export interface PeerMessage {
  readonly from: string;
  readonly to: string | undefined;
  readonly type: string;
  readonly id: string | undefined;
  readonly body: string | undefined;
  readonly chatState: ChatState | undefined;
  readonly receiptRequested: boolean;
  /** XEP-0184: the id of the message that has arrived. */
  readonly receiptFor: string | undefined;
  /** XEP-0308: the id of the message that it corrects. */
  readonly replaces: string | undefined;
  /** XEP-0203: it was delivered later. */
  readonly delayed: boolean;
}

export interface PeerPresence {
  readonly from: string;
  readonly available: boolean;
  readonly show: Show | undefined;
  readonly status: string;
  readonly priority: number;
}

export interface PeerContact {
  readonly jid: string;
  readonly name: string;
  readonly subscription: string;
  readonly groups: readonly string[];
}

/** The address without its resource. */
export function bare(jid: string): string {
  return jid.split('/', 1)[0] ?? jid;
}
