/** Direct invitations to rooms, XEP-0249: from one person to another, the room does not know of them. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, xml, type Element } from '../element';

export const DIRECT_INVITATION = 'jabber:x:conference';

export interface DirectInvitation {
  readonly room: string;
  readonly reason: string | null;
  readonly password: string | null;
}

/** §2: `to` is invited by ourselves. */
export const directInvitation = (to: string, id: string, invitation: DirectInvitation): Element =>
  xml(
    'message',
    { to, id },
    xml('x', {
      xmlns: DIRECT_INVITATION,
      jid: invitation.room,
      reason: invitation.reason ?? undefined,
      password: invitation.password ?? undefined,
    }),
  );

/** Null where the message invites nobody, or to what is no room's address. */
export const parseDirectInvitation = (message: Element): DirectInvitation | null => {
  const x = child(message, 'x', DIRECT_INVITATION);
  const room = parseJid((x && attr(x, 'jid')) ?? '');
  if (!x || !room || room.local === null) return null;
  return { room: room.bare, reason: attr(x, 'reason') || null, password: attr(x, 'password') || null };
};
