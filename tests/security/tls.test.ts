import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { domain, hostileServer, polite, type HostileServer } from '../support/hostile-server';
import { failureOf, tryLink } from '../support/link-deps';
import { testCertificate, type TestCertificate } from '../servers/certificates';
import type { CertificateKind } from '../servers/server';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';

const kinds: readonly CertificateKind[] = ['trusted', 'self-signed', 'expired', 'wrong-name'];
const certificates = new Map<CertificateKind, TestCertificate>();
beforeAll(async () => {
  for (const kind of kinds) certificates.set(kind, await testCertificate(kind, 'example.test'));
}, 120_000);
const certificate = (kind: CertificateKind): TestCertificate => certificates.get(kind)!;

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
const serve = async (kind: CertificateKind): Promise<HostileServer> => {
  const server = await hostileServer(polite(), { tls: certificate(kind) });
  endings.push(() => server.stop());
  return server;
};
const trusting = (): Partial<LinkDeps> => ({ authorities: [certificate('trusted').caPem] });
const address = (server: HostileServer): string => `localhost:${String(server.port)}`;

describe('certificates', () => {
  it('a trusted one is taken without a question', async () => {
    const server = await serve('trusted');
    const { link, steps } = await tryLink({ endpoints: [server.url] }, trusting());
    expect(link).not.toBeNull();
    expect(steps.get('tls')).toMatchObject({ state: 'done', detail: 'TLSv1.3' });
    await link?.close();
  });

  it('one for the XMPP domain is as good as one for the host', async () => {
    const server = await serve('wrong-name');
    const jid = 'juliet@wrong-name.test';
    const outcome = await tryLink({ endpoints: [server.url], jid }, trusting());
    // This server speaks for another domain; its certificate was taken.
    expect(failureOf(outcome)).toBe('wrong-domain at open');
    expect(failureOf(await tryLink({ endpoints: [server.url] }, trusting()))).toBe('tls-wrong-name at tls');
  });

  it.each<[CertificateKind, string]>([
    ['self-signed', 'tls-self-signed'],
    ['expired', 'tls-expired'],
    ['wrong-name', 'tls-wrong-name'],
  ])(
    'R17 %s: a question with all that is to be compared, and not a byte to the server',
    async (kind, code) => {
      const server = await serve(kind);
      const { outcome, steps, xml } = await tryLink({ endpoints: [server.url] }, trusting());
      if (outcome.ok) throw new Error('let in');
      expect(outcome.failure).toMatchObject({ code, step: 'tls' });
      expect(outcome.certificate).toMatchObject({
        host: address(server),
        fingerprint: certificate(kind).fingerprint256,
        previous: null,
      });
      expect(outcome.certificate?.subject).toMatch(/^CN=/);
      expect(outcome.certificate?.issuer).toMatch(/^CN=/);
      expect(outcome.certificate?.validTo).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(outcome.certificate?.names.length).toBeGreaterThan(0);
      expect(steps.get('tls')?.state).toBe('failed');
      expect(xml).toEqual([]);
      expect(server.guests).toHaveLength(0);
    },
  );

  it('without the authority, what it signed is asked about too', async () => {
    const server = await serve('trusted');
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('tls-self-signed at tls');
  });

  it.each<CertificateKind>(['self-signed', 'expired', 'wrong-name'])(
    'T29 a pinned one is taken for this host and port (%s)',
    async (kind) => {
      const server = await serve(kind);
      const { fingerprint256 } = certificate(kind);
      const { link } = await tryLink({
        endpoints: [server.url],
        pins: new Map([[address(server), fingerprint256]]),
      });
      expect(link).not.toBeNull();
      await link?.close();
      for (const elsewhere of ['localhost:1', '127.0.0.1:' + String(server.port), 'localhost', domain]) {
        const outcome = await tryLink(
          { endpoints: [server.url], pins: new Map([[elsewhere, fingerprint256]]) },
          trusting(),
        );
        expect(failureOf(outcome)).toMatch(/^tls-/);
      }
    },
  );

  it.each<CertificateKind>(['self-signed', 'trusted'])(
    'T29 another one than the pinned asks again, with both fingerprints, even if it is %s',
    async (kind) => {
      const server = await serve(kind);
      const before = certificate('expired').fingerprint256;
      const { outcome } = await tryLink(
        { endpoints: [server.url], pins: new Map([[address(server), before]]), password: 'c4n4ry' },
        trusting(),
      );
      expect(outcome).toMatchObject({
        ok: false,
        failure: { code: 'tls-changed', step: 'tls' },
        certificate: { fingerprint: certificate(kind).fingerprint256, previous: before },
      });
      expect(server.guests).toHaveLength(0);
    },
  );

  it('T29 an address typed as digits is checked as one', async () => {
    const server = await serve('trusted');
    const { link } = await tryLink({ endpoints: [server.url.replace('localhost', '127.0.0.1')] }, trusting());
    expect(link).not.toBeNull();
    await link?.close();
  });

  it('a server that does not speak TLS there', async () => {
    const server = await hostileServer(polite());
    endings.push(() => server.stop());
    const { outcome } = await tryLink({ endpoints: [server.url.replace('ws:', 'wss:')] });
    expect(outcome).toMatchObject({ failure: { code: 'tls-failed', step: 'tls' }, certificate: null });
  });

  it('a line that is cut in the handshake', async () => {
    const rude = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    endings.push(async () => void rude.close());
    const { port } = rude.address() as AddressInfo;
    expect(failureOf(await tryLink({ endpoints: [`wss://localhost:${String(port)}/`] }))).toBe(
      'tls-failed at tls',
    );
  });
});
