import type { Step } from '../../../src-shared/model/connection';
import { connectSocket, type OpenSocket, type SocketRequest } from '../stream/connect-socket';
import { deadlines, type LinkDeps } from '../stream/deps';
import { failedAt, type Failed } from '../stream/outcome';
import { parseEndpoint, usualEndpoints } from './endpoint';
import { announcedEndpoints } from './host-meta';
import { raceEndpoints } from './race';

/** Opens a socket to the typed endpoint, or to one that is found: announced by the domain, else where servers usually are. */
export const findSocket = async (
  endpoint: string | null,
  request: Omit<SocketRequest, 'url'>,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<OpenSocket | Failed> => {
  if (endpoint !== null) {
    const url = parseEndpoint(endpoint);
    if (!url) return failedAt('discover', 'unknown-host', { host: endpoint });
    return connectSocket({ ...request, url }, deps, onStep, signal);
  }
  const { domain } = request;
  const since = deps.clock.monotonic();
  onStep({ id: 'discover', state: 'doing', ms: null, detail: null });
  const timed = (step: Step): void => {
    const found = step.id === 'discover' && step.state !== 'doing' && step.ms !== null;
    onStep(found ? { ...step, ms: Math.round(deps.clock.monotonic() - since) } : step);
  };
  const announced = await Promise.race([
    announcedEndpoints(domain, deps.http, deadlines(deps).hostMeta),
    aborted(signal),
  ]);
  if (signal.aborted) return failedAt('discover', 'closed');
  const race = (hrefs: readonly string[]): Promise<OpenSocket | Failed | null> => {
    const urls = hrefs.flatMap((href) => parseEndpoint(href) ?? []);
    return raceEndpoints(urls, request, deps, timed, signal);
  };
  const first = await race(announced);
  // An announced endpoint that answers at all, with a certificate to ask about, say, is the one that is meant.
  if (first?.ok || (first && first.certificate)) return first;
  const usual = await race((deps.usualEndpoints ?? usualEndpoints)(domain));
  if (usual?.ok || !first) return usual ?? failedAt('discover', 'unknown-host', { host: domain });
  return first;
};

/** Resolves, with nothing found, when the search is called off. */
const aborted = (signal: AbortSignal): Promise<readonly string[]> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve([]), { once: true }));
