/** An invitation to a room that waits for an answer. */
export interface InvitationRow {
  readonly room: string;
  /** Bare JID, or an occupant's address in the room; null where the room does not say. */
  readonly by: string | null;
  /** By a message of theirs (XEP-0249), else passed on by the room (XEP-0045 §7.8.2). */
  readonly direct: boolean;
  readonly reason: string | null;
  readonly password: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
