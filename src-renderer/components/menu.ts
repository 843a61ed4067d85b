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
