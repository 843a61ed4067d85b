/** What goes into the store and comes out of it. */
import type { Subscription } from '../../src-shared/model/contact';
import type { Conversation, FirstStanding, Message, MessageKind } from '../../src-shared/model/conversation';
import type { SharedFile } from '../../src-shared/model/file';
import type { ResourcePresence } from '../../src-shared/model/presence';
import type { ReplyTo } from '../../src-shared/model/quoted';

export interface RosterRow {
  readonly jid: string;
  readonly name: string | null;
  readonly groups: readonly string[];
  readonly subscription: Subscription;
  readonly asked: boolean;
  /** RFC 6121 §3.4. */
  readonly approved?: true;
  readonly shared: boolean;
}

/** Where a stanza stands in a session that can be resumed (XEP-0198): its name and the number of the stanza, modulo 2^32. */
export interface StreamPlace {
  readonly session: string;
  readonly number: number;
}

/**
 * A message of ours, or what we say of one, that the server has not acknowledged, in the order in which it was written.
 * `id` is the message's, or the number that an amendment has instead; later is higher.
 */
export interface OutboxRow {
  readonly id: number;
  readonly peer: string;
  readonly body: string;
  readonly originId: string;
  readonly at: number;
  /** The file that the message shares. */
  readonly file?: SharedFile;
  /** It calls for attention (XEP-0224). */
  readonly buzz?: true;
  /** What the message says of the one that it answers. */
  readonly reply?: ReplyTo;
  /** It is not to be seen at once (XEP-0382): the hint. */
  readonly spoiler?: string;
  /** What it is to the message that others know by the id `target`; a message of its own has none. */
  readonly amends?: { readonly kind: Amendment['kind']; readonly target: string };
  /** Of a reaction: the words that it is about, or what hides them (XEP-0382), in a room with who said them. */
  readonly about?: string;
  /** To somebody in a room alone: whom it is for, or of whom the message is that it is about (see roomAuthor). */
  readonly whom?: string;
  /** Handed to a stream before (so it may already be there: same id again, with a delay stamp). */
  readonly written: boolean;
}

/** The row that a message of ours answers, and what is to be said of it. */
export interface Answer {
  readonly id: number;
  readonly to: string;
  readonly words: string;
}

/** How a message came to us. `live` goes to the end of its conversation whatever the clock says (R11), the others by `at`. */
export type MessageSource = 'live' | 'carbon' | 'offline' | 'archive';

/** A message from the server, in either direction: own ones come from other devices and from the archive. */
export interface ServerMessage {
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  /** RFC 6121 §5.2.4; of `headline` and `normal` messages mostly. */
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
  /** `id` attribute, origin-id and stanza-id of the own archive, as far as given and trusted (T9). */
  readonly messageId: string | null;
  readonly originId: string | null;
  readonly stanzaId: string | null;
  readonly source: MessageSource;
  /** The sender asked for a marker (XEP-0333 §5.1). */
  readonly markable: boolean;
  /** XEP-0393 §4. */
  readonly unstyled?: boolean;
  /** The file that it shares. */
  readonly file?: SharedFile;
  readonly reply?: ReplyTo;
  /** It is not to be seen at once (XEP-0382): the hint. */
  readonly spoiler?: string;
  /** In a room: whoever said it, the room's id for the person (XEP-0421), and whether it names us. */
  readonly nick?: string;
  readonly occupantId?: string | null;
  /** Where the room gives no such id: what else tells its author from others. Of ours to somebody alone: whom it is for. */
  readonly author?: string;
  readonly mention?: boolean;
  /** In a room: it says that it corrects another one; where it may not, it is a message of its own. */
  readonly corrects?: Amendment;
  /** True when it is in front of the user's eyes: it does not count as unread. */
  readonly seen: boolean;
  /** What its conversation is if there is none yet (T31). */
  readonly standing: FirstStanding;
  /**
   * Given where no archive tells the order, of what came on a stream. What had waited at the server belongs before what came
   * live on the same stream, though a server that took long to see that the stream before was dead gives it later.
   */
  readonly turn?: { readonly stream: string; readonly waited: boolean };
}

/** Who said something in a room: nobody else corrects it or takes it back (T4, T5). */
export interface RoomAuthor {
  /** '': nobody knows. */
  readonly key: string;
  /** Known for as long as he stays there: no other copy of it can be told to be his. */
  readonly passing: boolean;
}

/**
 * What a later stanza says of an earlier message of the same conversation and direction; kept until that message comes
 * (a page read backwards brings it later). `target` is the id that the sender gave (origin-id or `id` attribute); for
 * `received` and `read` it is one of ours (T11); in a room `read` is about anybody's, by the room's id, and waits for none.
 */
export interface Amendment {
  readonly peer: string;
  /** Of the message that is amended; of a reaction: of who reacts. */
  readonly direction: 'in' | 'out';
  readonly kind: 'correct' | 'retract' | 'react' | 'received' | 'read';
  readonly target: string;
  /** The new text of a correction; all reactions of the author to that message, as a list in JSON. */
  readonly body: string | null;
  readonly unstyled?: boolean;
  /** The new text is not to be seen at once (XEP-0382); without it the message is as covered as it was at first. */
  readonly spoiler?: string;
  readonly at: number;
  /** Why a moderator took the message back. */
  readonly reason?: string | null;
  /**
   * In a room: whoever says it, and the room's id for the person; `target` is the room's id of the message then, but for a
   * correction. What the room takes back is said by the moderator, '' where it does not say who that is.
   */
  readonly nick?: string;
  readonly occupantId?: string | null;
  /** In a room, of a correction: its text names us. */
  readonly mention?: boolean;
  /** In a room: the only one whose messages it can be about; none is named where it can be about everybody's. */
  readonly author?: RoomAuthor;
  /** Its own ids, so that it counts once. */
  readonly messageId: string | null;
  readonly stanzaId: string | null;
}

/** What we say of a message, by its row; `originId` is that of the stanza that says it. */
export interface OutgoingAmendment {
  readonly id: number;
  readonly kind: 'correct' | 'retract' | 'react';
  /** The new text of a correction; all our reactions, as a list in JSON. */
  readonly body: string | null;
  /** In a room: ours. */
  readonly nick?: string | null;
  readonly originId: string;
  readonly at: number;
}

/** A message that another device has shown: by the archive's id (XEP-0490) or the sender's (XEP-0333). */
export interface ReadTarget {
  readonly by: 'stanza-id' | 'message-id';
  readonly id: string;
}

/** What became of an amendment. */
export interface Amended {
  /** Of one that was written here: its number in the outbox. */
  readonly entry: number | null;
  /** The message names us by that, and did not before. */
  readonly calls: boolean;
}

/** A stored message and its conversation as they are after the commit. */
export interface Stored {
  readonly message: Message;
  /** False when it was there already. */
  readonly fresh: boolean;
  readonly chat: Conversation;
  /** It was none of its own: it has corrected `message`. */
  readonly corrected?: Amended;
  /** It stands elsewhere than where it was shown, and others with it. */
  readonly moved?: boolean;
}

/** An id of an archive and its time (epoch milliseconds). */
export interface ArchivePlace {
  readonly id: string;
  readonly at: number;
}
/** Everything in the archive from `first` to `last` is in the store (XEP-0313); with one peer, or in the whole account. */
export interface ArchiveRange {
  /** Null: the whole account. */
  readonly with: string | null;
  readonly first: ArchivePlace;
  readonly last: ArchivePlace;
  /** The archive holds nothing older. */
  readonly whole: boolean;
  /** What was between this range and the one before it is lost at the server (R10). */
  readonly lost: boolean;
}
/** One page of a query's result, oldest first. */
export interface ArchivePage {
  readonly with: string | null;
  /** Every id of the page in order, of entries that are no messages too. */
  readonly places: readonly ArchivePlace[];
  readonly messages: readonly ServerMessage[];
  readonly amendments: readonly Amendment[];
  /** The id that the page follows without a hole, or precedes; null where it was asked for by time or from the end. */
  readonly after: string | null;
  readonly before: string | null;
  /** Nothing older is in the archive. */
  readonly whole: boolean;
  readonly lost: boolean;
  /** Read once more, for what came late to its place: it moves no range. */
  readonly late?: boolean;
}
export interface AddedPage {
  /** The range that the page is part of now; null for an empty page that touches none. */
  readonly range: ArchiveRange | null;
  /** Rows that are new, in order; and those of ours that turned out to be at the server. */
  readonly fresh: readonly Message[];
  /** Rows that were there and are changed by the page's amendments. */
  readonly changed: readonly Message[];
  /** Those of them that name us by that, and did not before. */
  readonly called: readonly Message[];
  /** Each conversation that changed. */
  readonly chats: readonly Conversation[];
  /** Where a fault of our own kept entries out of it. */
  readonly bugs?: readonly string[];
}

/** Where a page of messages is read from. */
export type Anchor = { readonly side: 'before' | 'after' | 'around'; readonly id: number } | null;
/** What the store knows of one page; the session adds what the archive can do about the gaps. */
export interface StoredPage {
  readonly messages: readonly Message[];
  readonly older: boolean;
  readonly newer: boolean;
  /** Ids of rows before which something may be missing, and what is known of each hole. */
  readonly gaps: readonly StoredGap[];
  /** Whether the oldest row of the conversation is the oldest in the archive. */
  readonly whole: boolean;
  /** What is older than all rows here is asked for before this place; null where nothing is known of it. */
  readonly top: ArchivePlace | null;
}
export interface StoredGap {
  /** The row below the hole. */
  readonly before: number;
  /** Archive places around the hole, to ask for it; null where there is none on that side. */
  readonly left: ArchivePlace | null;
  readonly right: ArchivePlace | null;
  readonly lost: boolean;
}

export interface CachedPresence {
  readonly jid: string;
  readonly resources: readonly ResourcePresence[];
}
/** What it takes to go on with the session after a crash; `session` is Resumption (xmpp/link.ts) as JSON. */
export interface SavedSession {
  readonly session: string;
  readonly presences: readonly CachedPresence[];
}
/** The same to be saved; presences null: as they were saved last. */
export interface SessionToSave {
  readonly session: string;
  readonly presences: readonly CachedPresence[] | null;
}

export interface SearchQuery {
  /** As typed; operators in it mean nothing. */
  readonly text: string;
  readonly peer: string | null;
  readonly direction: 'in' | 'out' | null;
  /** Whoever said it in a room. */
  readonly nick: string | null;
  /** Epoch milliseconds, both inclusive. */
  readonly from: number | null;
  readonly to: number | null;
  readonly has: 'link' | 'file' | null;
  readonly limit: number;
  /** The id of the last hit of the page before; results are newest first. */
  readonly after: number | null;
}

/** What was fetched for messages that were deleted, and is of no use any more. */
export interface LeftBehind {
  /** Addresses of files that no message shares now. */
  readonly files: readonly string[];
  /** Web addresses in their texts, each with what follows it up to the next space. */
  readonly links: readonly string[];
}
