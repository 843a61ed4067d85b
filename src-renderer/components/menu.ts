import type { Component } from 'vue';
import type { PresenceKind } from '../../src-shared/model/presence';

/** One line of a menu; both menu components draw the same ones. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'caption'; readonly text: string }
  | {
      readonly kind: 'item';
      readonly key: string;
      readonly text: string;
      readonly icon?: Component;
      readonly presence?: PresenceKind;
      /** Makes it one of several to choose from. */
      readonly checked?: boolean;
      /** On or off by itself, not one of several. */
      readonly toggle?: boolean;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly keys?: string;
      /** Said at its end, where others have their keys. */
      readonly aside?: string;
      readonly run: () => void;
    };

export type MenuItem = Extract<MenuEntry, { kind: 'item' }>;

/** Lines as they are drawn: those of which one is chosen stand together, so that a reader hears the place of each among them. */
export type MenuBlock<Entry extends MenuNode> =
  | { readonly kind: 'line'; readonly entry: Entry }
  | { readonly kind: 'choices'; readonly chosen: string; readonly entries: readonly MenuItem[] };
export const blocksOf = <Entry extends MenuNode>(entries: readonly Entry[]): readonly MenuBlock<Entry>[] => {
  const blocks: MenuBlock<Entry>[] = [];
  for (const entry of entries) {
    const last = blocks.at(-1);
    if (entry.kind !== 'item' || entry.toggle || entry.checked === undefined)
      blocks.push({ kind: 'line', entry });
    else if (last?.kind === 'choices')
      blocks[blocks.length - 1] = {
        kind: 'choices',
        chosen: entry.checked ? entry.key : last.chosen,
        entries: [...last.entries, entry],
      };
    else blocks.push({ kind: 'choices', chosen: entry.checked ? entry.key : '', entries: [entry] });
  }
  return blocks;
};

/** A line of a context menu: further ones may open beside it. */
export type MenuNode =
  | MenuEntry
  | {
      readonly kind: 'sub';
      readonly key: string;
      readonly text: string;
      readonly icon?: Component;
      readonly entries: readonly MenuNode[];
    };
