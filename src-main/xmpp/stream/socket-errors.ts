import type { Failure, StepId } from '../../../src-shared/model/connection';

type Coded = Error & { readonly code?: string; readonly reason?: string };

const codes: Readonly<Record<string, Failure['code']>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_NODATA: 'unknown-host',
  EAI_NONAME: 'unknown-host',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** What an error of the socket means at this step of the walk. */
export const socketFailure = (error: Error, step: StepId): Failure => {
  const { code = '', reason, message } = error as Coded;
  const known = codes[code];
  if (known) return { code: known, step, params: {} };
  if (step === 'tls') {
    return { code: 'tls-failed', step, params: { reason: reason ?? (code || message) } };
  }
  if (step === 'websocket') {
    if (/subprotocol/i.test(message)) return { code: 'no-subprotocol', step, params: {} };
    if (/Upgrade header|Sec-WebSocket|extension/i.test(message)) {
      return { code: 'not-websocket', step, params: { status: '101' } };
    }
    if (code.startsWith('HPE_')) return { code: 'not-websocket', step, params: { status: '?' } };
  }
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
    return { code: 'too-large', step, params: { reason: code } };
  // ws closes on what breaks RFC 6455: bad UTF-8, reserved bits.
  if (code.startsWith('WS_ERR_')) return { code: 'malformed', step, params: { reason: code } };
  return { code: 'closed', step, params: {} };
};
