/** The walk to a session, step by step (RFC 7395, RFC 6120): what link.ts promises. */
import type { Failure, Step } from '../../../src-shared/model/connection';
import { findSocket } from '../discovery/find-socket';
import type { LinkHooks, LinkOutcome, LinkRequest } from '../link';
import { accountAddress } from './account-address';
import { bindSession } from './bind-session';
import { deadlines, type LinkDeps } from './deps';
import { LiveLink } from './live-link';
import { openStream } from './open-stream';
import { failedWith, type Failed } from './outcome';
import { signIn } from './sign-in';
import { XmppStream } from './xmpp-stream';

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

/** Opens a socket and a stream on it, and ends both when the work on it fails, takes too long in all, or is aborted. */
export const withStream = async <Done extends { readonly ok: true }>(
  request: Pick<LinkRequest, 'jid' | 'endpoint' | 'pins'>,
  deps: LinkDeps,
  hooks: LinkHooks,
  signal: AbortSignal,
  work: (stream: XmppStream, endpoint: URL) => Promise<Done | Failed>,
): Promise<Done | Failed> => {
  const { domain } = accountAddress(request.jid);
  const told = new Map<Step['id'], Step>();
  const onStep = (step: Step): void => {
    told.set(step.id, step);
    hooks.onStep(step);
  };
  const cut = new AbortController();
  const late: { failure: Failure | null } = { failure: null };
  let stream: XmppStream | null = null;
  const end = (code: Failure['code']): void => {
    const doing = [...told.values()].find((step) => step.state === 'doing')?.id ?? 'discover';
    late.failure ??= { code, step: doing, params: {} };
    stream?.fail(late.failure);
    cut.abort();
  };
  const onAbort = (): void => end('closed');
  signal.addEventListener('abort', onAbort);
  const timer = deps.clock.after(deadlines(deps).total, () => end('timeout'));
  if (signal.aborted) onAbort();
  try {
    const found = await findSocket(
      request.endpoint,
      { domain, pins: request.pins },
      deps,
      onStep,
      cut.signal,
    );
    if (!found.ok) return failed(late.failure ? failedWith(late.failure) : found, told, hooks, deps);
    stream = new XmppStream(found.socket, domain, deps, {
      onStep,
      onXml: (...frame) => hooks.onXml(...frame),
    });
    if (late.failure) stream.fail(late.failure);
    const outcome = await work(stream, found.url);
    if (outcome.ok) return outcome;
    stream.fail(outcome.failure);
    return failed(outcome, told, hooks, deps);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', onAbort);
  }
};

/** No step is left as if it were still under way, and the one that failed is marked. */
const failed = (
  outcome: Failed,
  told: ReadonlyMap<Step['id'], Step>,
  hooks: LinkHooks,
  { log }: LinkDeps,
): Failed => {
  const { code, step } = outcome.failure;
  for (const one of told.values()) {
    if (one.state === 'doing' && one.id !== step) hooks.onStep({ ...one, state: 'todo' });
  }
  if (told.get(step)?.state !== 'failed') hooks.onStep({ id: step, state: 'failed', ms: null, detail: null });
  log.warn('link.failed', { code, step });
  return outcome;
};
