import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, type Element } from '../element';
import { messageType } from '../xep/6121-message';

const MUC_USER = 'http://jabber.org/protocol/muc#user';

/** Bare JIDs of the rooms that this session is in. */
export interface JoinedRooms {
  has(room: string): boolean;
}

/**
 *   person   a message between two accounts, or of a server: keyed by the bare JID
 *   room     said in a joined room: keyed by the room
 *   private  from one occupant of a joined room, or to one: keyed by room/nick, whoever else has that nick elsewhere
 *   refused  of a room that we are not in
 */
export type MessageScope =
  | { readonly is: 'person' }
  | { readonly is: 'room'; readonly room: string }
  | { readonly is: 'private'; readonly room: string; readonly nick: string }
  | { readonly is: 'refused' };

const refused: MessageScope = { is: 'refused' };

/**
 * T10: whose conversation a message belongs to. What is said in rooms counts only of rooms that we are in (XEP-0045 §7.4): else
 * anybody could be one. A private message (§7.5) has the room's address and a nick that its sender chose: it never goes where
 * a contact's messages are. Invitations (§7.8.2) come from the room itself, and are no private messages.
 */
export const messageScope = (message: Element, joined: JoinedRooms): MessageScope => {
  const outgoing = attr(message, 'to');
  const from = parseJid(attr(message, 'from') ?? '');
  if (messageType(message) === 'groupchat')
    return from && joined.has(from.bare) ? { is: 'room', room: from.bare } : refused;
  const mark = child(message, 'x', MUC_USER);
  const invitation = mark && (child(mark, 'invite', MUC_USER) ?? child(mark, 'decline', MUC_USER));
  // A copy of one of our own names the occupant in `to`.
  const to = outgoing === undefined ? null : parseJid(outgoing);
  const occupant = [from, to].find((one) => one && joined.has(one.bare)) ?? null;
  if (occupant)
    return occupant.resource === null
      ? { is: 'room', room: occupant.bare }
      : { is: 'private', room: occupant.bare, nick: occupant.resource };
  return mark && !invitation ? refused : { is: 'person' };
};

/** Until rooms can be joined, none is: what comes from one is dropped, and stays in the archive for when they can. */
export const noRooms: JoinedRooms = { has: () => false };
