/** RFC 6120 §6.4: one mechanism, to its end. A refused password is never tried with another mechanism. */
import type { FailureCode } from '../../../../src-shared/model/connection';
import { ns } from '../namespaces';
import { conditionParams, type Failed } from '../outcome';
import { xml, type Element } from '../xml';
import type { XmppStream } from '../xmpp-stream';
import type { Mechanism } from './choose';
import type { Offer } from './downgrade';
import { ScramClient } from './scram';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly nonce: string;
}
type Authenticated = { readonly ok: true } | Failed;

export const authenticate = (
  stream: XmppStream,
  mechanism: Mechanism,
  credentials: Credentials,
  offer: Offer,
): Promise<Authenticated> =>
  mechanism === 'PLAIN'
    ? plain(stream, credentials)
    : scram(stream, new ScramClient({ mechanism, offer, ...credentials }), mechanism);

/** RFC 4616: authzid NUL user NUL password as UTF-8, exactly as typed (a password may begin with a digit or hold `\0123`). */
const plain = async (stream: XmppStream, { username, password }: Credentials): Promise<Authenticated> => {
  stream.send(sasl('auth', `\u0000${username}\u0000${password}`, { mechanism: 'PLAIN' }));
  const reply = await stream.take();
  if (!reply.ok) return reply;
  return isSasl(reply.element, 'success') ? { ok: true } : refused(stream, reply.element);
};

const scram = async (
  stream: XmppStream,
  client: ScramClient,
  mechanism: Mechanism,
): Promise<Authenticated> => {
  stream.send(sasl('auth', client.first(), { mechanism }));
  let answered = false;
  for (;;) {
    const reply = await stream.take();
    if (!reply.ok) return reply;
    const text = Buffer.from(reply.element.getText(), 'base64').toString('utf8');
    if (isSasl(reply.element, 'challenge')) {
      if (!answered) {
        const final = await client.final(text);
        if (!final.ok) return abort(stream, final);
        stream.send(sasl('response', final.message));
        answered = true;
        continue;
      }
      // Older servers send the signature as a challenge of its own.
      const forged = client.verified ? null : client.verify(text);
      if (forged) return abort(stream, forged);
      stream.send(sasl('response', ''));
    } else if (isSasl(reply.element, 'success')) {
      const forged = client.verified ? null : client.verify(text);
      return forged ? abort(stream, forged) : { ok: true };
    } else return refused(stream, reply.element);
  }
};

const isSasl = (element: Element, name: string): boolean => element.is(name, ns.sasl);

const sasl = (name: string, text: string, attrs: Readonly<Record<string, string>> = {}): Element =>
  xml(name, { xmlns: ns.sasl, ...attrs }, Buffer.from(text, 'utf8').toString('base64'));

/** RFC 6120 §6.4.4; what the server did is not a fault of the user. */
const abort = (
  stream: XmppStream,
  reason: { readonly code: FailureCode; readonly params: Readonly<Record<string, string>> },
): Failed => {
  stream.send(xml('abort', { xmlns: ns.sasl }));
  return stream.fail({ code: reason.code, step: 'auth', params: reason.params });
};

const codes: Readonly<Record<string, FailureCode>> = {
  'not-authorized': 'not-authorized',
  'account-disabled': 'account-disabled',
  'credentials-expired': 'credentials-expired',
  'temporary-auth-failure': 'temporary-auth-failure',
};

/** RFC 6120 §6.5. */
const refused = (stream: XmppStream, element: Element): Failed => {
  if (!isSasl(element, 'failure')) {
    return stream.fail({ code: 'malformed', step: 'auth', params: { reason: element.getName() } });
  }
  const condition =
    element
      .getChildElements()
      .find((child) => child.getNS() === ns.sasl && child.getName() !== 'text')
      ?.getName() ?? 'unknown';
  const text = element.getChildText('text', ns.sasl);
  const code = codes[condition] ?? 'auth-failed';
  return stream.fail({ code, step: 'auth', params: conditionParams(condition, text) });
};
