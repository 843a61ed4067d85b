import type { Clock, Timer } from '../../ports';

/** Whoever looks waits so long for the server, then sees what is here. */
const PATIENCE_MS = 8_000;

/** The work's result, or null when it takes too long; it goes on then. */
export const inTime = async <T>(
  clock: Pick<Clock, 'after'>,
  work: Promise<T>,
): Promise<{ readonly value: T } | null> => {
  let timer: Timer | null = null;
  const late = new Promise<null>((resolve) => {
    timer = clock.after(PATIENCE_MS, () => {
      resolve(null);
    });
  });
  const first = await Promise.race([work.then((value) => ({ value })), late]);
  (timer as Timer | null)?.cancel();
  return first;
};
