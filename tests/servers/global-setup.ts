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

/**
 * Vitest's global set-up: starts each of the main servers once for the whole run and provides their addresses as
 * `servers` (see shared.ts). FLINT_SERVERS=prosody,openfire limits the run to some of them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
  project.provide('servers', {
    controlUrl: control.url,
    servers: Object.fromEntries([...running].map(([kind, server]) => [kind, server.address()])),
  });
  return stop;
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
