import { fold } from '../../components/fold';
import { scoreOf } from '../../components/match';
import type { Occupant } from '../../../src-shared/model/room';
import type { KnownNick } from './nick-order';

/** Where somebody stands in the list: by affiliation first, then by what he may do. */
export const groups = ['owner', 'admin', 'moderator', 'member', 'none', 'visitor'] as const;
export type OccupantGroup = (typeof groups)[number];
export type OccupantRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: OccupantGroup; readonly count: number }
  | { readonly kind: 'person'; readonly key: string; readonly occupant: Occupant };

const groupOf = ({ affiliation, role }: Occupant): OccupantGroup => {
  if (affiliation === 'owner' || affiliation === 'admin') return affiliation;
  if (role === 'moderator') return 'moderator';
  if (affiliation === 'member') return 'member';
  return role === 'visitor' ? 'visitor' : 'none';
};
const personRow = (occupant: Occupant, before: OccupantRow | undefined): OccupantRow =>
  before?.kind === 'person' && before.occupant === occupant
    ? before
    : { kind: 'person', key: `nick ${occupant.nick}`, occupant };

/**
 * Everybody who is found, grouped, each group in the order in which the nicks are given.
 *
 * @param words of the query, folded
 * @param before the rows as they were: one that is still the same at its place is the same object, and is not drawn again
 */
export const occupantRows = (
  nicks: readonly KnownNick[],
  occupants: ReadonlyMap<string, Occupant>,
  words: readonly string[],
  before: readonly OccupantRow[] = [],
): readonly OccupantRow[] => {
  const byGroup = new Map<OccupantGroup, Occupant[]>();
  for (const { name, folded, initials } of nicks) {
    const occupant = occupants.get(name);
    if (!occupant) continue;
    if (words.length > 0) {
      const text = `${folded}\n${fold(occupant.jid ?? '')}`;
      if (scoreOf({ folded: text, initials }, words, { fuzzy: false }) === 0) continue;
    }
    const group = groupOf(occupant);
    const list = byGroup.get(group);
    if (list) list.push(occupant);
    else byGroup.set(group, [occupant]);
  }
  const rows: OccupantRow[] = [];
  for (const group of groups) {
    const list = byGroup.get(group);
    if (!list) continue;
    rows.push({ kind: 'group', key: `group ${group}`, group, count: list.length });
    for (const occupant of list) rows.push(personRow(occupant, before[rows.length]));
  }
  return rows;
};
