import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testCertificate, type TestCertificate } from '../servers/certificates';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { hostileServer, polite, type HostileServer } from '../support/hostile-server';
import { failureOf, tryLink, type Try } from '../support/link-deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
const quick = { deadlines: { failover: 100, step: 400, total: 5_000, close: 50 } };
const serve = async (...args: Parameters<typeof hostileServer>): Promise<HostileServer> => {
  const server = await hostileServer(...args);
  endings.push(() => server.stop());
  return server;
};
const proxied = async (server: HostileServer): Promise<FaultProxy & { readonly url: string }> => {
  const proxy = await faultProxy(server);
  endings.push(() => proxy.stop());
  return Object.assign(proxy, { url: `ws://127.0.0.1:${String(proxy.port)}/ws` });
};
const open = async (
  endpoints: readonly string[],
  more: Parameters<typeof tryLink>[0] = {},
  deps: Parameters<typeof tryLink>[1] = {},
): Promise<Try> => {
  const told = await tryLink({ endpoints, ...more }, { ...quick, ...deps });
  const { link } = told;
  if (link) endings.push(() => link.close());
  return told;
};
const nobody = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `ws://127.0.0.1:${String(port)}/ws`;
};

describe('several endpoints', () => {
  it('the first one is taken while it answers', async () => {
    const [first, second] = [await serve(polite()), await serve(polite())];
    const { link, steps } = await open([first.url, second.url]);
    expect(link?.endpoint).toBe(first.url);
    expect(steps.get('tcp')?.state).toBe('done');
    expect(second.guests).toHaveLength(0);
  });

  it('one that refuses is passed over', async () => {
    const second = await serve(polite());
    const { link } = await open([await nobody(), second.url]);
    expect(link?.endpoint).toBe(second.url);
  });

  it('R6 one that does not answer is passed over', async () => {
    const first = await proxied(await serve(polite()));
    first.blackHole(true);
    const second = await serve(polite());
    const { link } = await open([first.url, second.url]);
    expect(link?.endpoint).toBe(second.url);
  });

  it('a front whose server is away is passed over', async () => {
    const first = await serve(undefined, {
      http: (_request, response) => {
        response.writeHead(502).end();
      },
    });
    const second = await serve(polite());
    expect((await open([first.url, second.url])).link?.endpoint).toBe(second.url);
  });

  it.each<[string, Parameters<typeof hostileServer>[0]]>([
    ['says nothing', () => undefined],
    ['hangs up', (guest) => guest.raw.destroy()],
    ['closes', (guest) => guest.close()],
  ])('one that opens and then %s is passed over', async (_what, script) => {
    const first = await serve(script);
    const second = await serve(polite());
    const { link, steps } = await open([first.url, second.url]);
    expect(link?.endpoint).toBe(second.url);
    expect([...steps.values()].some(({ state }) => state === 'failed')).toBe(false);
  });

  it('a wrong password is said to one of them alone', async () => {
    const auth = {
      auth: (guest: { send(frame: string): void }) => {
        guest.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
        return Promise.resolve();
      },
    };
    const [first, second] = [await serve(polite(auth)), await serve(polite(auth))];
    expect(failureOf(await open([first.url, second.url]))).toBe('not-authorized at auth');
    expect(second.guests).toHaveLength(0);
  });

  it('none answers: the most telling failure is said', async () => {
    const front = await serve(undefined, {
      http: (_request, response) => {
        response.writeHead(404).end();
      },
    });
    expect(failureOf(await open([await nobody(), front.url]))).toBe('not-websocket at websocket');
  });

  it('before and after one of two proxies is killed', async () => {
    const server = await serve(polite());
    const [first, second] = [await proxied(server), await proxied(server)];
    const endpoints = [first.url, second.url];
    const { link } = await open(endpoints);
    expect(link?.endpoint).toBe(first.url);
    const end = new Promise((resolve) => link?.onEnd(resolve));
    await first.stop();
    expect(await end).toMatchObject({ code: 'closed' });
    expect((await open(endpoints)).link?.endpoint).toBe(second.url);
  });
});

describe('several endpoints with TLS', () => {
  let untrusted: TestCertificate;
  let trusted: TestCertificate;
  beforeAll(async () => {
    untrusted = await testCertificate('self-signed', 'hostile.test');
    trusted = await testCertificate('trusted', 'hostile.test');
  }, 120_000);

  it('T29 the first one with a certificate to ask about ends the search', async () => {
    const first = await serve(polite(), { tls: untrusted });
    const second = await serve(polite(), { tls: trusted });
    const told = await open(
      [await nobody(), first.url, second.url],
      {},
      { authorities: [trusted.caPem], deadlines: { ...quick.deadlines, failover: 2_000 } },
    );
    expect(failureOf(told)).toBe('tls-self-signed at tls');
    expect(told.outcome).toMatchObject({
      certificate: { host: `localhost:${String(first.port)}`, fingerprint: untrusted.fingerprint256 },
    });
    expect(second.guests).toHaveLength(0);
  });

  it('T26 a place to resume at is tried first, its certificate is no question, and the rest follows', async () => {
    const sm = "xmlns='urn:xmpp:sm:3'";
    const resuming = polite({
      resume: async (guest) => {
        guest.send(`<resumed ${sm} previd='sm-1' h='0'/>`);
        await guest.receive();
        guest.send(`<a ${sm} h='0'/>`);
        return true;
      },
    });
    const [named, bad, usual] = [
      await serve(resuming),
      await serve(polite(), { tls: untrusted }),
      await serve(resuming),
    ];
    const resume = {
      id: 'sm-1',
      version: 'urn:xmpp:sm:3',
      jid: 'juliet@hostile.test/Flint-1a2b3c',
      handled: 0,
      max: null,
      mechanism: 'SCRAM-SHA-256',
    };
    const there = await open([usual.url], { resume: { ...resume, location: named.url } });
    expect(there.link).toMatchObject({ endpoint: named.url, resumed: { id: 'sm-1' } });
    const back = await open([usual.url], { resume: { ...resume, location: bad.url } });
    expect(back.link).toMatchObject({ endpoint: usual.url, resumed: { id: 'sm-1' } });
    expect(bad.guests).toHaveLength(0);
  });
});
