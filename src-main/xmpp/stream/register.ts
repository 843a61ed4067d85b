/** XEP-0077 §3.1: a new account, made on a stream that signs nobody in. */
import type { CertificateQuestion, Failure } from '../../../src-shared/model/connection';
import type { LinkHooks, LinkRequest, StanzaError } from '../link';
import { accountAddress } from './account-address';
import type { LinkDeps } from './deps';
import { errorOf } from './iq-caller';
import { ns } from './namespaces';
import { openStream } from './open-stream';
import { conditionParams, type Failed } from './outcome';
import { xml, type Element } from './xml';
import { withStream } from './with-stream';
import type { XmppStream } from './xmpp-stream';

export type RegisterRequest = Pick<LinkRequest, 'jid' | 'password' | 'endpoints' | 'pins' | 'allowPlain'>;

/** Why the server makes no account, in codes that the contract has too. */
export interface RegisterRefusal {
  readonly code: 'user-exists' | 'registration-closed' | 'registration-form' | 'server-refused';
  readonly params?: Readonly<Record<string, string>>;
}

export type RegisterOutcome =
  | { readonly kind: 'made' }
  /** The server took the question and said no. */
  | { readonly kind: 'refused'; readonly error: RegisterRefusal }
  /** The walk ended before that, as a sign-in's can. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly certificate: CertificateQuestion | null };

/**
 * Asks for the server's form, fills in name and password and closes. The password goes in the clear inside the stream, so
 * over ws:// only where the user lets PLAIN go over it (T27). Never rejects.
 */
export const registerAccount = async (
  request: RegisterRequest,
  deps: LinkDeps,
  hooks: Pick<LinkHooks, 'onStep' | 'onXml'>,
  signal: AbortSignal,
): Promise<RegisterOutcome> => {
  const { local, domain } = accountAddress(request.jid);
  const outcome = await withStream(request, deps, hooks, signal, async (stream, endpoint) => {
    const opened = await openStream(stream, domain, 'open');
    if (!opened.ok) return opened;
    stream.steps.begin('auth');
    if (endpoint.protocol === 'ws:' && !request.allowPlain) {
      return stream.fail({ code: 'plain-refused', step: 'auth', params: {} });
    }
    const answer = await register(stream, domain, deps.random.id(), [local, request.password.reveal()]);
    if (answer.ok) stream.steps.done();
    return answer;
  });
  if (!outcome.ok) return { kind: 'failed', failure: outcome.failure, certificate: outcome.certificate };
  return outcome.error ? { kind: 'refused', error: outcome.error } : { kind: 'made' };
};

type Answer = { readonly ok: true; readonly error: RegisterRefusal | null } | Failed;

const register = async (
  stream: XmppStream,
  domain: string,
  id: string,
  [username, password]: readonly [string, string],
): Promise<Answer> => {
  const refused = async (error: RegisterRefusal | null): Promise<Answer> => {
    await stream.close();
    return { ok: true, error };
  };
  const form = await ask(stream, domain, 'get', `${id}1`, xml('query', { xmlns: ns.register }));
  if (!form.ok) return form;
  if (form.error) return refused(refusal(form.error));
  if (asksMore(form.iq.getChild('query', ns.register))) return refused({ code: 'registration-form' });
  const filled = xml(
    'query',
    { xmlns: ns.register },
    xml('username', {}, username),
    xml('password', {}, password),
  );
  const made = await ask(stream, domain, 'set', `${id}2`, filled);
  if (!made.ok) return made;
  return refused(made.error ? refusal(made.error) : null);
};

/** Whether the server wants more than a name and a password: an address to open, or required fields of a form. */
const asksMore = (query: Element | undefined): boolean => {
  if (!query) return true;
  const form = query.getChild('x', ns.dataForm);
  if (form) {
    return form
      .getChildren('field', ns.dataForm)
      .some(
        (field) =>
          field.getChild('required', ns.dataForm) !== undefined &&
          !['username', 'password'].includes(String(field.attrs['var'])),
      );
  }
  return !query.getChild('username', ns.register) || !query.getChild('password', ns.register);
};

type IqAnswer =
  | { readonly ok: true; readonly error: null; readonly iq: Element }
  | { readonly ok: true; readonly error: StanzaError }
  | Failed;

/** There is no session yet, so nobody but the server can answer. */
const ask = async (
  stream: XmppStream,
  to: string,
  type: 'get' | 'set',
  id: string,
  query: Element,
): Promise<IqAnswer> => {
  stream.send(xml('iq', { xmlns: ns.client, type, id, to }, query));
  for (;;) {
    const reply = await stream.take();
    if (!reply.ok) return reply;
    const { element } = reply;
    if (!element.is('iq', ns.client) || element.attrs['id'] !== id) continue;
    if (element.attrs['type'] === 'result') return { ok: true, error: null, iq: element };
    if (element.attrs['type'] === 'error') return { ok: true, error: errorOf(element) };
  }
};

const codes: Readonly<Record<string, RegisterRefusal['code']>> = {
  conflict: 'user-exists',
  'service-unavailable': 'registration-closed',
  'feature-not-implemented': 'registration-closed',
  forbidden: 'registration-closed',
  'not-allowed': 'registration-closed',
  'not-authorized': 'registration-closed',
};

const refusal = ({ condition, text }: StanzaError): RegisterRefusal => {
  const code = codes[condition] ?? 'server-refused';
  if (code !== 'server-refused') return { code };
  return { code, params: conditionParams(condition, text) };
};
