/** What one frame may hold (T15). */
export const limits = {
  frameBytes: 1024 * 1024,
  depth: 64,
  attributes: 64,
  children: 10_000,
  /** Of the whole frame: a roster of 10,000 contacts fits, and what fits is parsed well under 50 ms. */
  elements: 50_000,
  attributesInAll: 100_000,
} as const;
