/** A thread that runs schedules: it is given seeds, and tells what came of them. */
import { parentPort } from 'node:worker_threads';
import { runSchedule, type Verdict } from './schedule';

// Nobody reads them here: a schedule that fails is told of by `--schedules 1`, which has them.
Error.stackTraceLimit = 0;

export type Result = Omit<Verdict, 'trace'>;

const run = async (seed: number): Promise<Result> => {
  const { trace: _, ...result } = await runSchedule(seed);
  return result;
};

const serve = async (seeds: readonly number[]): Promise<void> => {
  const results: Result[] = [];
  for (const seed of seeds) results.push(await run(seed));
  parentPort?.postMessage(results);
};

parentPort?.on('message', (seeds: readonly number[]) => {
  serve(seeds).catch((error: unknown) => {
    // Ends the thread: its parent is told of the error.
    setImmediate(() => {
      throw error instanceof Error ? error : new Error(String(error));
    });
  });
});
