import type { Affiliation, Occupant, Role } from './room';

/** What can be done with somebody in a room (XEP-0045 §8, §9, §10). */
export const roomActs = [
  'voice',
  'no-voice',
  'moderator',
  'no-moderator',
  'member',
  'no-member',
  'admin',
  'no-admin',
  'owner',
  'no-owner',
  'kick',
  'ban',
] as const;
export type RoomAct = (typeof roomActs)[number];

/** What each act makes of somebody: a role by the nick, for this visit, or an affiliation by the address, for good. */
export const actOf = (act: RoomAct): { readonly role: Role } | { readonly affiliation: Affiliation } => {
  switch (act) {
    case 'voice':
    case 'no-moderator':
      return { role: 'participant' };
    case 'no-voice':
      return { role: 'visitor' };
    case 'moderator':
      return { role: 'moderator' };
    case 'kick':
      return { role: 'none' };
    case 'ban':
      return { affiliation: 'outcast' };
    case 'member':
    case 'no-admin':
      return { affiliation: 'member' };
    case 'no-member':
      return { affiliation: 'none' };
    case 'admin':
    case 'no-owner':
      return { affiliation: 'admin' };
    case 'owner':
      return { affiliation: 'owner' };
  }
};

const rank: Readonly<Record<Affiliation, number>> = { outcast: 0, none: 1, member: 2, admin: 3, owner: 4 };
export interface Standing {
  readonly role: Role;
  readonly affiliation: Affiliation;
}

/** §5.1.1, §5.2.1: whether a service lets us; what it would refuse is not offered. */
export const mayAct = (
  own: Standing,
  { role, affiliation, jid }: Pick<Occupant, 'role' | 'affiliation' | 'jid'>,
  act: RoomAct,
): boolean => {
  const isOwner = own.affiliation === 'owner';
  const isAdmin = isOwner || own.affiliation === 'admin';
  // Nobody takes anything for a visit from those who run the room, nor from whoever stands higher than oneself.
  const isBelow = rank[affiliation] < rank.admin && rank[affiliation] <= rank[own.affiliation];
  const moderates = own.role === 'moderator' && isBelow;
  switch (act) {
    case 'voice':
      return moderates && role === 'visitor';
    case 'no-voice':
      return moderates && role === 'participant';
    case 'kick':
      return moderates && role !== 'none' && (role !== 'moderator' || isAdmin);
    case 'moderator':
      return isAdmin && moderates && (role === 'participant' || role === 'visitor');
    case 'no-moderator':
      return isAdmin && moderates && role === 'moderator';
    case 'ban':
      return (
        jid !== null && isAdmin && affiliation !== 'outcast' && rank[affiliation] < rank[own.affiliation]
      );
    case 'member':
      return jid !== null && isAdmin && affiliation === 'none';
    case 'no-member':
      return jid !== null && isAdmin && affiliation === 'member';
    case 'admin':
      return jid !== null && isOwner && (affiliation === 'none' || affiliation === 'member');
    case 'no-admin':
      return jid !== null && isOwner && affiliation === 'admin';
    case 'owner':
      return jid !== null && isOwner && affiliation !== 'owner' && affiliation !== 'outcast';
    case 'no-owner':
      return jid !== null && isOwner && affiliation === 'owner';
  }
};

export const affiliationLists = ['member', 'admin', 'owner', 'outcast'] as const;
export type AffiliationList = (typeof affiliationLists)[number];
/** §9.5, §10.5: whose lists one may change; an admin only those below. */
export const mayEdit = (own: Affiliation, list: AffiliationList): boolean =>
  own === 'owner' || (own === 'admin' && (list === 'member' || list === 'outcast'));

export interface AffiliationEntry {
  /** Bare JID, or the domain of everybody there. */
  readonly jid: string;
  readonly reason: string | null;
}
