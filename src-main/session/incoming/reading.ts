import type { ArchivePlace, Amendment, ReadTarget, ServerMessage } from '../../store/store';
import type { JoinedRooms } from '../../xmpp/guards/room';
import type { StanzaError } from '../../xmpp/link';
import type { Delay } from '../../xmpp/xep/0203-delay';
import type { ChatState } from '../../xmpp/xep/0085-chat-states';

/** What a reader has to know of a room. */
export interface RoomView {
  readonly jid: string;
  /** Our own nick. */
  readonly nick: string;
  /** It puts ids on messages, and takes forged ones away (T9). */
  readonly stanzaIds: boolean;
  readonly occupantIds: boolean;
  readonly ownOccupantId: string | null;
  /** It shows everybody's real address. */
  readonly open: boolean;
  /** It is for members alone, too: those in it know each other, and may know who has read what. */
  readonly group: boolean;
  /** Its history is over: what comes now is said now. */
  readonly ready: boolean;
  /** Epoch milliseconds, by the server's clock. */
  readonly now: number;
  /** Who is in it under that nick now; null: nobody. */
  occupant(nick: string): InRoom | null;
}

/** What tells an occupant from others. */
export interface InRoom {
  /** XEP-0421. */
  readonly occupantId: string | null;
  /** Bare JID where the room shows it. */
  readonly jid: string | null;
  /** A name for the stay that he is on, whatever he calls himself in it. */
  readonly stay: string;
}

/** Rooms that this session is in (T10), and those of the account, of which older copies may be. */
export interface RoomsInSession extends JoinedRooms {
  known(room: string): boolean;
  view(room: string): RoomView | null;
}

/** Rooms of an account that nobody is to see. */
export interface HiddenRooms {
  /** Takes leave of every room, before nothing goes out to them any more. */
  hide(): void;
  /** The account is seen as it is now: what was left so is entered again. */
  lookChanged(): void;
}

/** What a stanza's reader has to know of the account. */
export interface Own {
  /** Own bare JID and domain. */
  readonly bare: string;
  readonly domain: string;
  /** The server advertises XEP-0359 for the account (T9). */
  readonly stanzaIds: boolean;
  /** False: no archive will say in which order things were; what waited at the server stands in the order in which it comes. */
  readonly archive?: boolean;
  /** A name for the stream that is up, which no other has. */
  readonly stream?: string;
  readonly rooms?: RoomsInSession;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The same by the server's clock; without it ours counts. */
  readonly serverNow?: number;
  /** That of the user: a text may come in several. */
  readonly language?: string;
}

/** The road on which a message came; the envelope (XEP-0297) has been checked by who opened it. */
export type Way =
  | { readonly by: 'stream' }
  /** T1 was seen to: the stamp is the own server's. */
  | { readonly by: 'carbon'; readonly delay: Delay | null }
  /** T3 was seen to: the entry's id in the own archive, and its time. */
  | { readonly by: 'archive'; readonly place: ArchivePlace };

/** A message as it says of itself; whether it is seen, and whose it is (T31), is for others to say. */
export type ReadMessage = Omit<ServerMessage, 'seen' | 'standing'>;

/** What one `<message/>` is. */
export type Reading =
  | {
      readonly is: 'message';
      readonly message: ReadMessage;
      /** A receipt or marker that came along. */
      readonly amendments: readonly Amendment[];
      /** Full JID to which a receipt goes, and the id that it names; null when none is wanted (XEP-0184). */
      readonly receipt: { readonly to: string; readonly id: string } | null;
    }
  | { readonly is: 'amendments'; readonly amendments: readonly Amendment[] }
  /** Another device of ours has shown everything up to that message (XEP-0333). */
  | { readonly is: 'read-elsewhere'; readonly peer: string; readonly upTo: ReadTarget }
  /** An error for a message of ours with this id (RFC 6120 §8.3). */
  | { readonly is: 'bounce'; readonly peer: string; readonly id: string; readonly error: StanzaError }
  | { readonly is: 'chat-state'; readonly peer: string; readonly state: ChatState }
  /** XEP-0045 §8.1; '' takes it away. */
  | { readonly is: 'room-subject'; readonly room: string; readonly nick: string; readonly subject: string }
  /** Out of an archive: one to a room (XEP-0045 §7.8.2, XEP-0249), or somebody's answer to one of ours. */
  | { readonly is: 'invitation' }
  | { readonly is: 'nothing' };
