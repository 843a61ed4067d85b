import type { ElectronApplication, Page } from 'playwright';

export interface Watched {
  readonly app: ElectronApplication;
  readonly page: Page;
}
/** The longest time in which main did nothing else, and the longest task of the window; milliseconds. */
export interface Blocks {
  readonly mainMs: number;
  readonly windowMs: number;
}

/** From now on. */
export async function watchBlocks({ app, page }: Watched): Promise<void> {
  await app.evaluate(() => {
    const world = globalThis as unknown as { benchBlocks?: { worst: number; last: number } };
    const seen = world.benchBlocks;
    if (seen) {
      seen.worst = 0;
      return;
    }
    const first = { worst: 0, last: performance.now() };
    world.benchBlocks = first;
    setInterval(() => {
      const now = performance.now();
      // A tick that is due every 5 ms and comes later was held up for the rest.
      first.worst = Math.max(first.worst, now - first.last - 5);
      first.last = now;
    }, 5);
  });
  await page.evaluate(WATCH_TASKS);
}

/** Since `watchBlocks`. */
export async function blocksOf({ app, page }: Watched): Promise<Blocks> {
  const mainMs = await app.evaluate(
    () => (globalThis as unknown as { benchBlocks: { worst: number } }).benchBlocks.worst,
  );
  return { mainMs, windowMs: await page.evaluate<number>('window.benchTasks.worst') };
}

/** Long tasks are those over 50 ms: none seen is 0. */
const WATCH_TASKS = `if (window.benchTasks) window.benchTasks.worst = 0;
else {
  window.benchTasks = { worst: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchTasks.worst = Math.max(window.benchTasks.worst, duration);
  }).observe({ entryTypes: ['longtask'] });
}`;
