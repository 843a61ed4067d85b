import { randomBytes } from 'node:crypto';
import { coreSubject } from '../tests/fault/chaos/core-subject';
import { runChaos } from '../tests/fault/chaos/run-chaos';
import { runRoomsChaos } from '../tests/fault/chaos/rooms-run';
import { Tally } from '../tests/fault/chaos/tally';
import { USAGE, readOptions, type ChaosArguments } from './chaos/options';
import { setup } from './setup';

/** npm run chaos: faults one after the other, and a book of every message, on real servers. */
async function main(given: ChaosArguments): Promise<boolean> {
  await setup({ servers: true });
  const seed = given.seed ?? randomBytes(4).toString('hex');
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.log('Ending after this round …');
      stop.abort();
    });
  }
  const tally = new Tally();
  const { kind } = given;
  const run = { ...given, seed, signal: stop.signal, tally, say: console.log };
  console.log(`Seed ${seed}, ${String(given.rounds)} rounds, ${kind}, ${given.servers.join(', ')}`);
  try {
    if (kind === 'rooms') await runRoomsChaos({ ...run, subject: coreSubject });
    else if (kind === 'core') await runChaos({ ...run, kind, subject: coreSubject });
    else {
      const { withApp } = await import('./chaos/with-app');
      await withApp((subject) => runChaos({ ...run, kind, subject }));
    }
  } finally {
    console.log(`\nSeed ${seed}, ${given.kind}\n\n${tally.table()}\n\n${tally.verdict()}`);
  }
  return tally.good;
}

const options = readOptions(process.argv.slice(2));
if (!options) {
  console.error(USAGE);
  process.exit(2);
}
try {
  process.exitCode = (await main(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit();
