import type { CertificateQuestion, Failure, FailureCode } from '../../../src-shared/model/connection';

/**
 * What another try cannot mend, because somebody has to do something first. Everything else is tried again: the server may
 * be starting, a proxy in front of it may be, the network may be away.
 */
const needsSomebody: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'wrong-domain',
  'tls-self-signed',
  'tls-expired',
  'tls-wrong-name',
  'tls-changed',
  'plain-refused',
  'scram-lost',
  'no-mechanism',
  'mechanism-missing',
  'not-authorized',
  'account-disabled',
  'credentials-expired',
  'server-forged',
  'weak-scram',
  'auth-failed',
  'conflict',
  'replaced-credentials',
  'password-needed',
  'keyring',
  'user-exists',
  'registration-closed',
  'registration-form',
  'registration-refused',
  'cannot-be-invisible',
]);

/** A keyring that has not answered in time may be about to be unlocked (R15). */
const isForSomebody = ({ code, params }: Failure): boolean =>
  needsSomebody.has(code) && !(code === 'keyring' && params['state'] === 'slow');

/**
 * Whether trying ends here. An account that was never online stops at any failure: somebody sits before the sign-in screen
 * and can mend what is typed there.
 */
export const isFatal = (
  failure: Failure,
  certificate: CertificateQuestion | null,
  everOnline: boolean,
): boolean => !everOnline || certificate !== null || isForSomebody(failure);

/** RFC 6120 §4.9.3.14 and §4.9.3.17: the server has said that we are too much for it (R19). */
const isOverload = ({ code, params }: Failure): boolean =>
  code === 'policy-violation' || params['condition'] === 'resource-constraint';

/** The server itself is well, as far as we know. */
const lostLine: ReadonlySet<FailureCode> = new Set<FailureCode>(['closed', 'timeout', 'unreachable']);

const second = 1000;
/** So long a server may take to start again, with all that it loads. */
const brisk = 300 * second;

/** A session that waits at the server to be resumed (XEP-0198 §5): at once, but not all clients of a line at once. */
const atOnce = 50;
const spread = 250;

/**
 * Milliseconds until the next try. The first one for a session that can be resumed comes at once. Else full jitter over 1 s,
 * 2 s, 4 s … 60 s; in the first five minutes of an outage the steps stay at 5 s, so that a restarted server has its people
 * back within ten; a server that complains gets no such haste.
 *
 * @param tries how many have failed since the line was last good
 * @param outage milliseconds since then
 * @param fraction [0, 1)
 * @param resumable whether the line was lost of a session that can be resumed
 */
export const retryDelay = (
  failure: Failure,
  tries: number,
  outage: number,
  fraction: number,
  resumable = false,
): number => {
  if (resumable && tries === 0 && lostLine.has(failure.code)) return Math.round(atOnce + fraction * spread);
  const overload = isOverload(failure);
  const ceiling = outage < brisk && !overload ? 5 * second : 60 * second;
  const base = second * 2 ** Math.min(tries + (overload ? 3 : 0), 10);
  return Math.max(300, Math.round(fraction * Math.min(ceiling, base)));
};
