import type { ElectronApplication, Page } from 'playwright';
import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { writeMany } from './catch-up';

/** The longest time in which main did nothing else, the longest task of the window, and how long all of it took; milliseconds. */
export interface Burst {
  readonly mainMs: number;
  readonly windowMs: number;
  readonly allMs: number;
}

const LIMIT_MS = 120_000;

/** So many messages at once to the app, whose conversation with the sender is open; no other burst has that `name`. */
export async function burst(
  flint: { readonly app: ElectronApplication; readonly page: Page },
  server: ServerAddress,
  ours: { readonly jid: string },
  theirs: TestAccount,
  count: number,
  name: string,
): Promise<Burst> {
  await flint.app.evaluate(() => {
    const seen = { worst: 0, last: performance.now() };
    Object.assign(globalThis, { benchBlocks: seen });
    setInterval(() => {
      const now = performance.now();
      // A tick that is due every 5 ms and comes later was held up for the rest.
      seen.worst = Math.max(seen.worst, now - seen.last - 5);
      seen.last = now;
    }, 5);
  });
  await flint.page.evaluate(WATCH);
  const began = performance.now();
  await writeMany(server, theirs, ours.jid, count, name);
  await flint.page
    .getByText(`${name} ${String(count - 1)}`, { exact: true })
    .last()
    .waitFor({ timeout: LIMIT_MS });
  const allMs = performance.now() - began;
  const mainMs = await flint.app.evaluate(
    () => (globalThis as unknown as { benchBlocks: { worst: number } }).benchBlocks.worst,
  );
  const windowMs = await flint.page.evaluate<number>('window.benchTasks.worst');
  return { mainMs, windowMs, allMs };
}

/** Long tasks are those over 50 ms: none seen is 0. */
const WATCH = `window.benchTasks = { worst: 0 };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.benchTasks.worst = Math.max(window.benchTasks.worst, duration);
}).observe({ entryTypes: ['longtask'] });`;
