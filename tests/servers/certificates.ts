import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt } from '../../scripts/setup/apt';
import { cachePath, fillOnce } from '../../scripts/setup/cache';
import { run } from '../../scripts/setup/run';
import type { CertificateKind } from './server';

export interface TestCertificate {
  readonly kind: CertificateKind;
  readonly keyFile: string;
  /** The certificate, and the authority's below it where there is one. */
  readonly chainFile: string;
  readonly pem: string;
  /** The authority's certificate; for a self-signed one itself. */
  readonly caPem: string;
  readonly caFile: string;
  readonly fingerprint256: string;
}

/**
 * A server certificate for `domain`, its sub-domains, localhost and 127.0.0.1 (for wrong-name: of `wrong-name.test`
 * alone). Made once and kept in the cache, so that fingerprints stay the same from run to run.
 *
 * - trusted: signed by the test authority, whose certificate is `caPem`
 * - self-signed: by itself, as servers make one at their installation
 * - expired: signed by the test authority, over since 2021
 * - wrong-name: signed by the test authority, for another host
 */
export async function testCertificate(kind: CertificateKind, domain: string): Promise<TestCertificate> {
  const authority = await testAuthority();
  const folder = cachePath('certificates', `${kind}-${domain}`);
  const caFile = kind === 'self-signed' ? join(folder, 'server.pem') : join(authority, 'ca.pem');
  await fillOnce(folder, `3 ${readFileSync(join(authority, 'ca.pem'), 'utf8')}`, (empty) =>
    make(kind, domain, authority, empty),
  );
  const pem = readFileSync(join(folder, 'server.pem'), 'utf8');
  return {
    kind,
    keyFile: join(folder, 'server.key'),
    chainFile: join(folder, 'chain.pem'),
    pem,
    caPem: readFileSync(caFile, 'utf8'),
    caFile,
    fingerprint256: new X509Certificate(pem).fingerprint256,
  };
}

async function testAuthority(): Promise<string> {
  await ensureApt(['openssl']);
  const folder = cachePath('certificates', 'authority');
  await fillOnce(folder, '1', async (dir) => {
    await run('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '3650',
        '-subj',
        '/CN=Flint test authority',
      ],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
      ...['-keyout', join(dir, 'ca.key'), '-out', join(dir, 'ca.pem')],
    ]);
  });
  return folder;
}

async function make(kind: CertificateKind, domain: string, authority: string, dir: string): Promise<void> {
  const name = kind === 'wrong-name' ? 'wrong-name.test' : domain;
  const names =
    kind === 'wrong-name'
      ? [`DNS:${name}`]
      : [...new Set([`DNS:${domain}`, `DNS:*.${domain}`, 'DNS:localhost', 'IP:127.0.0.1'])];
  const key = join(dir, 'server.key');
  const pem = join(dir, 'server.pem');
  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', key];

  if (kind === 'self-signed') {
    const alternatives = ['-addext', `subjectAltName=${names.join(',')}`];
    await run('openssl', [...request, '-x509', '-days', '3650', ...alternatives, '-out', pem]);
    writeFileSync(join(dir, 'chain.pem'), readFileSync(pem));
    return;
  }
  // `openssl ca` is the one command that takes a start and an end date in every version.
  mkdirSync(join(dir, 'issued'));
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(
    join(dir, 'ca.cnf'),
    [
      '[ca]\ndefault_ca=own',
      `[own]\ndir=${dir}\ndatabase=${dir}/index.txt\nnew_certs_dir=${dir}/issued\nrand_serial=yes`,
      'default_md=sha256\npolicy=any\nx509_extensions=server\nunique_subject=no',
      '[any]\ncommonName=supplied',
      `[server]\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=${names.join(',')}\n`,
    ].join('\n'),
  );
  const dates =
    kind === 'expired'
      ? ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z']
      : ['-startdate', '20240101000000Z', '-enddate', '20491231000000Z'];
  await run('openssl', [...request, '-out', join(dir, 'request.pem')]);
  await run('openssl', [
    ...[
      'ca',
      '-batch',
      '-notext',
      '-config',
      join(dir, 'ca.cnf'),
      '-in',
      join(dir, 'request.pem'),
      '-out',
      pem,
    ],
    ...['-cert', join(authority, 'ca.pem'), '-keyfile', join(authority, 'ca.key'), ...dates],
  ]);
  writeFileSync(
    join(dir, 'chain.pem'),
    readFileSync(pem, 'utf8') + readFileSync(join(authority, 'ca.pem'), 'utf8'),
  );
}
