/** FAST (XEP-0484): signing in with a token instead of the password. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Secret } from '../../../ports';
import type { FastToken } from '../../link';
import { ns } from '../namespaces';
import type { Failed } from '../outcome';
import { abort, takeReply } from '../sasl/authenticate';
import type { Dialect, SaslReply } from '../sasl/dialect';
import { prepared } from '../sasl/saslprep';
import { xml, type Element } from '../xml';
import type { XmppStream } from '../xmpp-stream';

const hashes: Readonly<Record<string, string>> = {
  'HT-SHA-512-NONE': 'sha512',
  'HT-SHA-256-NONE': 'sha256',
};

/** The mechanism that a token is asked for with, if the server offers one of ours. */
export const tokenMechanism = (offered: readonly string[]): string | null =>
  Object.keys(hashes).find((mechanism) => offered.includes(mechanism)) ?? null;

export type TokenOutcome =
  | { readonly ok: true; readonly success: Element }
  | { readonly ok: true; readonly success: null; readonly said: Extract<SaslReply, { kind: 'failure' }> }
  | Failed;

/**
 * draft-schmaus-kitten-sasl-ht §3: one message each way, and the server proves that it has the token too (T28). A token that
 * is refused is an answer, no failure: the password can follow on the same stream.
 */
export const authenticateByToken = async (
  stream: XmppStream,
  dialect: Dialect,
  username: string,
  token: FastToken,
): Promise<TokenOutcome> => {
  const proof = (who: string): Buffer =>
    createHmac(hashes[token.mechanism] ?? 'sha256', token.secret.reveal())
      .update(who)
      .digest();
  const message = Buffer.concat([Buffer.from(`${prepared(username)}\u0000`), proof('Initiator')]);
  stream.send(dialect.auth(token.mechanism, message));
  const reply = await takeReply(stream, dialect);
  if (!reply.ok) return reply;
  const { said } = reply;
  if (said.kind === 'failure') return { ok: true, success: null, said };
  const expected = proof('Responder');
  const proven =
    said.kind === 'success' &&
    said.message?.length === expected.length &&
    timingSafeEqual(said.message, expected);
  return proven
    ? { ok: true, success: said.element }
    : abort(stream, dialect, { code: 'server-forged', params: {} });
};

/** Known to be past its end; `now` is epoch milliseconds. */
export const isPast = ({ expiry }: FastToken, now: number): boolean =>
  expiry !== null && Date.parse(expiry) <= now;

/** Whether it may be tried: a mechanism of ours and of the server's. */
export const isUsable = ({ mechanism }: FastToken, offered: readonly string[]): boolean =>
  mechanism in hashes && offered.includes(mechanism);

/** XEP-0484 §3.3: the token in `<success/>`, if there is a new one. */
export const tokenIn = (success: Element, mechanism: string): FastToken | null => {
  const token = success.getChild('token', ns.fast);
  const secret = token?.attrs['token'] as unknown;
  const expiry = token?.attrs['expiry'] as unknown;
  if (typeof secret !== 'string' || secret === '') return null;
  return {
    mechanism,
    secret: new Secret(secret),
    expiry: typeof expiry === 'string' ? expiry : null,
    count: 0,
  };
};

/** XEP-0484 §3.4 and §3.5. */
export const fastElement = (count: number, invalidate = false): Element =>
  xml('fast', {
    xmlns: ns.fast,
    count: String(count),
    ...(invalidate ? { invalidate: 'true' } : {}),
  });
