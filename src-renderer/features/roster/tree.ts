import type { Contact } from '../../../src-shared/model/contact';
import type { PresenceKind } from '../../../src-shared/model/presence';
import { scoreOf } from '../../components/match';
import type { Named } from './names';

export interface GroupRow {
  readonly kind: 'group';
  readonly key: string;
  /** The whole group name, parts joined by `::`; the empty one holds who is in no group. */
  readonly path: string;
  readonly name: string;
  readonly level: number;
  readonly pos: number;
  readonly size: number;
  readonly open: boolean;
  readonly online: number;
  readonly total: number;
  /** Every contact in it is the administrator's. */
  readonly shared: boolean;
}
export interface ContactRow {
  readonly kind: 'contact';
  readonly key: string;
  readonly contact: Contact;
  readonly name: string;
  readonly level: number;
  readonly pos: number;
  readonly size: number;
}
export type TreeRow = GroupRow | ContactRow;

interface Node {
  readonly path: string;
  readonly name: string;
  readonly children: Map<string, Node>;
  readonly members: Named[];
}
interface Counts {
  readonly online: number;
  readonly total: number;
  readonly shared: boolean;
  readonly visible: boolean;
}

export const separator = '::';
/** Stands in `collapsedGroups` for who is in no group: no group can have this name. */
export const noGroup = `${separator}none`;

const partsOf = (group: string): readonly string[] => {
  const parts = group.split(separator).filter((part) => part.trim() !== '');
  return parts.length > 0 ? parts : [group];
};

/** There first, then away, then offline; within each by name. */
const bandOf = (kind: PresenceKind): 0 | 1 | 2 =>
  kind === 'offline' || kind === 'invisible' ? 2 : kind === 'away' || kind === 'xa' ? 1 : 0;
const isOnline = (named: Named): boolean => bandOf(named.contact.presence.kind) < 2;

const byPresence = (members: readonly Named[], showOffline: boolean): readonly Named[] => {
  const bands: [Named[], Named[], Named[]] = [[], [], []];
  for (const named of members) bands[bandOf(named.contact.presence.kind)].push(named);
  return showOffline ? bands.flat() : [...bands[0], ...bands[1]];
};

/** Making one is dear, and the list is built anew at every change. */
const collators = new Map<string, Intl.Collator>();
const collatorOf = (locale: string): Intl.Collator => {
  const made = collators.get(locale) ?? new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  collators.set(locale, made);
  return made;
};

const newNode = (path: string, name: string): Node => ({ path, name, children: new Map(), members: [] });

const plant = (named: readonly Named[]): { readonly root: Node; readonly loose: Named[] } => {
  const root = newNode('', '');
  const loose: Named[] = [];
  /** Each group name is taken apart once, however many are in it. */
  const known = new Map<string, Node>();
  const nodeOf = (group: string): Node => {
    let node = root;
    const parts = partsOf(group);
    parts.forEach((part, depth) => {
      const path = parts.slice(0, depth + 1).join(separator);
      const child = node.children.get(part) ?? newNode(path, part);
      node.children.set(part, child);
      node = child;
    });
    known.set(group, node);
    return node;
  };
  for (const item of named) {
    if (item.contact.groups.length === 0) loose.push(item);
    for (const group of item.contact.groups) {
      const node = known.get(group) ?? nodeOf(group);
      if (node.members.at(-1) !== item) node.members.push(item);
    }
  }
  return { root, loose };
};

/** Everyone in a group and the groups in it, once each. */
const gather = (node: Node): readonly Named[] =>
  // Most groups have none in them, and nobody is twice in one.
  node.children.size === 0
    ? node.members
    : [...new Set([...node.members, ...[...node.children.values()].flatMap(gather)])];
const countsOf = (members: readonly Named[], always: boolean): Counts => {
  let online = 0;
  let shared = members.length > 0;
  for (const item of members) {
    if (isOnline(item)) online += 1;
    shared &&= item.contact.shared;
  }
  return { online, total: members.length, shared, visible: always || online > 0 };
};

/**
 * The contact list as rows, top to bottom: groups (nested by `::`) with their counts, inside them sub-groups,
 * then contacts. `named` is in the order of names. Groups in which nobody is shown are left out, unless `showEmpty` keeps them.
 *
 * @param before the rows as they were: one that is still the same at its place is the same object, and is not drawn again
 */
export const buildTree = (
  named: readonly Named[],
  options: {
    readonly collapsed: ReadonlySet<string>;
    readonly showOffline: boolean;
    readonly showEmpty: boolean;
    readonly looseName: string;
    readonly locale: string;
  },
  before: readonly TreeRow[] = [],
): readonly TreeRow[] => {
  const { collapsed, showOffline } = options;
  const always = showOffline || options.showEmpty;
  const collator = collatorOf(options.locale);
  const rows: TreeRow[] = [];
  const { root, loose } = plant(named);

  const putContacts = (
    members: readonly Named[],
    at: { readonly path: string; readonly level: number; readonly before: number; readonly size: number },
  ): void => {
    const { path, level, size } = at;
    members.forEach(({ contact, name }, index) => {
      const pos = at.before + index + 1;
      const old = before[rows.length];
      const isSame =
        old?.kind === 'contact' &&
        old.contact === contact &&
        old.name === name &&
        old.pos === pos &&
        old.level === level &&
        old.size === size &&
        old.key.length === path.length + contact.jid.length + 1 &&
        old.key.startsWith(path);
      rows.push(
        isSame ? old : { kind: 'contact', key: `${path}/${contact.jid}`, contact, name, level, pos, size },
      );
    });
  };

  const shownGroups = (node: Node): readonly { readonly node: Node; readonly counts: Counts }[] =>
    [...node.children.values()]
      .map((child) => ({
        node: child,
        counts: countsOf(gather(child), always),
      }))
      .filter(({ counts }) => counts.visible)
      .sort((a, b) => collator.compare(a.node.name, b.node.name));

  const putGroups = (
    groups: ReturnType<typeof shownGroups>,
    at: { readonly level: number; readonly size: number },
  ): void => {
    groups.forEach(({ node, counts }, index) => {
      const open = !collapsed.has(node.path);
      const { online, total, shared } = counts;
      rows.push({
        kind: 'group',
        key: node.path,
        path: node.path,
        name: node.name,
        level: at.level,
        pos: index + 1,
        size: at.size,
        open,
        online,
        total,
        shared,
      });
      if (!open) return;
      const inner = shownGroups(node);
      const members = byPresence(node.members, showOffline);
      const size = inner.length + members.length;
      putGroups(inner, { level: at.level + 1, size });
      putContacts(members, { path: node.path, level: at.level + 1, before: inner.length, size });
    });
  };

  const groups = shownGroups(root);
  const looseShown = byPresence(loose, showOffline);
  if (groups.length === 0) {
    putContacts(looseShown, { path: noGroup, level: 1, before: 0, size: looseShown.length });
    return rows;
  }
  const showLoose = looseShown.length > 0 || (options.showEmpty && loose.length > 0);
  const size = groups.length + (showLoose ? 1 : 0);
  putGroups(groups, { level: 1, size });
  if (showLoose) {
    const open = !collapsed.has(noGroup);
    const { online, total, shared } = countsOf(loose, always);
    rows.push({
      kind: 'group',
      key: noGroup,
      path: noGroup,
      name: options.looseName,
      level: 1,
      pos: size,
      size,
      open,
      online,
      total,
      shared,
    });
    if (open) putContacts(looseShown, { path: noGroup, level: 2, before: 0, size: looseShown.length });
  }
  return rows;
};

/** The contacts that a query finds, whatever group they are in: names that begin with it first, then words, then the rest. */
export const findContacts = (named: readonly Named[], words: readonly string[]): readonly ContactRow[] => {
  const sorted = named
    .map((one) => ({ ...one, score: scoreOf(one.words.haystack, words, { fuzzy: false }) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return sorted.map(({ contact, name }, index) => ({
    kind: 'contact',
    key: contact.jid,
    contact,
    name,
    level: 1,
    pos: index + 1,
    size: sorted.length,
  }));
};
