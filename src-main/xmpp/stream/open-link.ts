/** The walk to a session, step by step (RFC 7395, RFC 6120): what link.ts promises. */
import type { LinkHooks, LinkOutcome, LinkRequest } from '../link';
import { accountAddress } from './account-address';
import { beginSession } from './begin-session';
import { deadlines, type LinkDeps } from './deps';
import { LiveLink, type Session } from './live-link';
import type { Failed } from './outcome';
import { withStream } from './with-stream';

/**
 * One try to get a session. Every step is told with its time and has a deadline. Never rejects; aborting `signal` ends it
 * with `closed`. The certificate of a failure is the question that the user is to be asked (T29): nothing secret was sent.
 */
export const openLink = async (
  request: LinkRequest,
  deps: LinkDeps,
  hooks: LinkHooks,
  signal: AbortSignal,
): Promise<LinkOutcome> => {
  const outcome = await open(request, deps, hooks, signal);
  if (!outcome.ok) return outcome;
  const link = new LiveLink(outcome.session, deps);
  const { endpoint, mechanism } = link;
  deps.log.info('link.open', { endpoint, mechanism, resumed: link.resumed !== null });
  return { ok: true, link };
};

type Opened = { readonly ok: true; readonly session: Session } | Failed;

const open = async (
  request: LinkRequest,
  deps: LinkDeps,
  hooks: LinkHooks,
  signal: AbortSignal,
): Promise<Opened> => {
  const outcome = await attempt(request, deps, hooks, signal);
  if (!outcome.ok) return outcome;
  const { session } = outcome;
  if (session) return { ok: true, session };
  // R26: the server resumed and is silent. A new session, on a line of its own.
  deps.log.warn('link.resumed-in-vain');
  const fresh = await attempt({ ...request, resume: null }, deps, hooks, signal);
  if (!fresh.ok) return fresh;
  if (!fresh.session) throw new Error('resumed without being asked');
  const id = request.resume?.id ?? '';
  return { ok: true, session: { ...fresh.session, refused: { id, handled: null, silent: true } } };
};

/** At the place that the server named for the resumption, if any, then where it usually is. */
const attempt = async (
  request: LinkRequest,
  deps: LinkDeps,
  hooks: LinkHooks,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly session: Session | null } | Failed> => {
  const location = request.resume?.location ?? null;
  if (location !== null) {
    const outcome = await walk({ ...request, endpoints: [location] }, briefly(deps), hooks, signal);
    // Whatever is wrong there, a certificate too, is no question to the user.
    if (outcome.ok || signal.aborted) return outcome;
  }
  return walk(request, deps, hooks, signal);
};

const briefly = (deps: LinkDeps): LinkDeps => {
  const { failover } = deadlines(deps);
  return { ...deps, deadlines: { ...deps.deadlines, step: failover } };
};

const walk = (
  request: LinkRequest,
  deps: LinkDeps,
  hooks: LinkHooks,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly session: Session | null } | Failed> =>
  withStream(request, deps, hooks, signal, async (stream, endpoint, endTotal) => {
    const outcome = await beginSession({
      stream,
      endpoint,
      encrypted: endpoint.protocol === 'wss:',
      request,
      account: accountAddress(request.jid),
      deps,
      onToken: (token) => hooks.onToken(token),
      endTotal,
    });
    if (outcome.ok && !outcome.session) {
      // Here the old session is to end, if there is any.
      stream.sparesSession = false;
      stream.fail({ code: 'timeout', step: 'sm', params: {} });
    }
    return outcome;
  });
