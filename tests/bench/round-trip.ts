import { stanzaPeer } from '../peers/stanza-peer';
import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { startCore } from '../support/core';

const LIMIT_MS = 10_000;

/**
 * A message from the core (kept on disk, then sent) to a client that is not ours, which sends it back, until the core
 * tells that it has come (and is on disk again).
 *
 * @returns milliseconds for each of `count` messages, one after the other
 */
export async function roundTrips(
  server: ServerAddress,
  ours: TestAccount,
  theirs: TestAccount,
  count: number,
): Promise<readonly number[]> {
  const peer = stanzaPeer(server, theirs);
  const core = await startCore();
  try {
    await peer.connect();
    peer.onMessage(({ from, body }) => {
      if (body !== undefined) void peer.sendMessage(from, body);
    });
    const account = await core.signIn(ours.jid, ours.password, { server: server.wsUrl });
    const waiting = new Map<string, () => void>();
    core.core.listen(({ event }) => {
      if (event.type === 'message' && event.message.direction === 'in') waiting.get(event.message.body)?.();
    });
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const body = `round trip ${i}`;
      const began = performance.now();
      const back = within(LIMIT_MS, new Promise<void>((resolve) => waiting.set(body, resolve)));
      await core.ask('message.send', { account, peer: theirs.jid, body });
      await back;
      times.push(performance.now() - began);
    }
    return times;
  } finally {
    await core.stop();
    await peer.disconnect();
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`a message did not come back within ${ms} ms`));
    }, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
