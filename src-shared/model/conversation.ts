import type { SharedFile } from './file';
import type { Quoted, Reply } from './quoted';

/** XEP-0085 states that are shown. */
export type TypingState = 'composing' | 'paused' | null;

/** One buzz a minute goes into a conversation, and one a minute is felt (XEP-0224 §4). */
export const BUZZ_REST_MS = 60_000;

/** Where a conversation belongs (T31): with the chats, among the requests of strangers, or out of sight. */
export const standings = ['open', 'request', 'ignored', 'blocked'] as const;
export type Standing = (typeof standings)[number];
/** What a message begins a conversation as; with a `notice` of a stranger it is open, and he is not let in by it. */
export type FirstStanding = Standing | 'notice';

/**
 * RFC 6121 §5.2.2; `normal` and `headline` are shown as notices, a `buzz` (XEP-0224) and an `event` (RoomEvent: what happened in
 * a room) as a line.
 */
export type MessageKind = 'chat' | 'normal' | 'headline' | 'buzz' | 'event';

/** What is told of in a room's log: `subject` of the row; `nick` did it, `body` says what. */
export const roomEvents = [
  'subject',
  'renamed',
  'another', // whoever has that nick may be somebody else by now
  'own-nick',
  'kicked',
  'banned',
  'members-only',
  'destroyed',
  'declined', // somebody whom we invited does not come
  'invite-failed',
  'non-anonymous', // everybody sees real addresses from now on
  'semi-anonymous', // moderators alone do
] as const;
export type RoomEvent = (typeof roomEvents)[number];

export interface Conversation {
  /** Bare JID of the other side, or `room/nick` of an occupant (T10); with the account it is the conversation's key. */
  readonly peer: string;
  readonly standing: Standing;
  /** It is open for what was told there, and the user never let the other side in (T31). */
  readonly uninvited?: true;
  readonly unread: number;
  /** In a room: how many of those name us. */
  readonly mentions?: number;
  readonly draft: string;
  /** The hint that covers the draft, '' for none (XEP-0382). */
  readonly draftSpoiler?: string;
  /** What the draft is to answer. */
  readonly answering?: Quoted;
  readonly last: ConversationLast | null;
  readonly marks: ChatMarks;
}

/**
 * Which messages of a conversation make a notification: as the settings say, all, in a room those that name us, or none. By
 * default a private group tells of all, a channel of those that name us.
 */
export const chatRules = ['default', 'all', 'mentions', 'none'] as const;
export type ChatRule = (typeof chatRules)[number];

/** What the user has set for one conversation; kept on this computer. */
export interface ChatMarks {
  readonly pinned: boolean;
  /** Epoch milliseconds; null: not muted. Main takes it back when it is over, so that no reader needs a clock. */
  readonly mutedUntil: number | null;
  /** Out of the list, until something new comes in it (unless it is muted). */
  readonly archived: boolean;
  readonly rule: ChatRule;
  /** Marked as unread by hand: until it is read again. */
  readonly unread: boolean;
}
export const noMarks: ChatMarks = {
  pinned: false,
  mutedUntil: null,
  archived: false,
  rule: 'default',
  unread: false,
};
/** The last moment that a date can name: muted for good. */
export const forGood = 8_640_000_000_000_000;

export interface ConversationLast {
  readonly direction: 'in' | 'out';
  /** In a room: whoever said it. */
  readonly nick?: string;
  /** First 200 characters of the body. */
  readonly text: string;
  /** It shares a file of this name. */
  readonly file?: string;
  /** It is not to be seen at once: the hint stands for its text. */
  readonly spoiler?: string;
  /** Its author took it back: there is no text. */
  readonly retracted?: boolean;
  /** It calls for attention (XEP-0224): its text is for programs that do not know that. */
  readonly buzz?: true;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly delivery: Delivery | null;
}

/**
 * waiting (in the outbox, or written and not yet acknowledged) → sent (acknowledged by the server)
 * → received (XEP-0184) → read (XEP-0333; in a room by anybody), or failed with its reason.
 */
export const deliveries = ['waiting', 'sent', 'received', 'read', 'failed'] as const;
export type Delivery = (typeof deliveries)[number];

export interface Message {
  /** Local row id: the message's key everywhere in the app. */
  readonly id: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  /** In a room: the nick of whoever said it, as it was then. */
  readonly nick?: string;
  /** In a room: what tells whoever said it from others who have had his nick; absent: nothing does. */
  readonly author?: string;
  /** In a room: it names us. */
  readonly mention?: boolean;
  readonly subject: string | null;
  /** Empty once it is retracted. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** XEP-0308: `body` is a later text, what it said before is kept. */
  readonly edited: boolean;
  /** When it was corrected last, epoch milliseconds. */
  readonly editedAt?: number;
  /** XEP-0424: its author took it back, or (`moderated`) somebody else did. */
  readonly retracted: boolean;
  readonly moderated?: Moderated;
  /** XEP-0393 §4: what looks like styling in `body` is none. */
  readonly unstyled?: boolean;
  /** The file that it shares; its body is then words for others. */
  readonly file?: SharedFile;
  /** XEP-0461: it is an answer. */
  readonly reply?: Reply;
  /** Kept at hand, above the conversation on this computer. */
  readonly pinned?: true;
  /** XEP-0382: its text is not to be seen at once; a hint, '' for none. */
  readonly spoiler?: string;
  /** It waits and was never handed to a stream: its text can still be changed. */
  readonly editable: boolean;
  /** One of ours that is on its way or there: it can be corrected (XEP-0308). */
  readonly correctable?: boolean;
  /** One of ours that is there: it can be taken back (XEP-0424); in a room by the id that the room gave it. */
  readonly retractable?: boolean;
  /** Others know it by an id: one can react to it, and answer it. */
  readonly reactable?: boolean;
  /** XEP-0444: what is thought of it. */
  readonly reactions?: Reactions;
  /** In a room, of the newest of ours that others have read: who has, by the nick of then. */
  readonly readBy?: readonly string[];
  /** A correction or retraction of ours that the server has not taken yet (`error` null), or has refused. */
  readonly change?: { readonly error: Message['error'] };
  /** Own messages only. */
  readonly delivery: Delivery | null;
  /** Why it failed: an RFC 6120 §8.3.3 condition and the server's own words. */
  readonly error: { readonly condition: string; readonly text: string | null } | null;
}

/** XEP-0425: a moderator of a room took back what somebody had said. */
export interface Moderated {
  /** His nick; null where the room does not say. */
  readonly by: string | null;
  readonly reason: string | null;
}

/** A message and when it was written (epoch milliseconds). */
export interface MessagePlace {
  readonly id: number;
  readonly at: number;
}

export interface Reactions {
  readonly own: readonly string[];
  /** In a room: of everybody who gave any, by the nick of then. */
  readonly others: readonly { readonly nick?: string; readonly emojis: readonly string[] }[];
}

/** What a message said before it was corrected. */
export interface MessageVersion {
  readonly body: string;
  readonly at: number;
}
