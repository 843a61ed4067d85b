/** @returns the value in the middle; the mean of the two in the middle when there is an even number of them */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  if (low === undefined || high === undefined) throw new Error('a median of nothing');
  return (low + high) / 2;
}

/**
 * @param share between 0 and 1
 * @returns the smallest value that at least this share of the values does not exceed (nearest rank)
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('a percentile of nothing');
  return value;
}
