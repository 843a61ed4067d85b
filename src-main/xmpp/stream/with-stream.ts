/** A socket and a stream on it, for as long as some work on it takes. */
import type { Failure, Step } from '../../../src-shared/model/connection';
import { findSocket } from '../discovery/find-socket';
import type { LinkHooks, LinkRequest } from '../link';
import { accountAddress } from './account-address';
import { deadlines, type LinkDeps } from './deps';
import { failedWith, type Failed } from './outcome';
import { XmppStream } from './xmpp-stream';

export type StreamRequest = Pick<LinkRequest, 'jid' | 'endpoints' | 'pins'>;

/**
 * Opens a socket and a stream on it, and ends both when the work on it fails, takes too long in all, or is aborted. An
 * endpoint that opens and then does not speak is passed over for the next one, as long as nothing secret was said to it.
 */
export const withStream = async <Done extends { readonly ok: true }>(
  request: StreamRequest,
  deps: LinkDeps,
  hooks: Pick<LinkHooks, 'onStep' | 'onXml'>,
  signal: AbortSignal,
  work: (stream: XmppStream, endpoint: URL, endTotal: () => void) => Promise<Done | Failed>,
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
  const passed = new Set<string>();
  let last: Failed | null = null;
  try {
    for (;;) {
      const wanted = { ...request, domain, passed };
      const found = await findSocket(wanted, deps, onStep, cut.signal);
      if (!found?.ok) {
        const outcome = late.failure ? failedWith(late.failure) : (last ?? found);
        return failed(outcome ?? nowhere(domain), told, hooks, deps);
      }
      stream = new XmppStream(found.socket, domain, deps, {
        onStep,
        onXml: (...frame) => hooks.onXml(...frame),
      });
      if (late.failure) stream.fail(late.failure);
      const outcome = await work(stream, found.url, () => timer.cancel());
      if (outcome.ok) return outcome;
      stream.fail(outcome.failure);
      if (late.failure || !saidNothing(outcome.failure)) return failed(outcome, told, hooks, deps);
      last = outcome;
      passed.add(found.asked.href);
    }
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', onAbort);
  }
};

const nowhere = (domain: string): Failed =>
  failedWith({ code: 'unknown-host', step: 'discover', params: { host: domain } });

/** The server behind this endpoint is away, while the proxy in front of it is not, say. */
const saidNothing = ({ code, step }: Failure): boolean =>
  (step === 'open' || step === 'features') && ['timeout', 'closed', 'unreachable'].includes(code);

/** No step is left as if it were still under way, and the one that failed is marked. */
const failed = (
  outcome: Failed,
  told: ReadonlyMap<Step['id'], Step>,
  hooks: Pick<LinkHooks, 'onStep'>,
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
