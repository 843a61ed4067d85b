import { readdirSync, readFileSync } from 'node:fs';
import { openStore } from '../../src-main/store/client';
import type { SearchQuery, Store } from '../../src-main/store/store';
import { realClock } from '../support/real-clock';
import { someQuery } from '../support/search-query';
import { childStoreLauncher } from '../support/store-launcher';
import { dice, hanOf, nickOf, peerOf, wordOf, zipf } from './corpus';
import { benchKey, historyFolder } from './history-file';
import { memoryOf } from './memory';
import { percentile } from './stats';
import type { Measured } from './table';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Calls in a run: enough for a 95th percentile. */
const calls = 200;

/** A message to jump to. */
interface Place {
  readonly id: number;
  readonly peer: string;
}
interface Kind {
  readonly name: string;
  readonly target: string;
  /** One call, with other words each time: as often as people write them. */
  readonly call: (store: Store, random: () => number) => Promise<unknown>;
}

const search = (store: Store, query: Partial<SearchQuery>) => store.search(someQuery(query));
const word = (random: () => number): string => wordOf(zipf(random, 40_000));
const someBeginning = (random: () => number): string => {
  const whole = word(random);
  return whole.slice(0, 1 + Math.floor(random() * whole.length));
};

const pageTarget = 'p95 at most 50';
const searchTarget = 'p95 at most 10';
const kinds = (places: readonly Place[]): readonly Kind[] => [
  {
    name: 'newest page of 50',
    target: pageTarget,
    call: (store, random) => store.page(peerOf(zipf(random, 300)), null, 50),
  },
  {
    name: 'page of 50 round a hit',
    target: pageTarget,
    call: (store, random) => {
      const place = places[Math.floor(random() * places.length)];
      return place ? store.page(place.peer, { side: 'around', id: place.id }, 50) : Promise.resolve();
    },
  },
  { name: 'one word', target: searchTarget, call: (store, random) => search(store, { text: word(random) }) },
  {
    name: 'the beginning of a word',
    target: searchTarget,
    call: (store, random) => search(store, { text: someBeginning(random) }),
  },
  {
    name: 'two words',
    target: searchTarget,
    call: (store, random) => search(store, { text: `${word(random)} ${someBeginning(random)}` }),
  },
  {
    name: 'one Chinese character',
    target: searchTarget,
    call: (store, random) => search(store, { text: hanOf(zipf(random, 3000)) }),
  },
  {
    name: 'two Chinese characters',
    target: searchTarget,
    call: (store, random) => search(store, { text: hanOf(zipf(random, 3000)) + hanOf(zipf(random, 3000)) }),
  },
  {
    name: 'a word in one chat',
    target: searchTarget,
    call: (store, random) => search(store, { text: word(random), peer: peerOf(zipf(random, 300)) }),
  },
  {
    name: 'a word of one person in a room',
    target: searchTarget,
    call: (store, random) =>
      search(store, {
        ...{ text: word(random), peer: peerOf(1 + 5 * zipf(random, 60)), nick: nickOf(zipf(random, 200)) },
      }),
  },
  {
    name: 'files, by a word of their name',
    target: searchTarget,
    call: (store) => search(store, { text: 'picture', has: 'file' }),
  },
];

/** Opens a history of so many messages in the store's process, from disk, and reads in it like a user. */
export async function measureStore(count: number, runs: number): Promise<readonly Measured[]> {
  const folder = await historyFolder(count);
  const launcher = childStoreLauncher(folder);
  const began = performance.now();
  const store = await openStore(launcher, {
    file: launcher.databaseFile('bench'),
    key: benchKey,
    clock: realClock,
    log: quiet,
  });
  const opened = performance.now() - began;
  const label = count.toLocaleString('en');
  const rows: Measured[] = [];
  try {
    const { hits } = await search(store, { text: wordOf(0) });
    if (hits.length === 0) throw new Error('the history cannot be searched');
    for (const { name, target, call } of kinds(await somePlaces(store, count))) {
      const random = dice(count + name.length);
      const times: number[][] = [];
      for (let run = 0; run < runs; run++) times.push(await timed(() => call(store, random)));
      const at = (share: number): number[] => times.map((each) => percentile(each, share));
      rows.push(
        { name: `${label} messages: ${name}, p50 of ${String(calls)}`, runs: at(0.5), unit: 'ms' },
        { name: `  p95 of ${String(calls)}`, runs: at(0.95), unit: 'ms', target },
      );
    }
    const { mib } = memoryOf(storePid());
    return [
      { name: `${label} messages: store opened`, runs: [opened], unit: 'ms' },
      ...rows,
      { name: `${label} messages: memory (PSS) of the store’s process`, runs: [mib], unit: 'MiB' },
    ];
  } finally {
    await store.close();
  }
}

/** Anywhere in the history. */
async function somePlaces(store: Store, count: number): Promise<readonly Place[]> {
  const random = dice(count);
  const ids = Array.from({ length: calls * 5 }, () => 1 + Math.floor(random() * count));
  const found = await Promise.all(ids.map((id) => store.message(id)));
  return found.flatMap((message) => (message ? [message] : []));
}

async function timed(call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const began = performance.now();
    await call();
    times.push(performance.now() - began);
  }
  return times;
}

/** The child of ours that runs the store's module. */
function storePid(): number {
  const found = readdirSync('/proc').find((name) => {
    try {
      if (!/^\d+$/.test(name)) return false;
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return Number(parent) === process.pid && command.includes('store-bundle');
    } catch {
      return false; // it has ended meanwhile
    }
  });
  if (found === undefined) throw new Error('the store has no process');
  return Number(found);
}
