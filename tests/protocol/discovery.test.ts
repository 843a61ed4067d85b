import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../../src-main/ports';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';
import { domain, hostileServer, polite, type HostileServer } from '../support/hostile-server';
import { failureOf, tryLink } from '../support/link-deps';
import { testCertificate, type TestCertificate } from '../servers/certificates';

let trusted: TestCertificate;
let selfSigned: TestCertificate;
beforeAll(async () => {
  trusted = await testCertificate('trusted', domain);
  selfSigned = await testCertificate('self-signed', domain);
}, 120_000);
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
const serve = async (script = polite(), tls: TestCertificate | null = trusted): Promise<HostileServer> => {
  const server = await hostileServer(script, tls ? { tls } : {});
  endings.push(() => server.stop());
  return server;
};
/** A resolver that finds every host on this computer. */
const local: Partial<LinkDeps> = {
  lookup: (_host, options, callback) => {
    if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  },
};
const at = (server: HostileServer, path = '/ws'): string => `wss://${domain}:${String(server.port)}${path}`;
const announcing = (...hrefs: readonly string[]): Http => ({
  get: (url) => {
    expect(url).toMatch(/^https:/);
    const links = hrefs.map((href) => ({ rel: 'urn:xmpp:alt-connections:websocket', href }));
    return Promise.resolve({
      ok: true,
      status: url.endsWith('.json') ? 200 : 404,
      body: JSON.stringify({ links }),
    });
  },
});
const find = (more: Partial<LinkDeps>) =>
  tryLink({}, { ...local, authorities: [trusted.caPem], usualEndpoints: () => [], ...more });

describe('finding the server', () => {
  it('takes the announced endpoint', async () => {
    const server = await serve();
    const { link, steps } = await find({ http: announcing(at(server)) });
    expect(link?.endpoint).toBe(at(server));
    expect(steps.get('discover')).toMatchObject({ state: 'done', detail: at(server) });
    await link?.close();
  });

  it('falls back to where servers usually are, and beyond one that hangs', async () => {
    const [hanging, server] = [await serve(() => new Promise(() => undefined), null), await serve()];
    const { link } = await find({
      usualEndpoints: () => [at(hanging), at(server)],
      deadlines: { stagger: 20 },
    });
    expect(link?.endpoint).toBe(at(server));
    await link?.close();
  });

  it('T26 never takes ws://, though nothing else is there', async () => {
    const plain = await serve(polite(), null);
    const endpoint = `ws://${domain}:${String(plain.port)}/ws`;
    const outcome = await find({ http: announcing(endpoint) });
    expect(failureOf(outcome)).toBe('unknown-host at discover');
    expect(plain.guests).toHaveLength(0);
  });

  it('T26 takes the redirect of wss:// to ws:// for a refusal', async () => {
    const plain = await serve(polite(), null);
    const server = await hostileServer(undefined, {
      tls: trusted,
      http: (_request, response) =>
        response.writeHead(302, { location: `http://${domain}:${String(plain.port)}/ws` }).end(),
    });
    endings.push(() => server.stop());
    expect(failureOf(await find({ http: announcing(at(server)) }))).toBe('not-websocket at websocket');
    expect(plain.guests).toHaveLength(0);
  });

  it('asks about the certificate of a server that is there, rather than say that others are not', async () => {
    const [openfire, gone] = [await serve(polite(), selfSigned), await hostileServer()];
    await gone.stop();
    const { outcome } = await find({ usualEndpoints: () => [at(openfire), at(gone)] });
    expect(outcome).toMatchObject({
      failure: { code: 'tls-self-signed' },
      certificate: { host: `${domain}:${String(openfire.port)}`, fingerprint: selfSigned.fingerprint256 },
    });
    expect(openfire.guests).toHaveLength(0);
  });

  it('says the most telling of several failures', async () => {
    const gone = await hostileServer();
    await gone.stop();
    const page = await hostileServer(undefined, {
      tls: trusted,
      http: (_request, response) => response.writeHead(404).end(),
    });
    endings.push(() => page.stop());
    expect(failureOf(await find({ usualEndpoints: () => [at(gone), at(page), at(gone)] }))).toBe(
      'not-websocket at websocket',
    );
  });

  it('says that the domain is unknown', async () => {
    const nowhere = await tryLink({ jid: 'juliet@no-such-domain.invalid' });
    expect(failureOf(nowhere)).toBe('unknown-host at discover');
    expect(nowhere.steps.get('discover')?.state).toBe('failed');
  });

  it('does not wait for a host-meta that hangs unless nothing else is there, and can be called off meanwhile', async () => {
    const server = await serve();
    const http: Http = {
      get: (_url, { timeoutMs }) =>
        new Promise((resolve) => setTimeout(() => resolve({ ok: false, reason: 'timeout' }), timeoutMs)),
    };
    const { link } = await find({ http, usualEndpoints: () => [at(server)], deadlines: { headStart: 50 } });
    expect(link).not.toBeNull();
    await link?.close();

    const announced = announcing(at(server));
    const slow: Http = {
      get: async (url, limits) => {
        await new Promise((next) => setTimeout(next, 200));
        return announced.get(url, limits);
      },
    };
    const late = await find({ http: slow, deadlines: { headStart: 20 } });
    expect(late.link?.endpoint).toBe(at(server));
    await late.link?.close();

    const cut = new AbortController();
    setTimeout(() => cut.abort(), 20);
    const outcome = await tryLink({}, { ...local, http }, cut.signal);
    expect(failureOf(outcome)).toBe('closed at discover');
  });
});
