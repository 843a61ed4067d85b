import { guards, type Guard } from '../tests/teeth/teeth';
import { biteSuite, serverOf, type Bite } from './teeth/bite';
import { copyTree, removeCopy } from './teeth/copy';
import { needsBuild } from './teeth/run-tests';

/** npm run check:teeth [-- ID …]: takes each guard away in a copy of the tree and wants its test to fail then. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

/** The guards of each test file and server, for what a file needs is started once for all of them. */
function suites(chosen: readonly Guard[]): (readonly Guard[])[] {
  const suiteOf = (guard: Guard): string => `${guard.test} ${serverOf(guard)}`;
  return [...new Set(chosen.map(suiteOf))]
    .map((suite) => chosen.filter((guard) => suiteOf(guard) === suite))
    .sort((a, b) => b.length - a.length);
}

async function worker(queues: readonly (readonly Guard[])[][], bites: Bite[]): Promise<void> {
  const copy = copyTree();
  const next = (): readonly Guard[] | undefined => queues.find((queue) => queue.length > 0)?.shift();
  try {
    for (let suite = next(); suite && !stop.signal.aborted; suite = next()) {
      bites.push(...(await biteSuite(copy, suite, stop.signal)));
    }
  } finally {
    removeCopy(copy);
  }
}

function print(bites: readonly Bite[]): void {
  for (const { guard, verdict, output } of bites) {
    if (verdict === 'bites') continue;
    console.log(`\n── ${guard.id} ${guard.file}: ${verdict} ──\n${output.trim().slice(-4000)}`);
  }
  const order = new Map(guards.map((guard, i) => [guard, i]));
  const sorted = [...bites].sort((a, b) => (order.get(a.guard) ?? 0) - (order.get(b.guard) ?? 0));
  const width = (cells: readonly string[]) => Math.max(...cells.map((cell) => cell.length));
  const files = width(sorted.map(({ guard }) => guard.file));
  const tests = width(sorted.map(({ guard }) => guard.test));
  console.log('');
  for (const { guard, verdict } of sorted) {
    console.log(`${guard.id.padEnd(4)} ${guard.file.padEnd(files)}  ${guard.test.padEnd(tests)}  ${verdict}`);
  }
}

const ids = process.argv.slice(2);
const chosen = guards.filter((guard) => ids.length === 0 || ids.includes(guard.id));
const built = suites(chosen.filter((guard) => needsBuild(guard.test)));
const plain = suites(chosen.filter((guard) => !needsBuild(guard.test)));
const bites: Bite[] = [];
// Two at a time, but one desktop at a time.
await Promise.all([worker([built, plain], bites), worker([plain], bites)]);
print(bites);
const biting = bites.filter(({ verdict }) => verdict === 'bites').length;
console.log(`\n${biting} of ${chosen.length} guards are held by their tests.`);
process.exitCode = biting === chosen.length && chosen.length > 0 ? 0 : 1;
