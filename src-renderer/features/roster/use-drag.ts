import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useSession } from '../../stores/session';
import type { Placed } from '../../stores/ui';
import { groupOf, placedOf } from './move';
import type { ContactRow, TreeRow } from './tree';
import { useActs } from './use-acts';
import type { Selection } from './use-selection';

/** The group that the pointer is over and could drop into, and what that would do. */
export interface DropTarget {
  readonly path: string;
  readonly copy: boolean;
}
export interface Drag {
  readonly target: Readonly<ShallowRef<DropTarget | null>>;
  readonly isDragged: (row: TreeRow) => boolean;
  readonly canDrag: (row: ContactRow) => boolean;
  readonly start: (event: DragEvent, row: ContactRow) => void;
  readonly over: (event: DragEvent, row: TreeRow) => void;
  readonly leave: () => void;
  readonly drop: (event: DragEvent) => void;
  readonly end: () => void;
}

/** Contacts dragged from group to group, with Ctrl (on a Mac Alt) copied. What the administrator keeps stays where it is. */
export const useDrag = (rows: () => readonly TreeRow[], selection: Selection): Drag => {
  const app = useApp();
  const session = useSession();
  const { moves, move } = useActs();
  const { t } = useI18n();
  const dragged = shallowRef<readonly ContactRow[]>([]);
  const target = shallowRef<DropTarget | null>(null);
  const keptGroups: ComputedRef<ReadonlySet<string>> = computed(
    () => new Set(rows().flatMap((row) => (row.kind === 'group' && row.shared ? [row.path] : []))),
  );
  const placed = (): readonly Placed[] => dragged.value.map(placedOf);

  /** Several are dragged as their number: the picture of one row would say that only it comes along. */
  const showCount = (data: DataTransfer): void => {
    if (dragged.value.length < 2) return;
    const chip = document.createElement('div');
    chip.className = 'drag-chip';
    chip.textContent = t('roster.selected', { count: dragged.value.length });
    document.body.append(chip);
    data.setDragImage(chip, -12, -12);
    setTimeout(() => {
      chip.remove();
    });
  };
  const end = (): void => {
    dragged.value = [];
    target.value = null;
  };

  return {
    target,
    isDragged: (row) => dragged.value.some(({ key }) => key === row.key),
    canDrag: (row) => !row.contact.shared && session.online && groupOf(row) !== null,
    start: (event, row) => {
      if (!event.dataTransfer) return;
      dragged.value = selection.has(row) ? selection.rows.value : [row];
      event.dataTransfer.effectAllowed = 'copyMove';
      event.dataTransfer.setData('text/plain', dragged.value.map(({ contact }) => contact.jid).join('\n'));
      showCount(event.dataTransfer);
    },
    over: (event, row) => {
      const path = groupOf(row);
      const copy = app.platform === 'darwin' ? event.altKey : event.ctrlKey;
      if (path === null || keptGroups.value.has(path) || moves(placed(), path, copy) === 0) {
        target.value = null;
        return;
      }
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = copy ? 'copy' : 'move';
      if (target.value?.path !== path || target.value.copy !== copy) target.value = { path, copy };
    },
    leave: () => {
      target.value = null;
    },
    drop: (event) => {
      const at = target.value;
      const which = placed();
      event.preventDefault();
      end();
      selection.clear();
      if (at) void move(which, at.path, at.copy);
    },
    end,
  };
};
