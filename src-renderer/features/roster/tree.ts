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
  /** Who is in it and not in a group in it: those there, those away, those offline, each by name; or all that are shown, by name alone. */
  readonly bands: readonly [Named[], Named[], Named[]];
  /** The one put in last: who is named twice is in it once. */
  member: Named | null;
  /** The one counted last, of everyone in it and in the groups in it: nobody counts twice. */
  counted: Named | null;
  online: number;
  total: number;
  /** How many of them are the administrator's. */
  shared: number;
}

export const separator = '::';
/** Stands in `collapsedGroups` for who is in no group: no group can have this name. */
export const noGroup = `${separator}none`;

const partsOf = (group: string): readonly string[] => {
  const parts = group.split(separator).filter((part) => part.trim() !== '');
  return parts.length > 0 ? parts : [group];
};

type Band = 0 | 1 | 2;
/** There first, then away, then offline; within each by name. */
const bandOf = (kind: PresenceKind): Band =>
  kind === 'offline' || kind === 'invisible' ? 2 : kind === 'away' || kind === 'xa' ? 1 : 0;
/** Making one is dear, and the list is built anew at every change. */
const collators = new Map<string, Intl.Collator>();
const collatorOf = (locale: string): Intl.Collator => {
  const made = collators.get(locale) ?? new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  collators.set(locale, made);
  return made;
};

const newNode = (path: string, name: string): Node => ({
  path,
  name,
  children: new Map(),
  bands: [[], [], []],
  member: null,
  counted: null,
  online: 0,
  total: 0,
  shared: 0,
});
const count = (node: Node, item: Named, band: Band): void => {
  if (node.counted === item) return;
  node.counted = item;
  node.total += 1;
  if (band < 2) node.online += 1;
  if (item.contact.shared) node.shared += 1;
};
const put = (node: Node, item: Named, band: Band): void => {
  if (node.member === item) return;
  node.member = item;
  node.bands[band].push(item);
};

/** Everyone at his place, in one go: this is done at every change, with ten thousand of them. */
const plant = (
  named: readonly Named[],
  placeOf: (band: Band) => Band,
): { readonly root: Node; readonly loose: Node } => {
  const root = newNode('', '');
  const loose = newNode(noGroup, '');
  /** Each group name is taken apart once, however many are in it: the groups that it is in, itself the last. */
  const known = new Map<string, readonly Node[]>();
  const lineOf = (group: string): readonly Node[] => {
    let node = root;
    const parts = partsOf(group);
    const line = parts.map((part, depth) => {
      const path = parts.slice(0, depth + 1).join(separator);
      const child = node.children.get(part) ?? newNode(path, part);
      node.children.set(part, child);
      node = child;
      return child;
    });
    known.set(group, line);
    return line;
  };
  for (const item of named) {
    const { groups, presence } = item.contact;
    const band = bandOf(presence.kind);
    const lines = groups.length === 0 ? [[loose]] : groups.map((group) => known.get(group) ?? lineOf(group));
    for (const line of lines) {
      for (const node of line) count(node, item, band);
      const own = line.at(-1);
      if (own) put(own, item, placeOf(band));
    }
  }
  return { root, loose };
};
const shownIn = ({ bands }: Node, showOffline: boolean): readonly Named[] =>
  showOffline ? bands.flat() : [...bands[0], ...bands[1]];

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
    /** Not by presence first. */
    readonly byName: boolean;
    readonly looseName: string;
    readonly locale: string;
  },
  before: readonly TreeRow[] = [],
): readonly TreeRow[] => {
  const { collapsed, showOffline } = options;
  const always = showOffline || options.showEmpty;
  const collator = collatorOf(options.locale);
  const rows: TreeRow[] = [];
  const { root, loose } = plant(named, (band) => (options.byName && (showOffline || band < 2) ? 0 : band));

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

  const putGroup = (
    { path, online, total, shared }: Node,
    name: string,
    at: { readonly level: number; readonly pos: number; readonly size: number },
  ): boolean => {
    const open = !collapsed.has(path);
    rows.push({
      kind: 'group',
      key: path,
      path,
      name,
      ...at,
      open,
      online,
      total,
      shared: total > 0 && shared === total,
    });
    return open;
  };
  const shownGroups = (node: Node): readonly Node[] =>
    [...node.children.values()]
      .filter(({ online }) => always || online > 0)
      .sort((a, b) => collator.compare(a.name, b.name));
  const putGroups = (
    groups: readonly Node[],
    { level, size }: { readonly level: number; readonly size: number },
  ): void => {
    groups.forEach((node, index) => {
      if (!putGroup(node, node.name, { level, pos: index + 1, size })) return;
      const inner = shownGroups(node);
      const members = shownIn(node, showOffline);
      const within = { level: level + 1, size: inner.length + members.length };
      putGroups(inner, within);
      putContacts(members, { path: node.path, before: inner.length, ...within });
    });
  };

  const groups = shownGroups(root);
  const looseShown = shownIn(loose, showOffline);
  if (groups.length === 0) {
    putContacts(looseShown, { path: noGroup, level: 1, before: 0, size: looseShown.length });
    return rows;
  }
  const showLoose = looseShown.length > 0 || (options.showEmpty && loose.total > 0);
  const size = groups.length + (showLoose ? 1 : 0);
  putGroups(groups, { level: 1, size });
  if (showLoose && putGroup(loose, options.looseName, { level: 1, pos: size, size }))
    putContacts(looseShown, { path: noGroup, level: 2, before: 0, size: looseShown.length });
  return rows;
};

/** The contacts that a query finds, whatever group they are in: names that begin with it first, then words, then the rest. */
export const findContacts = (named: readonly Named[], words: readonly string[]): readonly ContactRow[] => {
  const byScore = new Map<number, Named[]>();
  for (const one of named) {
    const score = scoreOf(one.words.haystack, words, { fuzzy: false });
    if (score === 0) continue;
    const equals = byScore.get(score);
    if (equals) equals.push(one);
    else byScore.set(score, [one]);
  }
  const sorted = [...byScore].sort(([a], [b]) => b - a).flatMap(([, equals]) => equals);
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
