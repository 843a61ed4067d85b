/** A service with rooms. */
export interface RoomService {
  readonly jid: string;
  readonly name: string | null;
}

/** A room as its service lists it (XEP-0045 §6.3). */
export interface ListedRoom {
  readonly jid: string;
  readonly name: string | null;
}
export interface RoomListing {
  readonly rooms: readonly ListedRoom[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** What a room tells those who are not in it (XEP-0045 §6.4): text to show, nothing to trust. */
export interface RoomAbout {
  readonly name: string | null;
  readonly description: string | null;
  /** Null where it does not say. */
  readonly occupants: number | null;
  readonly membersOnly: boolean;
  readonly password: boolean;
}
