import { keyOf } from '../../../src-shared/model/keyboard';
import { isRtl, readingKey } from '../../components/direction';
import { useUi } from '../../stores/ui';
import type { TreeRow } from './tree';
import type { Selection } from './use-selection';

interface Parts {
  readonly rows: () => readonly TreeRow[];
  readonly activate: (index: number) => void;
  readonly selection: Selection;
  readonly press: (row: TreeRow) => void;
  readonly edit: (row: TreeRow) => void;
  /** Not what is the administrator's, nor while the server cannot be asked. */
  readonly canEdit: (row: TreeRow) => boolean;
  readonly setOpen: (path: string, open: boolean) => void;
  /** What can be set for the chat with somebody: the keys that the menu of the row shows. */
  readonly chatKey: (event: KeyboardEvent, peer: string) => boolean;
}

/** Keys of the contact tree beyond moving: true when it was one (APG "Tree View", with several to choose). */
export const useTreeKeys = (parts: Parts): ((event: KeyboardEvent, row: TreeRow) => boolean) => {
  const { selection } = parts;
  const ui = useUi();

  /** Left: closes the group, or goes up to the one around; right: opens it, or goes into it. */
  const fold = (row: TreeRow, open: boolean): void => {
    const rows = parts.rows();
    const index = rows.indexOf(row);
    if (row.kind === 'group' && row.open !== open) parts.setOpen(row.path, open);
    else if (row.kind === 'group' && open) parts.activate(index + 1);
    else if (!open) {
      const parent = rows.findLastIndex((item, at) => at < index && item.level < row.level);
      if (parent >= 0) parts.activate(parent);
    }
  };
  const extend = (row: TreeRow, by: -1 | 1): void => {
    const rows = parts.rows();
    const next = rows[rows.indexOf(row) + by];
    if (!next) return;
    selection.extend(next, row);
    parts.activate(rows.indexOf(next));
  };
  const remove = (row: TreeRow): boolean => {
    if (row.kind === 'group') {
      if (!parts.canEdit(row)) return false;
      ui.dialog = { kind: 'remove-group', path: row.path };
      return true;
    }
    const placed = selection.placed(row);
    if (placed.length > 1) ui.dialog = { kind: 'remove-many', placed };
    else if (row.contact.shared) return false;
    else ui.dialog = { kind: 'remove', jid: row.contact.jid };
    return true;
  };
  const withMod = (event: KeyboardEvent, row: TreeRow): boolean => {
    if (row.kind === 'contact' && selection.placed(row).length < 2 && parts.chatKey(event, row.contact.jid))
      return true;
    if (event.altKey || event.shiftKey) return false;
    if (keyOf(event) === 'a') selection.all();
    else if (event.key === ' ' && row.kind === 'contact') selection.toggle(row);
    else return false;
    return true;
  };

  return (event, row) => {
    if (event.ctrlKey || event.metaKey) return withMod(event, row);
    if (event.altKey) return false;
    const key = readingKey(event.key, isRtl());
    if (event.shiftKey && event.key === 'ArrowDown') extend(row, 1);
    else if (event.shiftKey && event.key === 'ArrowUp') extend(row, -1);
    else if (event.shiftKey) return false;
    else if (event.key === 'Enter' || event.key === ' ') {
      selection.clear(row);
      parts.press(row);
    } else if (key === 'ArrowLeft') fold(row, false);
    else if (key === 'ArrowRight') fold(row, true);
    else if (event.key === 'F2') parts.edit(row);
    else if (event.key === 'Delete') return remove(row);
    else if (event.key === 'Escape' && selection.rows.value.length > 0) selection.clear(row);
    else return false;
    return true;
  };
};
