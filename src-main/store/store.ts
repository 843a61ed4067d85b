/** What the session layer sees of the store: one encrypted database for each account, in a process of its own. */
import type { AvatarOf, Picture } from '../../src-shared/model/card';
import type { ContactRequest } from '../../src-shared/model/contact';
import type {
  ChatMarks,
  Conversation,
  Message,
  MessagePlace,
  MessageVersion,
  Standing,
} from '../../src-shared/model/conversation';
import type { SharedFile } from '../../src-shared/model/file';
import type { ExportRow, HistorySize, SearchResult } from '../../src-shared/model/history';
import type { FileStore } from './file-store';
import type { RoomStore } from './room-store';
import type {
  AddedPage,
  Amended,
  Amendment,
  Anchor,
  Answer,
  ArchivePage,
  ArchiveRange,
  LeftBehind,
  OutboxRow,
  OutgoingAmendment,
  ReadTarget,
  RosterRow,
  SavedSession,
  SearchQuery,
  ServerMessage,
  SessionToSave,
  Stored,
  StoredPage,
  StreamPlace,
} from './shapes';

export type { NewUpload, UploadRow } from './file-store';
export type { InvitationRow } from './invitation-row';
export type { RoomRow } from './room-store';
export type * from './shapes';

/** Disk full, read-only, damaged … (R12), or a keyring that gives the key later (R15). Reads and writes reject with this; nothing else is thrown. */
export class StoreError extends Error {
  constructor(
    readonly reason:
      'full' | 'read-only' | 'damaged' | 'wrong-key' | 'newer' | 'io' | 'closed' | 'locked' | 'slow',
    message: string,
  ) {
    super(message);
  }
}

/** A fault of our own in the store, and none of the disk's: what met it would meet it again each time, and is not to come again. */
export class StoreBug extends Error {
  override readonly name = 'StoreBug';
}

export interface Store extends FileStore, RoomStore {
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
  page(peer: string, anchor: Anchor, limit: number): Promise<StoredPage>;
  /** The first message of a conversation at or after a moment (epoch milliseconds). */
  firstSince(peer: string, at: number): Promise<MessagePlace | null>;
  /** Whether there are messages from each of these moments to the next one; one answer less than moments. */
  daysWith(peer: string, starts: readonly number[]): Promise<readonly boolean[]>;
  message(id: number): Promise<Message | null>;
  /** What a message said before it was corrected, oldest first (XEP-0308 §4: the original is kept). */
  versions(id: number): Promise<readonly MessageVersion[]>;

  /** The id that its room gave a message (XEP-0359); null: none is known. */
  roomId(id: number): Promise<string | null>;
  /** Who said it in a room, as a key (T4, T31); null: nobody knows. */
  authorOf(id: number): Promise<string | null>;
  /** Messages of a conversation that are kept at hand, the latest pin first. */
  pins(peer: string): Promise<readonly Message[]>;
  /** Keeps a message at hand since that moment, or (null) no longer. Null: it is not there, or was taken back. */
  pin(id: number, since: number | null): Promise<Message | null>;

  /** Commits the message and its outbox row together; opens the conversation (T31: whoever writes has accepted). */
  addOutgoing(message: {
    peer: string;
    body: string;
    originId: string;
    at: number;
    /** In a room: our own. */
    nick?: string | null;
    /** It calls for attention (XEP-0224). */
    buzz?: boolean;
    file?: SharedFile;
    /** What it answers; a plain message where that is there no more. */
    answers?: Answer;
    /** XEP-0382. */
    spoiler?: string;
    /** The upload that it was until now: gone with the same commit. */
    upload?: number;
    /** To somebody in a room alone: whom we knew under that nick (see roomAuthor); '': nobody knows. */
    whom?: string;
  }): Promise<Stored>;
  /**
   * Commits one row, or finds the one that is the same message (`fresh` false). Null: it is told again, and was deleted here;
   * what is live is never that.
   */
  addMessage(message: ServerMessage): Promise<Stored | null>;
  /** Applies it, or keeps it until its message comes. Null: nothing that is shown changed. */
  amend(amendment: Amendment): Promise<(Pick<Stored, 'message' | 'chat'> & Amended) | null>;

  /**
   * Corrects one of ours or takes it back, or reacts to any, here at once and in the outbox for the others. Null: it is not ours,
   * or it is too early (a message can be taken back once it was sent) or too late.
   */
  amendOutgoing(said: OutgoingAmendment): Promise<(Stored & { readonly entry: number }) | null>;

  outbox(): Promise<readonly OutboxRow[]>;
  /** False when it is not in the outbox any more, or a message says something else than `body` by now. */
  markWritten(id: number, place: StreamPlace | null, body?: string): Promise<boolean>;
  /** Acknowledged by the server: leaves the outbox. */
  markSent(id: number): Promise<Stored | null>;
  /** A resumed session says how many stanzas it had: of its rows those are sent, the others are not (XEP-0198 §5). */
  confirmUpTo(place: StreamPlace): Promise<readonly Stored[]>;
  /**
   * An error for one of ours, by its origin-id; `entry` is its id in the outbox. Null: not ours, or already received and left
   * alone (R20).
   */
  markFailed(
    peer: string,
    originId: string,
    error: { readonly condition: string; readonly text: string | null },
  ): Promise<(Stored & { readonly entry: number }) | null>;
  /**
   * The server wants it later: it waits again, in the place in which it was written (R9, R19). As `markFailed`; null for one
   * that has failed, too.
   */
  sendBack(peer: string, originId: string): Promise<(Stored & { readonly entry: number }) | null>;
  /**
   * A failed one, or what failed of a message that was sent, goes back to waiting, at the end of the outbox, with the same
   * origin-id. Null: nothing to send again.
   */
  requeue(id: number): Promise<Stored | null>;
  /** Another text for a message that waits and was never written. Null: too late. */
  rewrite(id: number, body: string): Promise<Stored | null>;
  /** Deletes a message of ours that failed, or waits and was never written. */
  discard(id: number): Promise<boolean>;
  /** Gives up corrections of a message that failed. Null: there were none. */
  discardChange(id: number): Promise<Stored | null>;

  /**
   * Everything up to this message is read: the newest one here (null), or the incoming one with that id, which may come only
   * later (XEP-0490 and XEP-0333 from other devices). Never backwards. Null: nothing changed.
   */
  markRead(peer: string, upTo: ReadTarget | null): Promise<Conversation | null>;
  /** The last message read here: what other devices are told (XEP-0490, XEP-0333). Ids of incoming messages only. */
  readPlace(peer: string): Promise<{ readonly stanzaId: string | null; readonly markable: string | null }>;
  setStanding(peer: string, standing: Standing): Promise<Conversation>;
  /** The other side of a conversation is let in no longer: see Conversation.uninvited. */
  disinvite(peer: string): Promise<void>;
  /** Pinned, muted, archived …: what the patch names. */
  setMarks(peer: string, marks: Partial<ChatMarks>): Promise<Conversation>;
  /** What was typed, the row that it is to answer, and the hint that covers it (XEP-0382). */
  setDraft(peer: string, draft: string, answers?: number | null, spoiler?: string | null): Promise<void>;

  ranges(withPeer: string | null): Promise<readonly ArchiveRange[]>;
  /** One page and what it proves, in one transaction. */
  addPage(page: ArchivePage): Promise<AddedPage>;
  /** Nothing lies between the range that ends at `left` and the one that starts at `right`. */
  joinRanges(withPeer: string | null, left: string, right: string): Promise<void>;

  /** Atomically: the resumption and the presences that belong to it; null clears both. */
  saveSession(session: SessionToSave | null): Promise<void>;
  savedSession(): Promise<SavedSession | null>;

  /** XEP-0115: what a verified hash stands for (T30), as JSON; null: not known. */
  capabilities(key: string): Promise<string | null>;
  putCapabilities(key: string, info: string): Promise<void>;
  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string | null): Promise<void>;

  /** Whose picture has which hash. */
  avatars(): Promise<readonly AvatarOf[]>;
  picture(hash: string): Promise<Picture | null>;
  /** Somebody has another picture (null: none); `picture` where it is not here yet. */
  putAvatar(jid: string, hash: string | null, picture: Picture | null): Promise<void>;

  search(query: SearchQuery): Promise<SearchResult>;
  /** How much is kept: bytes on disk (0 in memory) and rows; with `before`, only messages older than that moment count. */
  size(before?: number): Promise<HistorySize>;
  /** Messages of one conversation (null: all) before a moment (null: at any time). */
  count(peer: string | null, before: number | null): Promise<number>;
  /** When the newest message of a conversation is from (epoch milliseconds); null where there is none. */
  newestAt(peer: string): Promise<number | null>;
  /** How many rows of one conversation (null: all) an export has. */
  exportCount(peer: string | null): Promise<number>;
  /** Rows of one conversation (null: all), oldest first, after row `after`: for exports. */
  exportPage(peer: string | null, after: number | null, limit: number): Promise<readonly ExportRow[]>;
  /**
   * Deletes history for good: of one conversation or (null) all, before a moment or (null) everything; at most `limit` rows
   * a call. What waits in the outbox stays. Answers how many went; 0 when done, with what changed and what is left behind.
   */
  deleteHistory(
    peer: string | null,
    before: number | null,
    limit: number,
  ): Promise<{ readonly deleted: number; readonly peers: readonly string[]; readonly left: LeftBehind }>;
  /**
   * Deletes single messages of one conversation for good; the archive does not bring them back. What waits in the outbox stays.
   * Answers which are gone, and what is left behind.
   */
  deleteRows(
    peer: string,
    ids: readonly number[],
  ): Promise<{ readonly gone: readonly number[]; readonly left: LeftBehind }>;
  /** One step of overwriting what deleted messages left behind in the file; false when nothing is left to do. */
  erase(): Promise<boolean>;
  /** One step of giving older messages the words by which the search finds newer ones; false when nothing is left to do. */
  reindex(): Promise<boolean>;

  close(): Promise<void>;
  /** Closes and deletes the database with its side files. */
  destroy(): Promise<void>;
}
