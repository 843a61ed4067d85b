import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../src-main/desktop/http';
import { testCertificate, type TestCertificate } from '../servers/certificates';

const limits = { timeoutMs: 2000, maxBytes: 1000 };

describe('GET over https, as discovery asks for host-meta', () => {
  let server: Server;
  let base: string;
  let certificate: TestCertificate;
  const cookies: (string | undefined)[] = [];

  beforeAll(async () => {
    certificate = await testCertificate('trusted', 'localhost');
    const { keyFile, chainFile } = certificate;
    server = createServer(
      { key: readFileSync(keyFile), cert: readFileSync(chainFile) },
      (request, response) => {
        cookies.push(request.headers.cookie);
        const to: Record<string, string> = {
          '/again': '/again',
          '/once': '/there',
          '/down': 'http://127.0.0.1:9/',
          '/file': 'file:///etc/passwd',
        };
        const location = to[request.url ?? ''];
        if (location !== undefined) response.writeHead(302, { location, 'set-cookie': 'a=b' }).end();
        else if (request.url === '/large') response.end('x'.repeat(5000));
        else if (request.url === '/slow') response.write('x');
        else if (request.url === '/gone') response.writeHead(404).end('no');
        else response.end(`here is ${request.url ?? ''} 好`);
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (path: string, url = base + path) =>
    createHttp(() => ({ ca: [certificate.caPem] })).get(url, limits);

  it('gives status and body', async () => {
    expect(await get('/a')).toEqual({ ok: true, status: 200, body: 'here is /a 好' });
    expect(await get('/gone')).toEqual({ ok: true, status: 404, body: 'no' });
  });

  it('T26 asks nothing of an address that is not https, and follows none', async () => {
    const refused = { ok: false, reason: 'not an https address' };
    for (const url of ['http://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'x', '']) {
      expect(await get('', url)).toEqual(refused);
    }
    expect(await get('/down')).toEqual(refused);
    expect(await get('/file')).toEqual(refused);
  });

  it('T26 asks nothing of a server whose certificate this system does not trust', async () => {
    expect(await createHttp().get(`${base}/a`, limits)).toMatchObject({ ok: false });
    expect(await createHttp(() => ({ ca: [] })).get(`${base}/a`, limits)).toMatchObject({ ok: false });
  });

  it('follows a few redirects, without cookies, and no circle', async () => {
    expect(await get('/once')).toEqual({ ok: true, status: 200, body: 'here is /there 好' });
    expect(await get('/again')).toEqual({ ok: false, reason: 'too many redirects' });
    expect(cookies.every((cookie) => cookie === undefined)).toBe(true);
  });

  it('gives up what is too large', async () => {
    expect(await get('/large')).toEqual({ ok: false, reason: 'too large' });
  });

  it('gives up after its time: an answer that does not end, a server that says nothing, one that is not there', async () => {
    const hasty = { ...limits, timeoutMs: 150 };
    const http = createHttp(() => ({ ca: [certificate.caPem] }));
    expect(await http.get(`${base}/slow`, hasty)).toEqual({ ok: false, reason: 'timeout' });
    const silent = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${String((silent.address() as AddressInfo).port)}/`;
    expect(await http.get(url, hasty)).toEqual({ ok: false, reason: 'timeout' });
    silent.close();
    expect(await http.get(url, limits)).toEqual({ ok: false, reason: 'ECONNREFUSED' });
  });
});
