import type { RoomKind } from '../../src-shared/model/room';

/** What a room's stanza has to know of it. */
export interface Audience {
  /** Who is in it. */
  readonly nicks: ReadonlySet<string>;
  /** In a group all may know who has read what (XEP-0333 §5.3). */
  readonly kind: RoomKind;
  /** Whether the app of one of them is known to do without this. */
  lacks(feature: string): boolean;
}

/** What the outbox has to know of rooms. */
export interface RoomGate {
  /** The room that a conversation is, or is in; null: none. */
  roomOf(peer: string): string | null;
  isReady(room: string): boolean;
  /** Why nothing can be said there before the user goes in again, as the room would put it (a stanza error); null: it can be yet. */
  endOf(room: string): string | null;
  audience(room: string): Audience;
  /** Whether the app of one of those in it is known to do without this. */
  lacksIn(peer: string, feature: string): boolean;
  /** Somebody else has the nick of a conversation in a room than the one for whom something was written there. */
  isAnother(peer: string, whom: string): boolean;
  /** The room's word should have come: is it still there? */
  doubt(room: string): void;
  /** The room says that we are not in it. */
  lost(room: string): void;
}
