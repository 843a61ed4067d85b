import type { Contact } from '../../../src-shared/model/contact';
import type { Placed } from '../../stores/ui';
import { noGroup, separator, type ContactRow, type TreeRow } from './tree';

/** The group that a row of the tree stands in, or is; null among what a search found, where there are none. */
export const groupOf = (row: TreeRow): string | null => {
  if (row.kind === 'group') return row.path;
  return row.key === row.contact.jid ? null : row.key.slice(0, -row.contact.jid.length - 1);
};
export const placedOf = (row: ContactRow): Placed => ({ jid: row.contact.jid, from: groupOf(row) });

/**
 * A contact's groups after it was put into another: out of the ones that it is moved from (all of them where nobody said which),
 * into the new one; with `copy` only the latter. Into "No group" takes it out of those. Null when nothing would change.
 */
export const groupsAfter = (
  groups: readonly string[],
  from: ReadonlySet<string | null>,
  to: string,
  copy: boolean,
): readonly string[] | null => {
  const stays = (group: string): boolean => copy || !(from.has(null) || from.has(group)) || group === to;
  const left = groups.filter(stays);
  const after = to === noGroup || left.includes(to) ? left : [...left, to];
  return after.length === groups.length && after.every((group) => groups.includes(group)) ? null : after;
};

export interface Regrouped {
  readonly contact: Contact;
  readonly groups: readonly string[];
}

/** What is to be changed so that these are in another group; those that the administrator keeps stay where they are. */
export const regroup = (
  placed: readonly Placed[],
  find: (jid: string) => Contact | null,
  to: string,
  copy: boolean,
): readonly Regrouped[] => {
  const from = new Map<string, Set<string | null>>();
  for (const { jid, from: group } of placed) from.set(jid, (from.get(jid) ?? new Set()).add(group));
  return [...from].flatMap(([jid, of]) => {
    const contact = find(jid);
    if (!contact || contact.shared) return [];
    const groups = groupsAfter(contact.groups, of, to, copy);
    return groups ? [{ contact, groups }] : [];
  });
};

const isWithin = (group: string, path: string): boolean =>
  group === path || group.startsWith(path + separator);
/** Everybody in a group, or in one inside it. */
export const peopleIn = (contacts: Iterable<Contact>, path: string): readonly Contact[] =>
  [...contacts].filter(({ groups }) =>
    path === noGroup ? groups.length === 0 : groups.some((group) => isWithin(group, path)),
  );
/** What is to be changed so that a group, with those inside it, is no more; the administrator's contacts stay where they are. */
export const dissolved = (contacts: Iterable<Contact>, path: string): readonly Regrouped[] =>
  peopleIn(contacts, path)
    .filter(({ shared }) => !shared)
    .map((contact) => ({ contact, groups: contact.groups.filter((group) => !isWithin(group, path)) }));
