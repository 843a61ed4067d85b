import { median } from './stats';

/** One line of the table: its runs and how they are written. */
export interface Measured {
  readonly name: string;
  readonly runs: readonly number[];
  readonly unit: 'ms' | 'MiB' | '×' | '/s' | 'rows' | 'nodes';
  /** What PRODUCT asks for, in words. */
  readonly target?: string;
}

/** @returns the table of medians, with the range of the runs beside each */
export function tableOf(rows: readonly Measured[]): string {
  const cells = [
    ['', 'median', 'lowest – highest', 'target'],
    ...rows.map(({ name, runs, unit, target = '' }) => [
      name,
      `${inFigures(median(runs))} ${unit}`,
      `${inFigures(Math.min(...runs))} – ${inFigures(Math.max(...runs))}`,
      target,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 || i === 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), '─'.repeat(line(head).length), ...body.map(line)].join('\n');
}

/** Three figures are enough for what differs from run to run. */
function inFigures(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The same as Markdown, for docs/bench.md. */
export function markdownOf(rows: readonly Measured[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', 'median', 'lowest – highest', 'target']),
    '|---|---|---|---|',
    ...rows.map(({ name, runs, unit, target = '' }) =>
      line([
        name.trim(),
        `${inFigures(median(runs))} ${unit}`,
        `${inFigures(Math.min(...runs))} – ${inFigures(Math.max(...runs))}`,
        target,
      ]),
    ),
  ].join('\n');
}
