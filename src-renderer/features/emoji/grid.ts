import { readingKey } from '../../components/direction';

/** Where the keyboard stands in a grid whose rows need not be full. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Cuts sections into rows; no row has emoji of two sections. */
export const rowsOf = <Item>(sections: readonly (readonly Item[])[], columns: number): readonly Item[][] =>
  sections.flatMap((items) =>
    Array.from({ length: Math.ceil(items.length / columns) }, (_, row) =>
      items.slice(row * columns, (row + 1) * columns),
    ),
  );

/** One step with an arrow key, to where it points; Home and End go to the ends of the row. Null: no such key. */
export const step = (
  rows: readonly (readonly unknown[])[],
  at: Cell,
  key: string,
  rtl: boolean,
): Cell | null => {
  const last = (row: number): number => (rows[row]?.length ?? 1) - 1;
  const { row, column } = at;
  switch (readingKey(key, rtl)) {
    case 'ArrowRight':
      if (column < last(row)) return { row, column: column + 1 };
      return row + 1 < rows.length ? { row: row + 1, column: 0 } : at;
    case 'ArrowLeft':
      if (column > 0) return { row, column: column - 1 };
      return row > 0 ? { row: row - 1, column: last(row - 1) } : at;
    case 'ArrowDown':
      return row + 1 < rows.length ? { row: row + 1, column: Math.min(column, last(row + 1)) } : at;
    case 'ArrowUp':
      return row > 0 ? { row: row - 1, column: Math.min(column, last(row - 1)) } : at;
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: last(row) };
    default:
      return null;
  }
};
