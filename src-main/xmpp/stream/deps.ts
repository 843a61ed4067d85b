/** What a link needs from the world, and its deadlines; tests give shorter ones. */
import type { WebSocket } from 'ws';
import type { LookupFunction } from './lookup';
import type { Clock, Http, Log, Random } from '../../ports';

export interface LinkDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly http: Http;
  readonly log: Log;
  /** Authorities trusted beside the system's, PEM. */
  readonly authorities?: readonly string[];
  /** Another resolver than the system's. */
  readonly lookup?: LookupFunction;
  /** Endpoints to try where a domain announces none; default: those that servers come with. */
  readonly usualEndpoints?: (domain: string) => readonly string[];
  readonly deadlines?: Partial<Deadlines>;
  /** Another way to an open WebSocket than TCP, TLS and the upgrade: a simulated server. Null: it cannot be reached. */
  readonly connect?: (url: URL) => Promise<WebSocket | null>;
}

/** Milliseconds. */
export interface Deadlines {
  /** One step of the walk. */
  readonly step: number;
  /**
   * The answer to `<resume/>`, which may have to wait for the end of the dead line: ejabberd gives a websocket that is gone 15 s,
   * and what it owes is safer there than in a session of its own.
   */
  readonly resume: number;
  /** The walk to a bound session. */
  readonly total: number;
  /** host-meta (XEP-0156). */
  readonly hostMeta: number;
  /** How long host-meta is waited for before the usual endpoints are tried. */
  readonly headStart: number;
  /** How long one of several endpoints may take before the next one is tried beside it. */
  readonly stagger: number;
  /** The same for typed ones, whose order is the user's wish. */
  readonly failover: number;
  /** Silence after which the server is asked whether it is there. */
  readonly probeEvery: number;
  /** How long it may take to answer that; with `probeEvery` under 30 s (R6). */
  readonly probeAnswer: number;
  /** A resumed session until the server acknowledges anew (R26). */
  readonly resumeAck: number;
  /** The answer to an IQ. */
  readonly iq: number;
  /** `<close/>` until the socket is cut. */
  readonly close: number;
}

export const deadlines = (deps: Pick<LinkDeps, 'deadlines'>): Deadlines => ({
  step: 10_000,
  resume: 18_000,
  total: 35_000,
  hostMeta: 8_000,
  headStart: 1_000,
  stagger: 250,
  failover: 2_000,
  probeEvery: 15_000,
  probeAnswer: 10_000,
  resumeAck: 10_000,
  iq: 30_000,
  close: 1_000,
  ...deps.deadlines,
});
