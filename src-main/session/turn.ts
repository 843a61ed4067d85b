/** Runs what is given one after the other, whatever becomes of each. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export const createTurn = (): Turn => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
};
