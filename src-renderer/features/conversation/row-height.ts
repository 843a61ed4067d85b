import type { Row } from './rows';

/** A message of one line, with the gap above it: few rows are lower. In rem. */
export const lineRem = 1.4375;
/** What the first of a group has above its text besides. */
const headRem = 1.25;
/** No log is lower than that. */
const lowestLog = 12;

/**
 * How high, in rem, a row at the end of a log may be taken to be that was never drawn: as high as the rows there are at least, on
 * average. So its window is filled at once, as with rows of one line, and with fewer of them that are drawn for nothing.
 *
 * @param highest how high the log may be, in rem
 */
export const leastHeight = (rows: readonly Row[], highest: number): number => {
  let least = Infinity;
  let sum = 0;
  for (let count = 1; count <= rows.length && sum < highest; count += 1) {
    const row = rows[rows.length - count];
    sum += lineRem + (row?.type === 'message' && row.first ? headRem : 0);
    // However high the log is, the last rows fill it.
    if (sum >= lowestLog) least = Math.min(least, sum / count);
  }
  return Number.isFinite(least) ? least : lineRem;
};
