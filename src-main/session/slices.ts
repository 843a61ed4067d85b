import type { Clock } from '../ports';

/** So many are a few milliseconds of work, whatever is done with each of them. */
const slice = 500;

/**
 * Does something with each of many things, and lets everything else of this process have its turn in between: a contact
 * list of ten thousand keeps nobody's messages waiting.
 */
export const inSlices = async <T>(
  clock: Pick<Clock, 'after'>,
  items: readonly T[],
  work: (item: T) => void,
): Promise<void> => {
  for (let from = 0; from < items.length; from += slice) {
    if (from > 0) await new Promise<void>((resolve) => clock.after(0, resolve));
    for (const item of items.slice(from, from + slice)) work(item);
  }
};
