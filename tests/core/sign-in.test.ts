import { afterAll, describe, expect, it } from 'vitest';
import { registerAccount, type RegisterOutcome } from '../../src-main/xmpp/stream/register';
import type { Failure } from '../../src-shared/model/connection';
import { CAPABILITIES } from '../servers/capabilities';
import { testCertificate } from '../servers/certificates';
import type { ServerKind, ServerOptions, TestServer } from '../servers/server';
import { connectServer, sharedServers, type SharedServer, type TestAccount } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { front, type FrontOptions } from '../support/front';
import { failureOf, linkDeps, linkRequest, tryLink } from '../support/link-deps';
import { atEnd } from './support';

/** Passwords that clients are known to break, by RFC 5802 and by RFC 4616. */
const hardPasswords = [
  '1234567',
  '007 bond',
  '\\0123',
  `it's "quoted"`,
  ' spaces  inside ',
  '<&>&amp;]]>',
  'пароль',
  '密码很长',
  'a=b,c=2C',
  'päßword€',
];
const strongest: Readonly<Record<string, string>> = {
  prosody: 'SCRAM-SHA-1',
  ejabberd: 'SCRAM-SHA-512',
  openfire: 'SCRAM-SHA-1',
};

const ofAll: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.allSettled(ofAll.map((end) => end()));
});
/** Started at its first use, and ended with this file. */
const lazily = (kind: ServerKind, options: ServerOptions): (() => Promise<TestServer>) => {
  let server: Promise<TestServer> | null = null;
  return () => {
    if (!server) {
      server = startServer(kind, options);
      ofAll.push(async () => (await server)?.stop());
    }
    return server;
  };
};
const portOf = (url: string): number => Number(new URL(url).port);
const pathOf = (url: string): string => new URL(url).pathname;

describe.each(sharedServers())('signing in on %s', (kind) => {
  const server = (): SharedServer => connectServer(kind);
  const plainOnly = lazily(kind, { plainOnly: true });
  const closed = lazily(kind, { registration: false });
  const trusting = (): { readonly authorities: readonly string[] } => ({
    authorities: [server().certificate.caPem],
  });
  const as = (account: TestAccount, endpoint = server().wsUrl) => ({
    ...account,
    endpoints: [endpoint],
  });
  const proxied = async (): Promise<{ readonly proxy: FaultProxy; readonly endpoint: string }> => {
    const proxy = await faultProxy({ port: portOf(server().wsUrl) });
    atEnd(() => proxy.stop());
    return { proxy, endpoint: `ws://localhost:${String(proxy.port)}${pathOf(server().wsUrl)}` };
  };
  const fronted = async (options: FrontOptions): Promise<string> => {
    const before = await front(portOf(server().wsUrl), options);
    atEnd(() => before.stop());
    const scheme = options.certificate ? 'wss' : 'ws';
    return `${scheme}://localhost:${String(before.port)}${pathOf(server().wsUrl)}`;
  };

  it('ws:// with the strongest mechanism', async () => {
    const account = await server().newAccount();
    const { link, steps } = await tryLink(as(account));
    expect(link?.mechanism).toBe(strongest[kind]);
    expect(link?.jid).toBe(`${account.jid}/Flint-1a2b3c`);
    expect(steps.get('tls')?.state).toBe('skipped');
    expect(steps.get('session')?.state).toBe('skipped');
    expect(steps.get('sm')).toMatchObject({ state: 'done', detail: 'urn:xmpp:sm:3' });
    await link?.close();
  });

  it('wss:// with a certificate that is trusted', async () => {
    const account = await server().newAccount();
    const { link, steps } = await tryLink(as(account, server().wssUrl), trusting());
    expect(steps.get('tls')?.detail).toMatch(/^TLSv1\.[23]$/);
    await link?.close();
    expect(link).not.toBeNull();
  });

  it.each(hardPasswords)('the password %j by SCRAM', async (password) => {
    const account = await server().newAccount('hard', password);
    const outcome = await tryLink(as(account));
    expect(failureOf(outcome)).toBe('no failure');
    expect(outcome.link?.mechanism).toBe(strongest[kind]);
    await outcome.link?.close();
  });

  it.each(hardPasswords)('the password %j by PLAIN', async (password) => {
    const own = await plainOnly();
    const name = `hard${String(hardPasswords.indexOf(password))}`;
    await own.createUser(name, password);
    const outcome = await tryLink(
      { jid: `${name}@${own.domain}`, password, endpoints: [own.wssUrl] },
      { authorities: [own.certificate.caPem] },
    );
    expect(failureOf(outcome)).toBe('no failure');
    expect(outcome.link?.mechanism).toBe('PLAIN');
    await outcome.link?.close();
  });

  it('wrong password, and unknown account', async () => {
    const account = await server().newAccount();
    expect(failureOf(await tryLink({ ...as(account), password: 'another' }))).toBe('not-authorized at auth');
    const nobody = { ...as(account), jid: `nobody@${account.jid.split('@')[1] ?? ''}` };
    expect(failureOf(await tryLink(nobody))).toBe('not-authorized at auth');
  });

  it('wrong domain', async () => {
    const account = await server().newAccount();
    const elsewhere = { ...as(account), jid: 'juliet@other.example' };
    expect(failureOf(await tryLink(elsewhere))).toMatch(/^wrong-domain at (open|features)$/);
  });

  it('unknown host, and refused', async () => {
    const account = await server().newAccount();
    expect(failureOf(await tryLink(as(account, 'wss://no-such-host.invalid:7443/ws/')))).toBe(
      'unknown-host at discover',
    );
    const gone = await front(1);
    await gone.stop();
    expect(failureOf(await tryLink(as(account, `ws://localhost:${String(gone.port)}/ws/`)))).toBe(
      'refused at tcp',
    );
  });

  it('not a WebSocket: another path, and a page', async () => {
    const account = await server().newAccount();
    const base = new URL(server().wsUrl);
    const { outcome } = await tryLink(as(account, new URL('/nothing', base).href));
    expect(outcome).toMatchObject({ failure: { code: 'not-websocket', params: { status: '404' } } });
    if (kind !== 'prosody') return;
    const page = await tryLink(as(account, new URL('/', base).href));
    expect(page.outcome).toMatchObject({ failure: { code: 'not-websocket', params: { status: '200' } } });
  });

  it('the path without, or with, its last slash is mended where the server says how', async () => {
    const account = await server().newAccount();
    const other = server().wsUrl.endsWith('/') ? server().wsUrl.slice(0, -1) : `${server().wsUrl}/`;
    const outcome = await tryLink(as(account, other));
    // Openfire answers 302; the others take both.
    expect(failureOf(outcome)).toBe('no failure');
    if (kind === 'openfire') expect(outcome.link?.endpoint).toBe(server().wsUrl);
    await outcome.link?.close();
  });

  it('no XMPP sub-protocol', async () => {
    const account = await server().newAccount();
    const edit = (head: string): string => head.replace(/Sec-WebSocket-Protocol:[^\r]*\r\n/i, '');
    const { outcome } = await tryLink(as(account, await fronted({ edit })));
    // Openfire answers 503, ejabberd upgrades without it, Prosody has an answer of its own.
    const code = kind === 'prosody' ? 'not-websocket' : 'no-subprotocol';
    expect(outcome).toMatchObject({ failure: { code, step: 'websocket' } });
  });

  it('R6 time-out, on ws:// and wss://', async () => {
    const account = await server().newAccount();
    const { proxy, endpoint } = await proxied();
    proxy.blackHole(true);
    const quick = { deadlines: { step: 300, close: 50 } };
    expect(failureOf(await tryLink(as(account, endpoint), quick))).toBe('timeout at websocket');
    const secured = endpoint.replace('ws:', 'wss:');
    expect(failureOf(await tryLink(as(account, secured), quick))).toBe('timeout at tls');
  });

  it('R6 a line that goes silent', async () => {
    const account = await server().newAccount();
    const { proxy, endpoint } = await proxied();
    const { link } = await tryLink(as(account, endpoint), {
      deadlines: { probeEvery: 300, probeAnswer: 200, close: 50 },
    });
    if (!link) throw new Error('not signed in');
    const end = new Promise<Failure>((resolve) => link.onEnd(resolve));
    await new Promise((next) => setTimeout(next, 1000));
    proxy.blackHole(true);
    expect(await end).toMatchObject({ code: 'timeout', step: 'ready' });
  });

  it('a line that is slow is no failure', async () => {
    const account = await server().newAccount();
    const { proxy, endpoint } = await proxied();
    proxy.delay(120);
    const outcome = await tryLink(as(account, endpoint));
    expect(failureOf(outcome)).toBe('no failure');
    await outcome.link?.close();
  });

  it.each([
    ['expired', 'tls-expired'],
    ['wrong-name', 'tls-wrong-name'],
    ['self-signed', 'tls-self-signed'],
  ] as const)('R17 %s: asked, and in with the answer', async (certificate, code) => {
    const account = await server().newAccount();
    const shown = await testCertificate(certificate, 'front.test');
    const { caPem } = await testCertificate('trusted', 'front.test');
    const endpoint = await fronted({ certificate: shown });
    const request = as(account, endpoint);
    const { outcome, xml } = await tryLink(request, { authorities: [caPem] });
    if (outcome.ok || !outcome.certificate) throw new Error('not asked');
    expect(failureOf({ outcome })).toBe(`${code} at tls`);
    expect(xml).toEqual([]);
    const { host, fingerprint } = outcome.certificate;
    expect(fingerprint).toBe(shown.fingerprint256);
    const { link } = await tryLink({ ...request, pins: new Map([[host, fingerprint]]) });
    expect(link).not.toBeNull();
    await link?.close();
  });

  it('T29 the server’s own certificate, pinned; and a front that shows another', async () => {
    const account = await server().newAccount();
    const request = as(account, server().wssUrl);
    const asked = await tryLink(request);
    expect(failureOf(asked)).toBe('tls-self-signed at tls');
    const host = new URL(server().wssUrl).host;
    const pins = new Map([[host, server().certificate.fingerprint256]]);
    const { link } = await tryLink({ ...request, pins });
    expect(link).not.toBeNull();
    await link?.close();

    const endpoint = await fronted({ certificate: await testCertificate('self-signed', 'front.test') });
    const moved = new Map([[new URL(endpoint).host, server().certificate.fingerprint256]]);
    const { outcome } = await tryLink({ ...request, endpoints: [endpoint], pins: moved });
    expect(outcome).toMatchObject({
      failure: { code: 'tls-changed' },
      certificate: { previous: server().certificate.fingerprint256 },
    });
  });

  it('T27 only PLAIN over ws://: refused, and in once it is allowed', async () => {
    const own = await plainOnly();
    await own.createUser('bare', 'secret');
    const request = { jid: `bare@${own.domain}`, endpoints: [own.wsUrl] };
    const refused = await tryLink(request);
    expect(failureOf(refused)).toBe('plain-refused at auth');
    expect(refused.xml.some(({ xml }) => xml.startsWith('<auth'))).toBe(false);
    const allowed = await tryLink({ ...request, allowPlain: true });
    expect(allowed.link?.mechanism).toBe('PLAIN');
    await allowed.link?.close();
    const lost = await tryLink({ ...request, scramSeen: true });
    expect(failureOf(lost)).toBe('scram-lost at auth');
  });

  it('R18 the same resource again: the older session ends as conflict', async () => {
    const account = await server().newAccount();
    const first = await tryLink(as(account));
    if (!first.link) throw new Error('not signed in');
    const end = new Promise<Failure>((resolve) => first.link?.onEnd(resolve));
    const second = await tryLink(as(account));
    expect(second.link).not.toBeNull();
    expect(await end).toMatchObject({ code: 'conflict' });
    await second.link?.close();
  });

  const register = (
    at: Pick<TestServer, 'domain' | 'wsUrl'>,
    name: string,
    password: string,
  ): Promise<RegisterOutcome> =>
    registerAccount(
      linkRequest({ jid: `${name}@${at.domain}`, password, endpoints: [at.wsUrl], allowPlain: true }),
      linkDeps(),
      { onStep: () => undefined, onXml: () => undefined },
      new AbortController().signal,
    );

  it('a new account is made and signs in; a name that is taken is refused', async () => {
    const taken = await server().newAccount();
    // Openfire 4.2 answers nobody on a WebSocket who is not signed in: there the user is told that it makes no accounts.
    if (!CAPABILITIES[kind].registration) {
      expect(await register(server(), `new-${taken.name}`, 'x1y2z3')).toEqual({
        kind: 'refused',
        error: { code: 'registration-closed' },
      });
      return;
    }
    expect(await register(server(), taken.name, 'x1y2z3')).toEqual({
      kind: 'refused',
      error: { code: 'user-exists' },
    });
    const name = `new-${taken.name}`;
    const password = 'пароль <1>';
    expect(await register(server(), name, password)).toEqual({ kind: 'made' });
    const { link } = await tryLink({
      jid: `${name}@${server().domain}`,
      password,
      endpoints: [server().wsUrl],
    });
    expect(link).not.toBeNull();
    await link?.close();
    await server().deleteUser(name);
  });

  it('no new accounts where the server allows none', async () => {
    expect(await register(await closed(), 'somebody', 'secret')).toEqual({
      kind: 'refused',
      error: { code: 'registration-closed' },
    });
  });
});
