import type { Step } from '../../../src-shared/model/connection';
import type { Clock } from '../../ports';
import { connectSocket, type OpenSocket, type SocketRequest } from '../stream/connect-socket';
import { deadlines, type LinkDeps } from '../stream/deps';
import { failedAt, type Failed } from '../stream/outcome';
import { endpointsOf, parseEndpoint, usualEndpoints } from './endpoint';
import { announcedEndpoints } from './host-meta';
import { raceEndpoints } from './race';

type Found = OpenSocket | Failed;

/** What to look for. */
export interface Wanted extends Omit<SocketRequest, 'url'> {
  /** As typed, in the user's order; none: the domain's own. */
  readonly endpoints: readonly string[];
  /** Those (`href`) that opened and then led nowhere. */
  readonly passed: ReadonlySet<string>;
}

/** Opens a socket to the first typed endpoint that answers, or to one that is found. Null when none is left to try. */
export const findSocket = async (
  wanted: Wanted,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<Found | null> => {
  const { endpoints, passed } = wanted;
  if (endpoints.length === 0) return search(wanted, deps, onStep, signal);
  const typed = endpoints.map((one) => endpointsOf(one, deps.usualEndpoints));
  const wrong = typed.findIndex((urls) => urls.includes(null));
  if (wrong >= 0) return failedAt('discover', 'unknown-host', { host: endpoints[wrong] ?? '' });
  const urls = typed.flat();
  const left = urls.flatMap((url) => (url && !passed.has(url.href) ? [url] : []));
  const [only] = left;
  if (left.length > 1) {
    onStep({ id: 'discover', state: 'doing', ms: null, detail: null });
    const rules = { stagger: deadlines(deps).failover, certificateStops: true };
    return raceEndpoints(left, rules, wanted, deps, onStep, signal);
  }
  return only ? connectSocket({ ...wanted, url: only }, deps, onStep, signal) : null;
};

/**
 * What the domain announces (XEP-0156), else where servers usually are. An announcement that is slow to come, from a web
 * server that drops what it does not know, say, is waited for only when nothing is there either.
 */
const search = async (
  wanted: Wanted,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<Found | null> => {
  const { domain, passed } = wanted;
  const { hostMeta, headStart, stagger } = deadlines(deps);
  const since = deps.clock.monotonic();
  onStep({ id: 'discover', state: 'doing', ms: null, detail: null });
  const timed = (step: Step): void => {
    const found = step.id === 'discover' && step.ms !== null;
    onStep(found ? { ...step, ms: Math.round(deps.clock.monotonic() - since) } : step);
  };
  const race = (hrefs: readonly string[]): Promise<Found | null> => {
    const urls = hrefs.flatMap((href) => parseEndpoint(href) ?? []).filter(({ href }) => !passed.has(href));
    return raceEndpoints(urls, { stagger, certificateStops: false }, wanted, deps, timed, signal);
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
  const found = last ?? announced ?? usual;
  return found ?? (passed.size > 0 ? null : failedAt('discover', 'unknown-host', { host: domain }));
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
