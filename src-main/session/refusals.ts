/** A stanza for which the server ended this many streams will not be sent again by itself. */
const MAX_REFUSALS = 2;

/** For which rows of the outbox the server has ended a stream. */
export interface Refusals {
  /** It did so once more; answers whether that was enough. */
  count(id: number): boolean;
  forget(id: number): void;
}

export const createRefusals = (): Refusals => {
  const counts = new Map<number, number>();
  return {
    count(id) {
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count >= MAX_REFUSALS;
    },
    forget(id) {
      counts.delete(id);
    },
  };
};
