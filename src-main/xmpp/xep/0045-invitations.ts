/** Invitations that a room passes on, XEP-0045 §7.8.2. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, childText, xml, type Element } from '../element';
import { MUC_USER } from './0045-muc';

export interface MediatedInvitation {
  readonly room: string;
  /** Who invites, as the room says: a bare JID, or the address of an occupant of it. */
  readonly by: string | null;
  readonly reason: string | null;
  readonly password: string | null;
}

const reasonOf = (reason: string | null): Element | null => (reason ? xml('reason', {}, reason) : null);

/** The room is asked to invite somebody. */
export const mediatedInvitation = (room: string, id: string, to: string, reason: string | null): Element =>
  xml('message', { to: room, id }, xml('x', { xmlns: MUC_USER }, xml('invite', { to }, reasonOf(reason))));

/** Whoever has invited us learns by the room that we do not come. */
export const declineInvitation = (room: string, id: string, to: string): Element =>
  xml('message', { to: room, id }, xml('x', { xmlns: MUC_USER }, xml('decline', { to })));

const personOf = (element: Element, room: string): string | null => {
  const from = parseJid(attr(element, 'from') ?? '');
  if (!from) return null;
  return from.bare === room && from.resource !== null ? `${room}/${from.resource}` : from.bare;
};

/** Null where the message is no invitation of the room that it comes from. */
export const parseMediatedInvitation = (message: Element): MediatedInvitation | null => {
  const from = parseJid(attr(message, 'from') ?? '');
  const x = child(message, 'x', MUC_USER);
  const invite = x && child(x, 'invite', MUC_USER);
  if (!x || !invite || !from || from.local === null || from.resource !== null) return null;
  return {
    room: from.bare,
    by: personOf(invite, from.bare),
    reason: childText(invite, 'reason', MUC_USER) || null,
    password: childText(x, 'password', MUC_USER) || null,
  };
};

/** Somebody whom we invited does not come. */
export const parseDecline = (
  message: Element,
): { readonly room: string; readonly by: string; readonly reason: string | null } | null => {
  const from = parseJid(attr(message, 'from') ?? '');
  const x = child(message, 'x', MUC_USER);
  const decline = x && child(x, 'decline', MUC_USER);
  const by = decline && from && personOf(decline, from.bare);
  if (!from || !decline || !by) return null;
  return { room: from.bare, by, reason: childText(decline, 'reason', MUC_USER) || null };
};
