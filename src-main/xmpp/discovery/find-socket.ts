import type { Step } from '../../../src-shared/model/connection';
import type { Clock } from '../../ports';
import { connectSocket, type OpenSocket, type SocketRequest } from '../stream/connect-socket';
import { deadlines, type LinkDeps } from '../stream/deps';
import { failedAt, type Failed } from '../stream/outcome';
import { parseEndpoint, usualEndpoints } from './endpoint';
import { announcedEndpoints } from './host-meta';
import { raceEndpoints } from './race';

type Found = OpenSocket | Failed;

/** Opens a socket to the typed endpoint, or to one that is found. */
export const findSocket = async (
  endpoint: string | null,
  request: Omit<SocketRequest, 'url'>,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<Found> => {
  if (endpoint === null) return search(request, deps, onStep, signal);
  const url = parseEndpoint(endpoint);
  if (!url) return failedAt('discover', 'unknown-host', { host: endpoint });
  return connectSocket({ ...request, url }, deps, onStep, signal);
};

/**
 * What the domain announces (XEP-0156), else where servers usually are. An announcement that is slow to come, from a web
 * server that drops what it does not know, say, is waited for only when nothing is there either.
 */
const search = async (
  request: Omit<SocketRequest, 'url'>,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<Found> => {
  const { domain } = request;
  const { hostMeta, headStart } = deadlines(deps);
  const since = deps.clock.monotonic();
  onStep({ id: 'discover', state: 'doing', ms: null, detail: null });
  const timed = (step: Step): void => {
    const found = step.id === 'discover' && step.ms !== null;
    onStep(found ? { ...step, ms: Math.round(deps.clock.monotonic() - since) } : step);
  };
  const race = (hrefs: readonly string[]): Promise<Found | null> => {
    const urls = hrefs.flatMap((href) => parseEndpoint(href) ?? []);
    return raceEndpoints(urls, request, deps, timed, signal);
  };
  const calledOff = aborted(signal);

  const looking = announcedEndpoints(domain, deps.http, hostMeta);
  const early = await Promise.race([looking, after(deps.clock, headStart), calledOff]);
  const announced = await race(early ?? []);
  // One that answers at all, with a certificate to ask about, say, is the one that is meant.
  if (announced && (announced.ok || announced.certificate)) return announced;
  const usual = await race((deps.usualEndpoints ?? usualEndpoints)(domain));
  if (usual?.ok) return usual;
  const late = early ?? (await Promise.race([looking, calledOff])) ?? [];
  const last = early ? null : await race(late);
  return last ?? announced ?? usual ?? failedAt('discover', 'unknown-host', { host: domain });
};

const after = (clock: Clock, ms: number): Promise<null> =>
  new Promise((resolve) => {
    clock.after(ms, () => resolve(null));
  });

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
