import type { Step } from '../../../src-shared/model/connection';
import { connectSocket, type OpenSocket, type SocketRequest } from '../stream/connect-socket';
import type { LinkDeps } from '../stream/deps';
import type { Failed } from '../stream/outcome';

export interface RaceRules {
  /** How long one may take before the next is tried beside it; milliseconds. */
  readonly stagger: number;
  /** The user is asked about the first certificate that is not trusted, instead of passing it over (T29). */
  readonly certificateStops: boolean;
}

type Tried = { readonly outcome: OpenSocket | Failed; readonly steps: readonly Step[] };

/**
 * Tries endpoints in their order, the next one beside the last when that takes long (as RFC 8305 does with addresses).
 * The first that opens wins and the others are cut. Without one, the most telling failure is the answer. The steps of the
 * one that is answered are told once it is known.
 */
export const raceEndpoints = async (
  endpoints: readonly URL[],
  { stagger, certificateStops }: RaceRules,
  request: Omit<SocketRequest, 'url'>,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<OpenSocket | Failed | null> => {
  const cut = new AbortController();
  const onAbort = (): void => cut.abort();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) cut.abort();
  const failures: Tried[] = [];
  try {
    const winner = await new Promise<Tried | null>((resolve) => {
      let running = 0;
      let won = false;
      const remaining = [...endpoints];
      const next = (): void => {
        const url = remaining.shift();
        if (!url || cut.signal.aborted) {
          if (running === 0) resolve(null);
          return;
        }
        running += 1;
        const late = deps.clock.after(stagger, next);
        void tryOne({ ...request, url }, deps, cut.signal).then((tried) => {
          running -= 1;
          late.cancel();
          if (tried.outcome.ok) {
            // The second to open is as welcome as one that was called off.
            if (cut.signal.aborted || won) tried.outcome.socket.terminate();
            won = true;
            resolve(tried);
            return;
          }
          failures.push(tried);
          if (certificateStops && tried.outcome.certificate) {
            won = true;
            resolve(tried);
            return;
          }
          next();
        });
      };
      next();
    });
    const told = winner ?? mostTelling(failures);
    told?.steps.forEach(onStep);
    return told?.outcome ?? null;
  } finally {
    signal.removeEventListener('abort', onAbort);
    cut.abort();
  }
};

const tryOne = async (request: SocketRequest, deps: LinkDeps, signal: AbortSignal): Promise<Tried> => {
  const steps: Step[] = [];
  const outcome = await connectSocket(request, deps, (step) => steps.push(step), signal);
  return { outcome, steps };
};

/** A server that answered says more than one that did not. */
const mostTelling = (failures: readonly Tried[]): Tried | null =>
  [...failures].sort((left, right) => rank(right) - rank(left))[0] ?? null;

const rank = ({ outcome }: Tried): number => {
  if (outcome.ok) return 9;
  if (outcome.certificate) return 8;
  switch (outcome.failure.code) {
    case 'no-subprotocol':
      return 7;
    case 'not-websocket':
      return 6;
    case 'tls-failed':
      return 5;
    case 'timeout':
      return outcome.failure.step === 'tcp' ? 2 : 4;
    case 'refused':
      return 3;
    case 'unreachable':
      return 1;
    default:
      return 0;
  }
};
