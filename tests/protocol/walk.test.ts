import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StepId } from '../../src-shared/model/connection';
import {
  domain,
  frames,
  hostileServer,
  polite,
  scramServer,
  type Guest,
  type HostileOptions,
  type HostileServer,
} from '../support/hostile-server';
import { failureOf, tryLink } from '../support/link-deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
const serve = async (
  script: (guest: Guest) => Promise<void> | void,
  options?: HostileOptions,
): Promise<HostileServer> => {
  const server = await hostileServer(script, options);
  endings.push(() => server.stop());
  return server;
};
const quick = { deadlines: { step: 300, total: 2_000, close: 100 } };
const hush = (): Promise<void> => new Promise(() => undefined);

describe('the walk to a session', () => {
  it('tells each step with its time and what was found', async () => {
    const server = await serve(polite());
    const { outcome, steps, link, xml } = await tryLink({ endpoints: [server.url] });
    expect(failureOf({ outcome })).toBe('no failure');
    expect([...steps.values()].map(({ id, state }) => `${id} ${state}`)).toEqual([
      'discover done',
      'tcp done',
      'websocket done',
      'tls skipped',
      'open done',
      'features done',
      'auth done',
      'reopen done',
      'bind done',
      'session skipped',
      'sm done',
    ]);
    for (const step of steps.values()) if (step.state === 'done') expect(step.ms).toBeGreaterThanOrEqual(0);
    expect(steps.get('bind')?.detail).toBe(`juliet@${domain}/Flint-1a2b3c`);
    expect(link).toMatchObject({
      jid: `juliet@${domain}/Flint-1a2b3c`,
      mechanism: 'SCRAM-SHA-256',
      endpoint: server.url,
    });
    expect(xml.filter(({ direction }) => direction === 'out').map(({ step }) => step)).toEqual([
      'open',
      'auth',
      'auth',
      'reopen',
      'bind',
      'sm',
    ]);
    await link?.close();
  });

  it('begins its frames as Openfire recognises them, and closes with <close/>', async () => {
    const server = await serve(polite());
    const { link } = await tryLink({ endpoints: [server.url] });
    await link?.close();
    const [guest] = server.guests;
    await guest?.gone;
    const received = guest?.received ?? [];
    expect(received[0]).toMatch(/^<open [^>]*to="hostile\.test"/);
    expect(received.at(-1)).toBe('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>');
    for (const frame of received) expect(frame).toMatch(/^<(?!\?)/);
  });

  it('T25 shows every frame, and no secret of any', async () => {
    const server = await serve(
      polite({
        features: frames.features(frames.mechanisms('PLAIN')),
        auth: async (guest) => {
          guest.send(frames.sasl('success'));
        },
      }),
    );
    const { outcome, xml } = await tryLink({ endpoints: [server.url], allowPlain: true, password: 'c4n4ry' });
    expect(outcome.ok).toBe(true);
    const all = xml.map((entry) => entry.xml).join('\n');
    expect(all).toContain('<auth');
    expect(all).not.toContain('c4n4ry');
    expect(all).not.toContain(Buffer.from('\u0000juliet\u0000c4n4ry').toString('base64'));
    if (outcome.ok) await outcome.link.close();
  });

  it('skips a session that is optional and takes one that is required', async () => {
    const session = (optional: string): string =>
      frames.features(
        `${frames.bind}<session xmlns='urn:ietf:params:xml:ns:xmpp-session'>${optional}</session>`,
      );
    const optional = await serve(polite({ boundFeatures: session('<optional/>') }));
    const skipped = await tryLink({ endpoints: [optional.url] });
    expect(skipped.steps.get('session')?.state).toBe('skipped');
    await skipped.link?.close();
    const required = await serve(
      polite({
        boundFeatures: session(''),
        live: async (guest) => {
          const asked = await guest.receive();
          expect(asked).toContain('urn:ietf:params:xml:ns:xmpp-session');
          guest.send(
            `<iq xmlns='jabber:client' type='result' id='${/id="([^"]+)"/.exec(asked)?.[1] ?? ''}'/>`,
          );
        },
      }),
    );
    const taken = await tryLink({ endpoints: [required.url] });
    expect(taken.steps.get('session')?.state).toBe('done');
    expect(taken.steps.get('sm')?.state).toBe('skipped');
    await taken.link?.close();
  });

  it('R6 a server that accepts and says nothing: the deadline of each step', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    endings.push(async () => void silent.close());
    const { port } = silent.address() as AddressInfo;
    expect(failureOf(await tryLink({ endpoints: [`ws://127.0.0.1:${String(port)}/ws`] }, quick))).toBe(
      'timeout at websocket',
    );
    expect(failureOf(await tryLink({ endpoints: [`wss://127.0.0.1:${String(port)}/ws`] }, quick))).toBe(
      'timeout at tls',
    );
  });

  const presence = "<presence xmlns='jabber:client'/>";
  it.each<[StepId, (guest: Guest) => Promise<void>]>([
    ['open', hush],
    [
      'features',
      async (guest) => {
        await guest.receive();
        guest.send(frames.open);
      },
    ],
    ['auth', polite({ auth: hush })],
    [
      'reopen',
      polite({
        auth: async (guest, auth) => {
          await scramServer(guest, auth, { password: 'secret' });
          await hush();
        },
      }),
    ],
    ['bind', polite({ bind: () => presence })],
    ['sm', polite({ enabled: presence })],
  ])('R6 a server that is silent at %s', async (step, script) => {
    const server = await serve(script);
    const { outcome, steps } = await tryLink({ endpoints: [server.url] }, quick);
    expect(failureOf({ outcome })).toBe(`timeout at ${step}`);
    expect(steps.get(step)?.state).toBe('failed');
    expect([...steps.values()].some(({ state }) => state === 'doing')).toBe(false);
  });

  it('features that are none', async () => {
    const server = await serve(polite({ boundFeatures: presence }));
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('malformed at reopen');
  });

  it('has a deadline for the whole walk too', async () => {
    const slow = polite({
      auth: async (guest) => {
        await new Promise((next) => setTimeout(next, 400));
        guest.send(frames.sasl('success'));
      },
    });
    const server = await serve(slow);
    const { outcome } = await tryLink(
      { endpoints: [server.url] },
      { deadlines: { step: 5_000, total: 250, close: 50 } },
    );
    expect(failureOf({ outcome })).toBe('timeout at auth');
  });

  it('ends at once when it is called off, at any step', async () => {
    const cut = new AbortController();
    const server = await serve(async (guest) => {
      await guest.receive();
      cut.abort();
    });
    const { outcome } = await tryLink({ endpoints: [server.url] }, {}, cut.signal);
    expect(failureOf({ outcome })).toBe('closed at open');
    expect(failureOf(await tryLink({ endpoints: [server.url] }, {}, AbortSignal.abort()))).toMatch(/^closed/);
    await server.guests[0]?.gone;
  });
});

describe('what answers is not a chat server', () => {
  it.each([
    [404, {}, 'not-websocket', '404'],
    [200, { 'content-type': 'text/html' }, 'not-websocket', '200'],
    [503, {}, 'no-subprotocol', '503'],
    [302, { location: 'http://elsewhere.example/login' }, 'not-websocket', '302'],
    [302, { location: '/ws' }, 'not-websocket', '302'],
  ])('HTTP %s %j', async (status, headers, code, told) => {
    const server = await serve(hush, {
      http: (_request, response) => response.writeHead(status, headers).end('<html>Welcome'),
    });
    const { outcome } = await tryLink({ endpoints: [server.url] });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code, step: 'websocket', params: { status: told } },
    });
  });

  it('a WebSocket without the sub-protocol', async () => {
    const server = await serve(hush, { protocol: null });
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('no-subprotocol at websocket');
  });

  it.each([['SSH-2.0-OpenSSH_9.2\r\n'], ['\u0000\u0001\u0002']])('another protocol: %j', async (greeting) => {
    const other = createServer((socket) => socket.on('error', () => undefined).end(greeting));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    endings.push(async () => void other.close());
    const { port } = other.address() as AddressInfo;
    const plain = await tryLink({ endpoints: [`ws://127.0.0.1:${String(port)}/`] });
    expect(failureOf(plain)).toBe('not-websocket at websocket');
    expect(failureOf(await tryLink({ endpoints: [`wss://127.0.0.1:${String(port)}/`] }))).toBe(
      'tls-failed at tls',
    );
  });

  it('refused, and a host that does not exist', async () => {
    const server = await hostileServer();
    await server.stop();
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('refused at tcp');
    expect(failureOf(await tryLink({ endpoints: [server.url.replace('ws:', 'wss:')] }))).toBe(
      'refused at tcp',
    );
    expect(failureOf(await tryLink({ endpoints: ['wss://no-such-host.invalid/ws'] }))).toBe(
      'unknown-host at discover',
    );
    expect(failureOf(await tryLink({ endpoints: ['ws://no-such-host.invalid/ws'] }))).toBe(
      'unknown-host at discover',
    );
  });
});

describe('a server of another domain', () => {
  it.each([
    [
      '<open/> from another',
      polite({ open: frames.open.replace(domain, 'other.test') }),
      /^wrong-domain at open$/,
    ],
    [
      'host-unknown',
      async (guest: Guest) => {
        await guest.receive();
        guest.send(frames.open);
        guest.send(frames.streamError('host-unknown'));
      },
      // Both frames may come at once.
      /^wrong-domain at (open|features)$/,
    ],
  ])('says so by %s', async (_what, script, step) => {
    const server = await serve(script);
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toMatch(step);
  });
});
