import type { TestProject } from 'vitest/node';
import { serveControl, type SharedServers } from './control-endpoint';
import { installAll } from './install';
import { MAIN_SERVERS, type ServerKind, type TestServer } from './server';
import { startServer } from './start-server';

declare module 'vitest' {
  interface ProvidedContext {
    servers: SharedServers;
  }
}

interface Run {
  readonly shared: SharedServers;
  stop(): Promise<void>;
}

/** Each project of the run loads this module anew, and all are to share one set of servers. */
const holder = globalThis as typeof globalThis & { flintServers?: { run: Promise<Run>; users: number } };

/**
 * Vitest's global set-up: starts each of the main servers once for the whole run and provides their addresses as
 * `servers` (see shared.ts). FLINT_SERVERS=prosody,openfire limits the run to some of them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = (holder.flintServers ??= { run: startRun(), users: 0 });
  servers.users += 1;
  const run = await servers.run;
  project.provide('servers', run.shared);
  return async () => {
    servers.users -= 1;
    if (servers.users > 0) return;
    delete holder.flintServers;
    await run.stop();
  };
}

async function startRun(): Promise<Run> {
  const kinds = wantedServers();
  await installAll(kinds);
  const started = await Promise.allSettled(kinds.map((kind) => startServer(kind)));
  const running = new Map<ServerKind, TestServer>();
  for (const result of started)
    if (result.status === 'fulfilled') running.set(result.value.kind, result.value);
  const control = await serveControl(running);
  const stop = async (): Promise<void> => {
    control.close();
    await Promise.all([...running.values()].map((server) => server.stop()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    shared: {
      controlUrl: control.url,
      servers: Object.fromEntries([...running].map(([kind, server]) => [kind, server.address()])),
    },
    stop,
  };
}

function wantedServers(): readonly ServerKind[] {
  const wanted = process.env['FLINT_SERVERS'];
  if (wanted === undefined || wanted === '') return MAIN_SERVERS;
  const known: readonly ServerKind[] = [...MAIN_SERVERS, 'prosody13'];
  return wanted.split(',').map((name) => {
    const kind = known.find((one) => one === name.trim());
    if (kind === undefined) throw new Error(`FLINT_SERVERS names ${name}; there are ${known.join(', ')}`);
    return kind;
  });
}
