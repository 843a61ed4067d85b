import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AccountId } from '../../src-shared/model/account';
import { connectPeer } from '../peers/connect-peer';
import { newAccount } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { startCore, type TestCore } from '../support/core';
import { askSlot } from './slot';
import type { Measured } from './table';

const BYTES = 100 * 1024 * 1024;
const RUNS = 3;
const LIMIT_MS = 300_000;
const run = promisify(execFile);

interface Both {
  readonly ours: number;
  readonly curl: number;
}

/** A hundred megabytes to a server and back, by Flint and by curl, one after the other. */
export async function measureTransfer(): Promise<readonly Measured[]> {
  const server = await startServer('prosody', { uploadBytes: BYTES });
  const core = await startCore();
  try {
    const [nora, oscar] = [
      await newAccount(server, server, 'nora'),
      await newAccount(server, server, 'oscar'),
    ];
    const account = await core.signIn(nora.jid, nora.password, { server: server.wsUrl });
    await core.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const peer = await connectPeer(server, oscar, { client: 'stanza' });
    const up: Both[] = [];
    const down: Both[] = [];
    for (let n = 0; n < RUNS; n += 1) {
      const name = `large-${String(n)}.bin`;
      const path = join(core.dir, `of-mine-${name}`);
      await writeFile(path, randomBytes(BYTES));
      const slot = await askSlot(peer, `upload.${server.domain}`, `curl-${name}`, BYTES);
      const headers = Object.entries({ ...slot.headers, 'content-type': 'application/octet-stream' });
      const curlUp = await timed(() =>
        run('curl', [
          '-sf',
          ...headers.flatMap(([key, value]) => ['-H', `${key}: ${value}`]),
          '-T',
          path,
          slot.put,
        ]),
      );
      const began = performance.now();
      await core.ask('file.add', { account, peer: oscar.jid, paths: [path] });
      const id = await sentFile(core, account, oscar.jid, n + 1);
      up.push({ ours: performance.now() - began, curl: curlUp });
      const curlDown = await timed(() =>
        run('curl', ['-sf', '-o', join(core.dir, `curl-${name}`), slot.get]),
      );
      // Resolves once it is whole on the disk.
      const ours = await timed(() => core.ask('file.save', { account, id }));
      down.push({ ours, curl: curlDown });
    }
    await peer.disconnect();
    return [...rowsOf('up', up), ...rowsOf('down', down)];
  } finally {
    await core.stop();
    await server.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The id of the newest message with a file, once there are so many. */
function sentFile(core: TestCore, account: AccountId, peer: string, count: number): Promise<number> {
  return core.until(
    async () => {
      const files = (await core.ask('file.list', { account, peer, before: null, limit: 20 })).value;
      return files.length === count ? Math.max(...files.map(({ id }) => id)) : null;
    },
    'the message with the file',
    LIMIT_MS,
  );
}

function rowsOf(way: 'up' | 'down', both: readonly Both[]): readonly Measured[] {
  const ms = (name: string, runs: readonly number[]): Measured => ({ name, runs, unit: 'ms' });
  return [
    ms(
      `100 MB ${way}, Flint`,
      both.map(({ ours }) => ours),
    ),
    ms(
      `100 MB ${way}, curl`,
      both.map(({ curl }) => curl),
    ),
    { name: '  times as long', runs: both.map(({ ours, curl }) => ours / curl), unit: '×' },
  ];
}
