import { runAll } from '../tests/simulation/run-all';
import { runSchedule } from '../tests/simulation/schedule';
import { brokenIn, tableOf } from '../tests/simulation/table';

const USAGE = 'usage: npm run simulate -- [--schedules N] [--seed FIRST]   (one schedule: all of it is told)';

/** npm run simulate: the core on a simulated network, clock and disk, N schedules from a seed on. */
async function main(args: readonly string[]): Promise<number> {
  const given = new Map([
    ['--schedules', 20_000],
    ['--seed', 1],
  ]);
  const rest = args.flatMap((arg) => arg.split('=', 2));
  for (let at = 0; at < rest.length; at += 2) {
    const [name = '', value = ''] = rest.slice(at, at + 2);
    if (!given.has(name) || !/^\d{1,9}$/.test(value)) {
      console.error(USAGE);
      return 2;
    }
    given.set(name, Number(value));
  }
  const [schedules = 1, seed = 1] = given.values();
  if (schedules === 1) {
    const { trace, broken, kind } = await runSchedule(seed, true);
    console.log([...trace, JSON.stringify(kind), ...broken].join('\n'));
    return broken.length > 0 ? 1 : 0;
  }
  const report = await runAll(seed, schedules);
  console.log([tableOf(report), ...brokenIn(report)].join('\n'));
  return report.broken.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
