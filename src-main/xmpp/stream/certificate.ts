/** Whether a certificate is trusted, and the question to the user when it is not (T29, R17). */
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { CertificateQuestion, Failure, FailureCode } from '../../../src-shared/model/connection';
import { failedAt, failedWith, type Failed } from './outcome';

export interface Expected {
  /** host:port of the endpoint, the key of `pins`. */
  readonly address: string;
  readonly host: string;
  /** The XMPP domain: a certificate may name it instead of the host (RFC 6120 §13.7.2.1). */
  readonly domain: string;
  readonly pins: ReadonlyMap<string, string>;
}

/** Null when trusted. To be asked once the handshake is over, before anything is written. */
export const distrust = (socket: TLSSocket, expected: Expected): Failed | null => {
  const certificate = socket.getPeerCertificate();
  if (!certificate.fingerprint256) return failedAt('tls', 'tls-failed', { reason: 'no certificate' });
  const pinned = expected.pins.get(expected.address) ?? null;
  if (pinned === certificate.fingerprint256) return null;
  const failure: Failure | null = pinned
    ? { code: 'tls-changed', step: 'tls', params: {} }
    : objection(socket, certificate, expected);
  if (!failure) return null;
  const named = { ...failure.params, host: expected.host };
  return failedWith({ ...failure, params: named }, question(certificate, expected.address, pinned));
};

const codes: Readonly<Record<string, FailureCode>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-self-signed',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-self-signed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-self-signed',
  CERT_HAS_EXPIRED: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-name',
};

const objection = (
  socket: TLSSocket,
  certificate: PeerCertificate,
  { host, domain }: Expected,
): Failure | null => {
  // Node's types say Error; what it holds is the code.
  const reason = socket.authorizationError as unknown as string | Error | null | undefined;
  if (socket.authorized || !reason) return null;
  const code = reason instanceof Error ? ((reason as NodeJS.ErrnoException).code ?? reason.message) : reason;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const namesDomain = host !== domain && checkServerIdentity(domain, certificate) === undefined;
    return namesDomain ? null : { code: 'tls-wrong-name', step: 'tls', params: {} };
  }
  return { code: codes[code] ?? 'tls-failed', step: 'tls', params: { reason: code } };
};

const question = (
  certificate: PeerCertificate,
  address: string,
  previous: string | null,
): CertificateQuestion => ({
  host: address,
  fingerprint: certificate.fingerprint256,
  previous,
  subject: nameOf(certificate.subject),
  issuer: nameOf(certificate.issuer),
  validFrom: isoDate(certificate.valid_from),
  validTo: isoDate(certificate.valid_to),
  names: (certificate.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== ''),
});

/** `CN=…, O=…`, as certificates are read aloud. */
const nameOf = (name: object | undefined): string =>
  Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .join(', ');

const isoDate = (text: string): string => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
};
