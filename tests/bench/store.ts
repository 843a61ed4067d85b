/** How fast the encrypted store is here: `npx tsx tests/bench/store.ts`. Prints milliseconds; asserts nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src-main/store/client';
import type { RosterRow } from '../../src-main/store/store';
import { realClock } from '../support/real-clock';
import { childStoreLauncher } from '../support/store-launcher';
import { median, percentile } from './stats';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const peer = 'romeo@example.org';

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function repeated(times: number, run: (n: number) => Promise<unknown>): Promise<string> {
  const values: number[] = [];
  for (let n = 0; n < times; n++) values.push(await timed(() => run(n)));
  return `p50 ${median(values).toFixed(2)}, p95 ${percentile(values, 0.95).toFixed(2)}`;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flint-bench-'));
  const launcher = childStoreLauncher(folder);
  const options = {
    file: launcher.databaseFile('bench'),
    key: 'ab'.repeat(32),
    clock: realClock,
    log: quiet,
  };
  await (await openStore(launcher, options)).close();
  const store = await openStore(launcher, options);
  const rows = Array.from({ length: 10_000 }, (_, n): RosterRow => ({
    jid: `contact${n}@example.org`,
    name: `Contact ${n}`,
    groups: [`Group ${n % 40}`],
    subscription: 'both',
    asked: false,
    shared: false,
  }));
  const message = (n: number) => ({
    peer: n % 4 ? peer : `contact${n}@example.org`,
    body: `message ${n} `.repeat(6),
    at: 1_700_000_000_000 + n * 1000,
    messageId: null,
    originId: null,
    stanzaId: `stanza-${n}`,
    seen: false,
  });
  const results: Record<string, string> = {
    'put 10,000 contacts': (await timed(() => store.putRoster('v1', rows))).toFixed(0),
    'read 10,000 contacts': await repeated(5, () => store.roster()),
    'add one message': await repeated(200, (n) => store.addIncoming(message(n))),
    'add 2,000 messages at once': (
      await timed(() =>
        Promise.all(Array.from({ length: 2000 }, (_, n) => store.addIncoming(message(200 + n)))),
      )
    ).toFixed(0),
    'page of 50': await repeated(200, () => store.page(peer, null, 50)),
    'page of 50 further back': await repeated(200, (n) => store.page(peer, 1500 + n, 50)),
    'list of chats': await repeated(50, () => store.chats()),
  };
  await store.close();
  results['open'] = (
    await timed(async () => {
      await (await openStore(launcher, options)).close();
    })
  ).toFixed(0);
  console.table(results);
  rmSync(folder, { recursive: true });
}

await main();
