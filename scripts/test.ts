import { build } from './build';
import { setup } from './setup';
import { inWords, oneFailed, sum, type Counts, type Outcome } from './test/counts';
import { suites, type Suite } from './test/suites';

/**
 * npm test [-- --only types,unit]: sets the machine up, builds, runs the suites in turn and says what each took.
 * The last line on standard output is `N passed, N failed, N skipped` over all of them, whatever happens.
 */
async function main(): Promise<Counts> {
  const chosen = choose(process.argv.slice(2));
  if (!chosen) return oneFailed;
  const ready = chosen.some((suite) => suite.needsMachine) ? await prepare() : true;
  const rows: { readonly name: string; readonly outcome: Outcome; readonly seconds: string }[] = [];
  for (const suite of chosen) {
    console.log(`\n── ${suite.name} ──`);
    const started = performance.now();
    const outcome = suite.needsMachine && !ready ? notReady() : await suite.run();
    rows.push({ name: suite.name, outcome, seconds: secondsSince(started) });
  }
  console.log('');
  for (const { outcome } of rows) for (const note of outcome.notes) console.log(note);
  for (const { name, outcome, seconds } of rows) {
    console.log(`${name.padEnd(10)} ${seconds.padStart(8)} s   ${inWords(outcome.counts)}`);
  }
  return sum(rows.map(({ outcome }) => outcome.counts));
}

function choose(args: readonly string[]): readonly Suite[] | undefined {
  const [flag, list, ...rest] = args;
  if (flag === undefined) return suites;
  const names = list?.split(',') ?? [];
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (flag === '--only' && names.length > 0 && unknown.length === 0 && rest.length === 0) {
    return suites.filter((suite) => names.includes(suite.name));
  }
  console.error(
    `usage: test [--only NAME,NAME]; the names are ${suites.map((suite) => suite.name).join(', ')}`,
  );
  return undefined;
}

/** A machine that cannot be set up, or a build that fails, fails the suites that need it; the others still run. */
async function prepare(): Promise<boolean> {
  const started = performance.now();
  try {
    await setup({ servers: true });
  } catch (error) {
    console.error('The set-up failed.', error);
    return false;
  }
  console.log(`set-up took ${secondsSince(started)} s`);
  const building = performance.now();
  const built = await build();
  console.log(`build took ${secondsSince(building)} s`);
  return built;
}

function notReady(): Outcome {
  return { counts: oneFailed, notes: ['not started: the set-up or the build before it failed'] };
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

let total = oneFailed;
try {
  total = await main();
} catch (error) {
  console.error(error);
}
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(inWords(total));
