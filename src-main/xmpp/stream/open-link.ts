/** The walk to a session, step by step (RFC 7395, RFC 6120): what link.ts promises. */
import type { LinkHooks, LinkOutcome, LinkRequest } from '../link';
import { accountAddress } from './account-address';
import { bindSession } from './bind-session';
import type { LinkDeps } from './deps';
import { LiveLink } from './live-link';
import { openStream } from './open-stream';
import { signIn } from './sign-in';
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
  const outcome = await withStream(request, deps, hooks, signal, async (stream, endpoint) => {
    const account = accountAddress(request.jid);
    const opened = await openStream(stream, account.domain, 'open');
    if (!opened.ok) return opened;
    const encrypted = endpoint.protocol === 'wss:';
    const signedIn = await signIn(stream, opened.features, {
      request,
      account,
      encrypted,
      random: deps.random,
    });
    if (!signedIn.ok) return signedIn;
    const reopened = await openStream(stream, account.domain, 'reopen');
    if (!reopened.ok) return reopened;
    const bound = await bindSession(stream, reopened.features, request, account, deps);
    if (!bound.ok) return bound;
    const { mechanism } = signedIn;
    return {
      ok: true,
      session: { ...bound, stream, mechanism, endpoint: endpoint.href, domain: account.domain },
    };
  });
  if (!outcome.ok) return outcome;
  const link = new LiveLink(outcome.session, deps);
  deps.log.info('link.open', { endpoint: link.endpoint, mechanism: link.mechanism });
  return { ok: true, link };
};
