import { randomUUID } from 'node:crypto';
import { client } from '@xmpp/client';
import { WebSocket } from 'ws';
import { systemClock } from '../../src-main/desktop/clock';
import { createHttp } from '../../src-main/desktop/http';
import { systemRandom } from '../../src-main/desktop/random';
import { Secret } from '../../src-main/ports';
import type { FastToken } from '../../src-main/xmpp/link';
import { openLink } from '../../src-main/xmpp/stream/open-link';
import type { TestAccount } from '../servers/shared';
import type { ServerAddress } from '../servers/server';

const nothing = (): void => undefined;

/** From nothing to a bound session on a socket of its own, as the app does it; milliseconds. */
export async function ourSignIn(server: ServerAddress, account: TestAccount): Promise<number> {
  return (await signIn(server, account, server.wsUrl, null)).took;
}

/** The same over TLS, each time with the token of the time before, where the server gives any (XEP-0484). */
export async function signInsOverTls(
  server: ServerAddress,
  account: TestAccount,
  runs: number,
): Promise<{ readonly password: readonly number[]; readonly token: readonly number[] }> {
  const password: number[] = [];
  const token: number[] = [];
  // The first of each pays for the modules that it loads.
  for (let run = -1; run < runs; run++) {
    const first = await signIn(server, account, server.wssUrl, null);
    const second = first.token && (await signIn(server, account, server.wssUrl, first.token));
    if (run < 0) continue;
    password.push(first.took);
    if (second) token.push(second.took);
  }
  return { password, token };
}

const userAgent = randomUUID();

async function signIn(
  server: ServerAddress,
  account: TestAccount,
  endpoint: string,
  token: FastToken | null,
): Promise<{ readonly took: number; readonly token: FastToken | null }> {
  let next: FastToken | null = null;
  const began = performance.now();
  const outcome = await openLink(
    {
      jid: account.jid,
      password: new Secret(account.password),
      endpoints: [endpoint],
      resource: `bench-${systemRandom.id()}`,
      allowPlain: false,
      scramSeen: false,
      mechanism: null,
      pins: new Map(),
      userAgent,
      token,
      wantsToken: true,
      resumable: 'yes',
      resume: null,
    },
    {
      clock: systemClock,
      random: systemRandom,
      http: createHttp(),
      log: { info: nothing, warn: nothing, error: nothing },
      authorities: [server.certificate.caPem],
    },
    { onStep: nothing, onXml: nothing, onToken: (given) => (next = given) },
    new AbortController().signal,
  );
  const took = performance.now() - began;
  if (!outcome.ok) throw new Error(`our sign-in failed: ${JSON.stringify(outcome.failure)}`);
  await outcome.link.close();
  return { took, token: next };
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
