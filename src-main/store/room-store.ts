/** What the session layer sees of the store as far as rooms go. */
import type { InvitationRow } from './invitation-row';
import type { Message, RoomEvent } from '../../src-shared/model/conversation';
import type { RoomStatus } from '../../src-shared/model/room';

/** A room of the account: one that we are in, want to be in, or were in. */
export interface RoomRow {
  readonly jid: string;
  readonly nick: string;
  readonly name: string | null;
  readonly subject: string | null;
  readonly password: string | null;
  /** Joined again at sign-in. */
  readonly wanted: boolean;
  /** Why we are not in it, where the room ended it. */
  readonly exit: Extract<RoomStatus, { is: 'out' }> | null;
  /** What kind of room it was when it was last asked; before that neither. */
  readonly open: boolean;
  readonly membersOnly: boolean;
}

/** A conversation with one occupant of a room, and who that was (see roomAuthor). */
export interface Companion {
  readonly peer: string;
  readonly whom: string;
}

export interface RoomStore {
  rooms(): Promise<readonly RoomRow[]>;
  putRoom(row: RoomRow): Promise<void>;
  removeRoom(jid: string): Promise<void>;
  /** Invitations that wait for an answer, the oldest first; one for each room. */
  invitations(): Promise<readonly InvitationRow[]>;
  putInvitation(row: InvitationRow): Promise<void>;
  removeInvitation(room: string): Promise<void>;
  /** Epoch milliseconds of the last word there that is here, without ours that the room has not said; null: none. */
  heardUpTo(peer: string): Promise<number | null>;
  /** What happened in a room: a row at the end of its log, which is neither unread nor the last thing said. */
  addRoomEvent(
    peer: string,
    event: RoomEvent,
    nick: string,
    body: string,
    at: number,
    author?: string,
  ): Promise<Message>;
  /** Whom each of those in rooms that we talk to alone was, as far as it was known the last time. */
  companions(): Promise<readonly Companion[]>;
}
