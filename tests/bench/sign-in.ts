import { randomUUID } from 'node:crypto';
import { client } from '@xmpp/client';
import { WebSocket } from 'ws';
import { systemClock } from '../../src-main/desktop/clock';
import { createHttp } from '../../src-main/desktop/http';
import { systemRandom } from '../../src-main/desktop/random';
import { Secret } from '../../src-main/ports';
import { openLink } from '../../src-main/xmpp/stream/open-link';
import type { TestAccount } from '../servers/shared';
import type { ServerAddress } from '../servers/server';

const nothing = (): void => undefined;

/** From nothing to a bound session on a socket of its own, as the app does it; milliseconds. */
export async function ourSignIn(server: ServerAddress, account: TestAccount): Promise<number> {
  const began = performance.now();
  const outcome = await openLink(
    {
      jid: account.jid,
      password: new Secret(account.password),
      endpoints: [server.wsUrl],
      resource: `bench-${systemRandom.id()}`,
      allowPlain: false,
      scramSeen: false,
      pins: new Map(),
      userAgent: randomUUID(),
      token: null,
      wantsToken: false,
      resumable: 'yes',
      resume: null,
    },
    {
      clock: systemClock,
      random: systemRandom,
      http: createHttp(),
      log: { info: nothing, warn: nothing, error: nothing },
    },
    { onStep: nothing, onXml: nothing, onToken: nothing },
    new AbortController().signal,
  );
  const took = performance.now() - began;
  if (!outcome.ok) throw new Error(`our sign-in failed: ${JSON.stringify(outcome.failure)}`);
  await outcome.link.close();
  return took;
}

/** The same with @xmpp/client as it comes, but for the WebSocket that this Node does not have. */
export async function stockSignIn(server: ServerAddress, account: TestAccount): Promise<number> {
  Object.assign(globalThis, { WebSocket });
  const stock = client({
    service: server.wsUrl,
    domain: server.domain,
    username: account.name,
    password: account.password,
  });
  stock.on('error', nothing);
  const began = performance.now();
  await stock.start();
  const took = performance.now() - began;
  await stock.stop();
  return took;
}
