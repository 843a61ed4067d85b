import { describe, expect, it } from 'vitest';
import { leastHeight, lineRem } from '../../../src-renderer/features/conversation/row-height';
import { buildRows, type Row } from '../../../src-renderer/features/conversation/rows';
import { message } from '../renderer/fake-main';

/** As high as a window is. */
const highest = 45;
const minute = 60_000;
const talk = (count: number, every: number): Row[] =>
  buildRows(
    Array.from({ length: count }, (_, n) => message(n, n * every)),
    null,
  );
/** What a row of one line takes at least: the first of a group has a name above it. */
const heightOf = (row: Row | undefined): number =>
  row?.type === 'message' && row.first ? lineRem + 1.25 : lineRem;

describe('how high rows are taken to be that were never drawn', () => {
  it('is one line where all of it is of one sender at once', () => {
    expect(leastHeight(talk(200, 1).slice(-100), highest)).toBe(lineRem);
  });

  it('is more where each has a name above it', () => {
    expect(leastHeight(talk(200, 10 * minute).slice(-100), highest)).toBeGreaterThan(lineRem * 1.8);
  });

  it('is one line where next to nothing is said', () => {
    expect(leastHeight(talk(2, 10 * minute), highest)).toBe(lineRem);
  });

  it.each([1, 2, 4])('fills a log of any height at once, groups of %i', (group) => {
    const rows = talk(300, (5 * minute) / group).slice(-200);
    const taken = leastHeight(rows, highest);
    for (let log = 12; log <= highest; log += 1) {
      const drawn = rows.slice(-Math.ceil(log / taken));
      expect(drawn.reduce((sum, row) => sum + heightOf(row), 0)).toBeGreaterThanOrEqual(log);
    }
  });

  it('fills it too where short ones stand below high ones', () => {
    const rows = [...talk(100, 10 * minute).slice(-50), ...talk(200, 1).slice(-12)];
    const taken = leastHeight(rows, highest);
    for (let log = 12; log <= highest; log += 1) {
      const drawn = rows.slice(-Math.ceil(log / taken));
      expect(drawn.reduce((sum, row) => sum + heightOf(row), 0)).toBeGreaterThanOrEqual(log);
    }
  });
});
