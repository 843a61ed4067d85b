import {
  Ban,
  ChevronsDownUp,
  ChevronsUpDown,
  FolderInput,
  FolderMinus,
  FolderPen,
  UserMinus,
  UserPlus,
  UsersRound,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { TextKey } from '../../../src-shared/i18n';
import type { MenuEntry } from '../../components/menu';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import { useUi, type Placed } from '../../stores/ui';
import { peopleIn } from '../roster/move';
import { noGroup, type GroupRow } from '../roster/tree';
import { keyWords } from '../shell/shortcut-list';

/** So many can be asked into a room at once. */
const most = 200;

/** What can be done with a group, or with several contacts at once, as menu entries. */
export const useGroupMenu = (): {
  /** For several contacts at once. */
  readonly manyMenu: (placed: readonly Placed[]) => readonly MenuEntry[];
  readonly groupMenu: (
    row: GroupRow,
    setOpen: (open: boolean) => void,
    rename: () => void,
  ) => readonly MenuEntry[];
} => {
  const app = useApp();
  const roster = useRoster();
  const session = useSession();
  const blocked = useBlocked();
  const ui = useUi();
  const { t } = useI18n();

  /** A conversation with those who are chosen, or in a group. */
  const talking = (jids: readonly string[]): MenuEntry => {
    const people = [...new Set(jids)].filter((jid) => !blocked.has(jid));
    return {
      kind: 'item',
      key: 'talk',
      text: t('room.create-with'),
      icon: UsersRound,
      disabled: !session.online || people.length === 0 || people.length > most,
      run: () => {
        ui.roomDialog = { kind: 'group', jid: '', people };
      },
    };
  };
  const manyMenu = (placed: readonly Placed[]): readonly MenuEntry[] => {
    const disabled = !session.online;
    const changeable = placed.filter(({ jid }) => roster.contact(jid)?.shared === false);
    const entry = (
      kind: 'move' | 'remove-many' | 'block-many',
      text: TextKey,
      icon: Component,
      which: readonly Placed[],
    ): MenuEntry => ({
      kind: 'item',
      key: kind,
      text: t(text),
      icon,
      disabled,
      danger: kind !== 'move',
      run: () => {
        ui.dialog = { kind, placed: which };
      },
    });
    return [
      { kind: 'caption', text: t('roster.selected', { count: placed.length }) },
      talking(placed.map(({ jid }) => jid)),
      ...(changeable.length > 0
        ? [
            entry('move', 'roster.move', FolderInput, changeable),
            entry('remove-many', 'roster.remove', UserMinus, changeable),
          ]
        : []),
      entry('block-many', 'roster.block-several', Ban, placed),
    ];
  };

  const groupMenu = (
    row: GroupRow,
    setOpen: (open: boolean) => void,
    rename: () => void,
  ): readonly MenuEntry[] => {
    const toggle: MenuEntry = {
      kind: 'item',
      key: 'toggle',
      text: t(row.open ? 'roster.collapse' : 'roster.expand'),
      icon: row.open ? ChevronsDownUp : ChevronsUpDown,
      run: () => setOpen(!row.open),
    };
    const talk = talking(peopleIn(roster.contacts.values(), row.path).map(({ jid }) => jid));
    if (row.shared || row.path === noGroup) return [toggle, talk];
    const disabled = !session.online;
    return [
      toggle,
      talk,
      { kind: 'separator' },
      {
        kind: 'item',
        key: 'add',
        text: t('roster.add-here'),
        icon: UserPlus,
        disabled,
        run: () => ui.addContact('', row.path),
      },
      {
        kind: 'item',
        key: 'rename',
        text: t('roster.rename-group'),
        icon: FolderPen,
        disabled,
        keys: keyWords(t, 'rename', app.platform),
        run: rename,
      },
      {
        kind: 'item',
        key: 'remove',
        text: t('roster.remove-group'),
        icon: FolderMinus,
        disabled,
        danger: true,
        keys: keyWords(t, 'remove', app.platform),
        run: () => {
          ui.dialog = { kind: 'remove-group', path: row.path };
        },
      },
    ];
  };
  return { manyMenu, groupMenu };
};
