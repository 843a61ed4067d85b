import { computed, shallowRef, type ComputedRef } from 'vue';
import type { Placed } from '../../stores/ui';
import { placedOf } from './move';
import type { ContactRow, TreeRow } from './tree';

/** Several contacts of the tree chosen together; what is closed or gone is no longer among them. */
export interface Selection {
  /** In the order of the list. */
  readonly rows: ComputedRef<readonly ContactRow[]>;
  readonly has: (row: TreeRow) => boolean;
  readonly toggle: (row: ContactRow) => void;
  /** From where the last choice began up to this row. */
  readonly extend: (row: TreeRow, from?: TreeRow) => void;
  readonly all: () => void;
  /** Chooses none; the next range begins at this row. */
  readonly clear: (row?: TreeRow) => void;
  /** Whom an act at this row is about: all that are chosen when it is one of them, else itself. */
  readonly placed: (row: ContactRow) => readonly Placed[];
}

export const useSelection = (rows: () => readonly TreeRow[]): Selection => {
  const keys = shallowRef<ReadonlySet<string>>(new Set());
  /** Where a range begins, and where it was led to last. */
  let anchor: string | null = null;
  let head: string | null = null;

  const chosen = computed(() =>
    keys.value.size === 0
      ? []
      : rows().filter((row): row is ContactRow => row.kind === 'contact' && keys.value.has(row.key)),
  );
  const contacts = (from: number, to: number): ReadonlySet<string> =>
    new Set(
      rows()
        .slice(Math.min(from, to), Math.max(from, to) + 1)
        .flatMap((row) => (row.kind === 'contact' ? [row.key] : [])),
    );
  return {
    rows: chosen,
    has: (row) => keys.value.has(row.key),
    toggle: (row) => {
      const next = new Set(keys.value);
      if (!next.delete(row.key)) next.add(row.key);
      keys.value = next;
      anchor = head = row.key;
    },
    extend: (row, from) => {
      const known = anchor !== null && rows().some(({ key }) => key === anchor);
      if (!known || (from && from.key !== head)) anchor = (from ?? row).key;
      head = row.key;
      const at = (key: string): number => rows().findIndex((one) => one.key === key);
      keys.value = contacts(at(anchor ?? row.key), at(row.key));
    },
    all: () => {
      keys.value = contacts(0, rows().length - 1);
    },
    clear: (row) => {
      anchor = head = row?.key ?? null;
      if (keys.value.size > 0) keys.value = new Set();
    },
    placed: (row) =>
      (keys.value.has(row.key) && chosen.value.length > 1 ? chosen.value : [row]).map(placedOf),
  };
};
