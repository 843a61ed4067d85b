import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { startCore, type TestCore } from '../support/core';
import { faultProxy } from '../support/fault-proxy';

export interface Reconnects {
  /** Milliseconds of each walk from the first byte to ready, contacts and presences known. */
  readonly resumed: readonly number[];
  readonly fresh: readonly number[];
}

const walk = async (core: TestCore, from: string | null): Promise<{ ms: number; steps: string }> => {
  const { connection } = await core.waitForState(
    ({ connection: { phase, steps } }) => phase === 'online' && JSON.stringify(steps) !== from,
    'online again',
    30_000,
  );
  const ready = connection.steps.find(({ id }) => id === 'ready');
  return { ms: ready?.ms ?? NaN, steps: JSON.stringify(connection.steps) };
};

/** The line is cut so many times and the session goes on (XEP-0198 §5); then it is left and begun anew as often. */
export async function reconnects(
  server: ServerAddress,
  ours: TestAccount,
  runs: number,
): Promise<Reconnects> {
  const { port, pathname } = new URL(server.wsUrl);
  const proxy = await faultProxy({ port: Number(port) });
  const core = await startCore();
  try {
    const url = `ws://127.0.0.1:${String(proxy.port)}${pathname}`;
    const account = await core.signIn(ours.jid, ours.password, { server: url });
    const result = { resumed: [] as number[], fresh: [] as number[] };
    let { steps } = await walk(core, null);
    for (let run = 0; run < runs; run++) {
      proxy.cut();
      const again = await walk(core, steps);
      steps = again.steps;
      result.resumed.push(again.ms);
    }
    for (let run = 0; run < runs; run++) {
      await core.ask('presence.set', { account, kind: 'offline', status: null });
      await core.ask('presence.set', { account, kind: 'online', status: null });
      const again = await walk(core, steps);
      steps = again.steps;
      result.fresh.push(again.ms);
    }
    return result;
  } finally {
    await core.stop();
    await proxy.stop();
  }
}
