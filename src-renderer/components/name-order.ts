/** A name made ready to be put in order: done once, for thousands of them are work. */
export interface SortedName {
  readonly name: string;
  /** Sorts by code units as a dictionary would; null where only a collator knows (Chinese, Cyrillic …). */
  readonly key: string | null;
}

/** @param folded the name as it is searched */
export const sortKeyOf = (folded: string): string | null => {
  const key = folded.replace(/\d+/gu, (digits) => digits.padStart(8, '0'));
  return /^[ -~]*$/u.test(key) ? key : null;
};

/**
 * Latin names (most, in most places) are compared by their keys: a collator over 10,000 of them is a long task. 0: only what
 * else is known of the two can tell.
 */
export const createNameCompare = (locale: string): ((a: SortedName, b: SortedName) => number) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const eastFirst = locale.startsWith('zh');
  return (a, b) => {
    if (a.key !== null && b.key !== null && a.key !== b.key) return a.key < b.key ? -1 : 1;
    if ((a.key === null) !== (b.key === null)) return (a.key === null) === eastFirst ? -1 : 1;
    return collator.compare(a.name, b.name);
  };
};
