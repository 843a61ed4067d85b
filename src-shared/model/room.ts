import type { PresenceKind } from './presence';

/** XEP-0045 §5.2, §5.1. */
export const affiliations = ['owner', 'admin', 'member', 'none', 'outcast'] as const;
export type Affiliation = (typeof affiliations)[number];
export const roles = ['moderator', 'participant', 'visitor', 'none'] as const;
export type Role = (typeof roles)[number];

/** Somebody in a room. */
export interface Occupant {
  readonly nick: string;
  /** Bare JID where the room shows it. */
  readonly jid: string | null;
  readonly role: Role;
  readonly affiliation: Affiliation;
  readonly kind: PresenceKind;
  readonly status: string | null;
  /** What he is there beside that, in the room's words (XEP-0317); absent: nothing. */
  readonly hats?: readonly string[];
}

/** Somebody in a room who has hats there (XEP-0317). */
export interface Wearer {
  /** What his messages may have for author. */
  readonly authors: readonly string[];
  readonly hats: readonly string[];
}

/** Why the room let us go; nobody goes back by himself after these. */
export const roomExits = ['left', 'kicked', 'banned', 'members-only', 'destroyed'] as const;
export type RoomExit = (typeof roomExits)[number];

/** Why the room does not let us in, each with words and a next step. */
export const roomRefusals = [
  'password', // none given, or a wrong one
  'nick-taken',
  'nick-locked', // the room gives its members their nicks
  'members-only',
  'banned',
  'full',
  'registration', // whoever is no member can ask it to become one
  'missing', // there is no such room; it can be made
  'no-creation', // nor may we make one
  'no-service', // nothing at this address has rooms
  'other', // with the server's condition
] as const;
export type RoomRefusal = (typeof roomRefusals)[number];

/**
 * What we are to a room.
 *
 *   out ──join──▶ joining ──own presence──▶ joined ──kicked, banned, destroyed──▶ out (why)
 *    ▲              │  ▲ └─error─▶ refused     │
 *    └──leave───────┘  │                       │
 *                      └─ after a while ── waiting ◀── not in it any more (XEP-0410), room shut down: tried again;
 *                         session resumed              line lost, nobody is to see us: until that is over
 */
export type RoomStatus =
  | {
      readonly is: 'out';
      readonly why: RoomExit;
      /** Whoever did it, and what was said of it. */
      readonly actor: string | null;
      readonly reason: string | null;
      /** XEP-0045 §10.9: where a room that was destroyed goes on. */
      readonly instead: string | null;
    }
  | { readonly is: 'joining' }
  | { readonly is: 'joined' }
  | { readonly is: 'waiting' }
  | {
      readonly is: 'refused';
      readonly why: RoomRefusal;
      readonly condition: string;
      readonly text: string | null;
    };

export interface Room {
  /** Bare JID; with the account it is the key of the room's conversation. */
  readonly jid: string;
  /** As the room calls itself. */
  readonly name: string | null;
  readonly subject: string | null;
  /** As far as the room says, it takes another one from us. */
  readonly canSetSubject: boolean;
  /** What it is about, as its owner says. */
  readonly description: string | null;
  /** Our own. */
  readonly nick: string;
  readonly status: RoomStatus;
  readonly occupants: number;
  /** Our own; `none` while we are not in it. */
  readonly role: Role;
  readonly affiliation: Affiliation;
  /** XEP-0045 §4.2: whether everybody in it sees real addresses. */
  readonly open: boolean;
  /** XEP-0045 §4.2: nobody else gets in. */
  readonly membersOnly: boolean;
  /** XEP-0425: its moderators can take back what others said. */
  readonly moderation?: true;
  /** XEP-0486: its owner can give it a picture. */
  readonly card?: true;
  /** It is in the list of rooms that all devices of the account share (XEP-0402). */
  readonly bookmarked: boolean;
  /** Those of its people who have hats; absent: nobody. */
  readonly wearers?: readonly Wearer[];
  /** Nicks of those who ask to be heard, as long as we may let them (XEP-0045 §8.6). */
  readonly asking: readonly string[];
}

/** A group of those that are invited, hidden from others, or a channel for everybody. */
export const roomKinds = ['group', 'channel'] as const;
export type RoomKind = (typeof roomKinds)[number];
/** What a room is to be. */
export interface RoomPlan {
  readonly kind: RoomKind;
  readonly name: string;
  /** '' for none. */
  readonly description: string;
}
export interface RoomMade {
  readonly room: string;
  /** False: the service made it as it makes rooms, and would not have it otherwise. */
  readonly asPlanned: boolean;
}

/** Somebody wants us in a room. */
export interface Invitation {
  readonly room: string;
  /** As the room says; absent: it does not say, or was not asked. */
  readonly name?: string;
  /** Bare JID, or an occupant's address in the room; null where nobody says. */
  readonly by: string | null;
  /** Whether that is more than the word of a server that nobody here knows. */
  readonly proved: boolean;
  /** By a message of theirs; else the room passed it on, and can tell them that we do not come. */
  readonly direct: boolean;
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What can be shown of rooms that were never joined: the service's own list (XEP-0045 §6.3). */
export interface RoomsState {
  readonly rooms: readonly Room[];
  /** The account's room service, found by XEP-0030; null where there is none, or it is not known yet. */
  readonly service: string | null;
  readonly invitations: readonly Invitation[];
}

/** The room of a conversation with one of its occupants (`room/nick`), and that nick; null: it is none. */
export const privateOf = (peer: string): { readonly room: string; readonly nick: string } | null => {
  const slash = peer.indexOf('/');
  return slash === -1 ? null : { room: peer.slice(0, slash), nick: peer.slice(slash + 1) };
};
