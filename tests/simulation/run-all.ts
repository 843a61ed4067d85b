import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundle } from '../support/store-launcher';
import { Tally, type Counted } from './faults';
import type { Result } from './worker';

export interface Report {
  readonly schedules: number;
  readonly seconds: number;
  /** What occurred how often, and in how many schedules. */
  readonly faults: Tally;
  readonly schedulesWith: Tally;
  readonly broken: readonly Result[];
  sum(of: (result: Result) => number): number;
}

/** Seeds that a thread is given at once: enough that they wait for nobody, few enough that all end together. */
const share = 20;

/** Runs schedules in a thread for each core. Rejects when one of them cannot even be run. */
export const runAll = async (first: number, count: number): Promise<Report> => {
  const file = await bundle('tests/simulation/worker.ts', 'simulation-bundle');
  const began = performance.now();
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const results: Result[] = [];
  const thread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      // What a schedule makes is gone after it: with room for several, hardly anything of it is copied on the way.
      const worker = new Worker(file, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 96 } });
      const next = (): void => {
        if (seeds.length > 0) worker.postMessage(seeds.splice(0, share));
        else void worker.terminate();
      };
      worker.on('message', (some: readonly Result[]) => {
        results.push(...some);
        next();
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        resolve();
      });
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, thread));
  const faults = new Tally();
  const schedulesWith = new Tally();
  for (const result of results)
    for (const [what, times] of Object.entries(result.faults) as [Counted, number][]) {
      faults.add(what, times);
      schedulesWith.add(what);
    }
  return {
    schedules: results.length,
    seconds: (performance.now() - began) / 1000,
    faults,
    schedulesWith,
    broken: results.filter(({ broken }) => broken.length > 0).sort((a, b) => a.seed - b.seed),
    sum: (of) => results.reduce((total, result) => total + of(result), 0),
  };
};
