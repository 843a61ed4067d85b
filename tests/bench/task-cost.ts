import type { CDPSession, Page } from 'playwright';

/** What Chromium tells of one thing that a thread did, `tdur` microseconds of a processor. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * While `act` runs: the processor time of the window's dearest task, in milliseconds. A task's length is more than that wherever
 * the two processors are wanted by others, and those who draw without a graphics card always want them.
 */
export async function dearestTask<T>(
  page: Page,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly cpuMs: number }> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', '__metadata'] } });
  const result = await act();
  await traced(session);
  await session.detach();
  const mains = new Set(
    events.filter(({ ph, args }) => ph === 'M' && args?.name === 'CrRendererMain').map(threadOf),
  );
  const costs = events.filter((event) => event.name.endsWith('RunTask') && mains.has(threadOf(event)));
  if (costs.length === 0) throw new Error('no task was told of');
  return { result, cpuMs: costs.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000 };
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`;

async function traced(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => {
      resolve();
    });
  });
  await session.send('Tracing.end');
  await complete;
}
