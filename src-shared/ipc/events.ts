import type { Invitation, Occupant, Room } from '../model/room';
import type { AccountId, KeyringState } from '../model/account';
import type { XmlEntry } from '../model/connection';
import type { Contact, ContactRequest } from '../model/contact';
import type { Conversation, Message, TypingState } from '../model/conversation';
import type { Download, Upload } from '../model/file';
import type { HistoryWork } from '../model/history';
import type { Settings } from '../model/settings';
import type { SoundEvent } from '../model/sounds';
import type { Locale } from '../i18n/locales';
import type { CallError } from './errors';
import type { AccountState, AppView, SpellingState } from './states';

/** What main tells of rooms; who is in one under a topic of its own (`occupants:PEER`). */
type RoomEvents =
  | { readonly topic: 'rooms'; readonly type: 'room'; readonly account: AccountId; readonly room: Room }
  | { readonly topic: 'rooms'; readonly type: 'room-gone'; readonly account: AccountId; readonly jid: string }
  | {
      readonly topic: 'rooms';
      readonly type: 'invitation';
      readonly account: AccountId;
      readonly invitation: Invitation;
    }
  /** It was answered, or the room entered. */
  | {
      readonly topic: 'rooms';
      readonly type: 'invitation-gone';
      readonly account: AccountId;
      readonly room: string;
    }
  | {
      readonly topic: 'rooms';
      readonly type: 'service';
      readonly account: AccountId;
      readonly service: string;
    }
  | {
      readonly topic: 'occupants';
      readonly type: 'occupants';
      readonly account: AccountId;
      readonly peer: string;
      readonly changed: readonly Occupant[];
      /** Nicks. */
      readonly gone: readonly string[];
    };

/** What main tells of files: those on their way, and those that are being saved. */
type FileEvents =
  | {
      readonly topic: 'uploads';
      readonly type: 'upload';
      readonly account: AccountId;
      readonly upload: Upload;
    }
  | {
      readonly topic: 'uploads';
      readonly type: 'upload-gone';
      readonly account: AccountId;
      readonly id: number;
    }
  | {
      readonly topic: 'uploads';
      readonly type: 'download';
      readonly account: AccountId;
      readonly download: Download;
    };

/** What main tells. Topics: app, account, roster, faces, chats, rooms, uploads, messages and occupants (one for each peer), console. */
export type AppEvent =
  | { readonly topic: 'app'; readonly type: 'settings'; readonly settings: Settings; readonly locale: Locale }
  | { readonly topic: 'app'; readonly type: 'keyring'; readonly keyring: KeyringState }
  | { readonly topic: 'app'; readonly type: 'tray'; readonly tray: boolean }
  /** A notification or the tray asks to show a conversation. */
  | {
      readonly topic: 'app';
      readonly type: 'show-chat';
      readonly account: AccountId;
      readonly peer: string;
      /** The row to go to there. */
      readonly message?: number | null;
    }
  /** Another window, or the tray, asks the main window for this; see `app.show`. */
  | {
      readonly topic: 'app';
      readonly type: 'show-view';
      readonly view: AppView;
      readonly about: string | null;
    }
  /** The user wants a conversation in a window of its own; one that is there goes to the message. */
  | {
      readonly topic: 'app';
      readonly type: 'open-chat-window';
      readonly account: AccountId;
      readonly peer: string;
      readonly message: number | null;
    }
  | { readonly topic: 'app'; readonly type: 'chat-windows'; readonly peers: readonly string[] }
  /** A notification asks to show who wants to be a contact. */
  | { readonly topic: 'app'; readonly type: 'show-requests'; readonly account: AccountId }
  /** A contact calls: the window shakes, where the user lets it. */
  | { readonly topic: 'app'; readonly type: 'buzz'; readonly account: AccountId; readonly peer: string }
  /** To be played now, by one window. */
  | { readonly topic: 'app'; readonly type: 'sound'; readonly sound: SoundEvent }
  | { readonly topic: 'app'; readonly type: 'quiet'; readonly quietUntil: number | null }
  | { readonly topic: 'app'; readonly type: 'spelling'; readonly spelling: SpellingState }
  | { readonly topic: 'app'; readonly type: 'closed-to-taskbar' }
  /** What was chosen outside of any window, in the tray say, did not work. */
  | { readonly topic: 'app'; readonly type: 'refused'; readonly error: CallError }
  /** The system hands over a link to somebody, or to a room (T22). */
  | { readonly topic: 'app'; readonly type: 'xmpp-link'; readonly url: string }
  | { readonly topic: 'account'; readonly type: 'account'; readonly state: AccountState }
  | { readonly topic: 'account'; readonly type: 'removed'; readonly account: AccountId }
  /** Its history is another one, or only now there: all that was asked of it is void (R12, R13). */
  | { readonly topic: 'account'; readonly type: 'history-anew'; readonly account: AccountId }
  | {
      readonly topic: 'roster';
      readonly type: 'contact';
      readonly account: AccountId;
      readonly contact: Contact;
    }
  | { readonly topic: 'roster'; readonly type: 'removed'; readonly account: AccountId; readonly jid: string }
  | {
      readonly topic: 'roster';
      readonly type: 'request';
      readonly account: AccountId;
      readonly request: ContactRequest;
    }
  | {
      readonly topic: 'roster';
      readonly type: 'request-gone';
      readonly account: AccountId;
      readonly jid: string;
    }
  /** A subscription was denied or withdrawn by the other side. */
  | { readonly topic: 'roster'; readonly type: 'denied'; readonly account: AccountId; readonly jid: string }
  | {
      readonly topic: 'faces';
      readonly type: 'avatar';
      readonly account: AccountId;
      readonly jid: string;
      readonly hash: string | null;
    }
  | {
      readonly topic: 'faces';
      readonly type: 'own-name';
      readonly account: AccountId;
      readonly name: string | null;
    }
  | RoomEvents
  | FileEvents
  | {
      readonly topic: 'chats';
      readonly type: 'chat';
      readonly account: AccountId;
      readonly chat: Conversation;
    }
  | {
      readonly topic: 'chats';
      readonly type: 'typing';
      readonly account: AccountId;
      readonly peer: string;
      readonly state: TypingState;
    }
  | {
      readonly topic: 'messages';
      readonly type: 'message';
      readonly account: AccountId;
      readonly message: Message;
    }
  /** Rows were added or moved further up (archive), or deleted: what is shown of this conversation is to be read again. */
  | {
      readonly topic: 'messages';
      readonly type: 'filled';
      readonly account: AccountId;
      readonly peer: string;
    }
  /** A conversation is gone from the list. */
  | {
      readonly topic: 'chats';
      readonly type: 'chat-gone';
      readonly account: AccountId;
      readonly peer: string;
    }
  | {
      readonly topic: 'account';
      readonly type: 'history';
      readonly account: AccountId;
      readonly work: HistoryWork;
    }
  | {
      readonly topic: 'account';
      readonly type: 'blocked';
      readonly account: AccountId;
      readonly jids: readonly string[];
    }
  | {
      readonly topic: 'messages';
      readonly type: 'discarded';
      readonly account: AccountId;
      readonly peer: string;
      readonly id: number;
    }
  | {
      readonly topic: 'console';
      readonly type: 'xml';
      readonly account: AccountId;
      readonly entry: XmlEntry;
    };

export type Topic = AppEvent['topic'];

/** An event with the number of the change that it tells; a window drops those not newer than its snapshot. */
export interface NumberedEvent {
  readonly change: number;
  readonly event: AppEvent;
}

/** Events sent together. `batch` counts 1, 2, 3 … for each window: a hole in it means "ask again". */
export interface EventBatch {
  readonly batch: number;
  readonly events: readonly NumberedEvent[];
}
