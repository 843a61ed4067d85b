import { fold, wordsOf } from '../../components/fold';
import type { Occupant } from '../../../src-shared/model/room';

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

/** Everybody who is found, grouped, each group by name. */
export const occupantRows = (
  occupants: Iterable<Occupant>,
  query: string,
  collator: Intl.Collator,
): readonly OccupantRow[] => {
  const words = wordsOf(query);
  const byGroup = new Map<OccupantGroup, Occupant[]>();
  for (const occupant of occupants) {
    const text = fold(`${occupant.nick} ${occupant.jid ?? ''}`);
    if (!words.every((word) => text.includes(word))) continue;
    const group = groupOf(occupant);
    const list = byGroup.get(group);
    if (list) list.push(occupant);
    else byGroup.set(group, [occupant]);
  }
  return groups.flatMap((group): readonly OccupantRow[] => {
    const list = byGroup.get(group);
    if (!list) return [];
    list.sort((a, b) => collator.compare(a.nick, b.nick));
    return [
      { kind: 'group', key: `group ${group}`, group, count: list.length },
      ...list.map((occupant) => ({ kind: 'person', key: `nick ${occupant.nick}`, occupant }) as const),
    ];
  });
};
