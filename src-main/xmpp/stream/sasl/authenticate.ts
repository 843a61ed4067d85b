/** RFC 6120 §6.4: one mechanism, to its end. A refused password is never tried with another mechanism. */
import type { FailureCode } from '../../../../src-shared/model/connection';
import { conditionParams, type Failed } from '../outcome';
import type { Element } from '../xml';
import type { XmppStream } from '../xmpp-stream';
import type { Mechanism } from '../../../../src-shared/model/account';
import type { Dialect, SaslReply } from './dialect';
import type { Offer } from './downgrade';
import { ScramClient } from './scram';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly nonce: string;
}
export type Authenticated = { readonly ok: true; readonly success: Element } | Failed;

/** With the password. */
export const authenticate = (
  stream: XmppStream,
  dialect: Dialect,
  mechanism: Mechanism,
  credentials: Credentials,
  offer: Offer,
): Promise<Authenticated> =>
  mechanism === 'PLAIN'
    ? plain(stream, dialect, credentials)
    : scram(stream, dialect, new ScramClient({ mechanism, offer, ...credentials }), mechanism);

/** RFC 4616: authzid NUL user NUL password as UTF-8, exactly as typed (a password may begin with a digit or hold `\0123`). */
const plain = async (
  stream: XmppStream,
  dialect: Dialect,
  { username, password }: Credentials,
): Promise<Authenticated> => {
  stream.send(dialect.auth('PLAIN', Buffer.from(`\u0000${username}\u0000${password}`)));
  const reply = await takeReply(stream, dialect);
  if (!reply.ok) return reply;
  const { said } = reply;
  return said.kind === 'success' ? { ok: true, success: said.element } : refused(stream, said);
};

const scram = async (
  stream: XmppStream,
  dialect: Dialect,
  client: ScramClient,
  mechanism: Mechanism,
): Promise<Authenticated> => {
  stream.send(dialect.auth(mechanism, Buffer.from(client.first())));
  let answered = false;
  for (;;) {
    const reply = await takeReply(stream, dialect);
    if (!reply.ok) return reply;
    const { said } = reply;
    if (said.kind === 'challenge') {
      const text = said.message.toString('utf8');
      if (!answered) {
        const final = await client.final(text);
        if (!final.ok) return abort(stream, dialect, final);
        stream.send(dialect.response(Buffer.from(final.message)));
        answered = true;
        continue;
      }
      // Older servers send the signature as a challenge of its own.
      const forged = client.verified ? null : client.verify(text);
      if (forged) return abort(stream, dialect, forged);
      stream.send(dialect.response(Buffer.alloc(0)));
    } else if (said.kind === 'success') {
      const forged = client.verified ? null : client.verify(said.message?.toString('utf8') ?? '');
      return forged ? abort(stream, dialect, forged) : { ok: true, success: said.element };
    } else return refused(stream, said);
  }
};

/** The server's next word; another element than SASL's is no answer. */
export const takeReply = async (
  stream: XmppStream,
  dialect: Dialect,
): Promise<{ readonly ok: true; readonly said: SaslReply } | Failed> => {
  const reply = await stream.take();
  if (!reply.ok) return reply;
  const said = dialect.read(reply.element);
  if (said) return { ok: true, said };
  const reason = reply.element.getName();
  return stream.fail({ code: 'malformed', step: 'auth', params: { reason } });
};

/** RFC 6120 §6.4.4; what the server did is not a fault of the user. */
export const abort = (
  stream: XmppStream,
  dialect: Dialect,
  reason: { readonly code: FailureCode; readonly params: Readonly<Record<string, string>> },
): Failed => {
  stream.send(dialect.abort());
  return stream.fail({ code: reason.code, step: 'auth', params: reason.params });
};

const codes: Readonly<Record<string, FailureCode>> = {
  'not-authorized': 'not-authorized',
  'account-disabled': 'account-disabled',
  'credentials-expired': 'credentials-expired',
  'temporary-auth-failure': 'temporary-auth-failure',
};

/** RFC 6120 §6.5. A challenge where there is nothing to answer is no better. */
export const refused = (stream: XmppStream, said: Exclude<SaslReply, { kind: 'success' }>): Failed => {
  if (said.kind === 'challenge') {
    return stream.fail({ code: 'malformed', step: 'auth', params: { reason: 'challenge' } });
  }
  const { condition, text } = said;
  const code = codes[condition] ?? 'auth-failed';
  return stream.fail({ code, step: 'auth', params: conditionParams(condition, text) });
};
