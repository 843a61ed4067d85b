import type dbus from 'dbus-next';

/** One entry of a tray menu, as com.canonical.dbusmenu tells it. */
export interface MenuEntry {
  readonly id: number;
  /** Without the underscores that mark access keys. */
  readonly label: string;
  readonly type: 'standard' | 'separator' | 'checkmark' | 'radio' | 'submenu';
  readonly ticked: boolean;
  readonly enabled: boolean;
  readonly children: readonly MenuEntry[];
}

type Properties = Readonly<Record<string, dbus.Variant>>;

/** @param node a (ia{sv}av) structure out of GetLayout */
export function readLayout(node: unknown): MenuEntry {
  const [id, properties, children] = node as [number, Properties, readonly dbus.Variant[]];
  const value = (key: string): unknown => properties[key]?.value;
  const label = value('label');
  return {
    id,
    label: typeof label === 'string' ? label.replace(/_(.)/g, '$1') : '',
    type: entryType(value),
    ticked: value('toggle-state') === 1,
    enabled: value('enabled') !== false,
    children: children
      .map((child) => child.value as unknown)
      .filter(isVisible)
      .map(readLayout),
  };
}

function entryType(value: (key: string) => unknown): MenuEntry['type'] {
  if (value('type') === 'separator') return 'separator';
  if (value('children-display') === 'submenu') return 'submenu';
  const toggle = value('toggle-type');
  return toggle === 'checkmark' || toggle === 'radio' ? toggle : 'standard';
}

function isVisible(node: unknown): boolean {
  const [, properties] = node as [number, Properties];
  return properties['visible']?.value !== false;
}

/**
 * @param path a label at whatever depth, or the labels from the top down
 * @throws Error naming the entries that there are
 */
export function findEntry(entries: readonly MenuEntry[], path: string | readonly string[]): MenuEntry {
  const found = typeof path === 'string' ? anywhere(entries, path) : down(entries, path);
  if (!found) throw new Error(`no menu entry ${JSON.stringify(path)} among ${outline(entries)}`);
  if (!found.enabled) throw new Error(`the menu entry ${JSON.stringify(path)} is greyed out`);
  return found;
}

function anywhere(entries: readonly MenuEntry[], label: string): MenuEntry | undefined {
  const here = entries.find((entry) => entry.label === label);
  if (here) return here;
  for (const entry of entries) {
    const below = anywhere(entry.children, label);
    if (below) return below;
  }
  return undefined;
}

function down(entries: readonly MenuEntry[], path: readonly string[]): MenuEntry | undefined {
  const [label, ...rest] = path;
  const entry = entries.find((candidate) => candidate.label === label);
  return entry && rest.length > 0 ? down(entry.children, rest) : entry;
}

function outline(entries: readonly MenuEntry[]): string {
  return JSON.stringify(
    entries.map((entry) =>
      entry.children.length > 0 ? [entry.label, outline(entry.children)] : entry.label,
    ),
  );
}
