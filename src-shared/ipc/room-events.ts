import type { AccountId } from '../model/account';
import type { Occupant, Room } from '../model/room';

/** What main tells of rooms; who is in one under a topic of its own (`occupants:PEER`). */
export type RoomEventOf =
  | { readonly topic: 'rooms'; readonly type: 'room'; readonly account: AccountId; readonly room: Room }
  | { readonly topic: 'rooms'; readonly type: 'room-gone'; readonly account: AccountId; readonly jid: string }
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
