/** TCP, TLS and the WebSocket upgrade of one endpoint, each a step of its own with a deadline of its own. */
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Failure, Step, StepId } from '../../../src-shared/model/connection';
import { trustedContext } from './authorities';
import { distrust } from './certificate';
import { deadlines, type LinkDeps } from './deps';
import { answerLimits } from './limits';
import { failedAt, failedWith, type Failed } from './outcome';
import { followed } from './redirect';
import { socketFailure } from './socket-errors';
import { StepTracker } from './steps';

export interface SocketRequest {
  readonly url: URL;
  readonly domain: string;
  readonly pins: ReadonlyMap<string, string>;
}
export interface OpenSocket {
  readonly ok: true;
  readonly socket: WebSocket;
  /** After redirects. */
  readonly url: URL;
  /** Before them. */
  readonly asked: URL;
}
type SocketOutcome = OpenSocket | Failed;

/** Opens the endpoint; a redirect to the same host and a scheme no worse is followed (Openfire's `/ws` → `/ws/`). */
export const connectSocket = async (
  request: SocketRequest,
  deps: LinkDeps,
  onStep: (step: Step) => void,
  signal: AbortSignal,
): Promise<SocketOutcome> => {
  let { url } = request;
  if (deps.connect) {
    const socket = await deps.connect(url);
    return socket ? { ok: true, socket, url, asked: url } : failedAt('tcp', 'unreachable');
  }
  for (let hops = 0; hops < 4; hops += 1) {
    const outcome = await new Attempt({ ...request, url }, deps, onStep, signal).run();
    if (!('location' in outcome)) return outcome.ok ? { ...outcome, asked: request.url } : outcome;
    const next = followed(url, outcome.location);
    if (!next) return failedAt('websocket', 'not-websocket', { status: outcome.status });
    url = next;
  }
  return failedAt('websocket', 'not-websocket', { status: '302' });
};

interface Redirected {
  readonly location: string;
  readonly status: string;
}

class Attempt {
  readonly #tracker: StepTracker;
  readonly #host: string;
  readonly #port: number;
  #settle: (outcome: SocketOutcome | Redirected) => void = () => undefined;
  #tls: TLSSocket | null = null;
  #ws: WebSocket | null = null;

  constructor(
    private readonly request: SocketRequest,
    private readonly deps: LinkDeps,
    onStep: (step: Step) => void,
    private readonly signal: AbortSignal,
  ) {
    const { hostname, port, protocol } = request.url;
    this.#host = hostname.replace(/^\[|\]$/g, '');
    this.#port = Number(port) || (protocol === 'wss:' ? 443 : 80);
    this.#tracker = new StepTracker(deps.clock, onStep, deadlines(deps).step, (step) =>
      this.#fail({ code: 'timeout', step, params: {} }),
    );
  }

  run(): Promise<SocketOutcome | Redirected> {
    return new Promise((resolve) => {
      const onAbort = (): void => this.#fail({ code: 'closed', step: this.#tracker.current, params: {} });
      this.#settle = (outcome) => {
        this.#settle = () => undefined;
        this.signal.removeEventListener('abort', onAbort);
        this.#tracker.stop();
        if ('failure' in outcome) this.#tracker.fail(outcome.failure.step);
        if (!('socket' in outcome)) this.#destroy();
        resolve(outcome);
      };
      if (this.signal.aborted) return onAbort();
      this.signal.addEventListener('abort', onAbort);
      this.#tracker.begin('discover');
      if (this.request.url.protocol === 'wss:') this.#connectTls();
      else this.#upgrade(null);
    });
  }

  /** TLS by ourselves, so that not even the upgrade is asked of a server that is not trusted (T29). */
  #connectTls(): void {
    const socket = tlsConnect({
      host: this.#host,
      port: this.#port,
      servername: isAddress(this.#host) ? '' : this.#host,
      secureContext: trustedContext(this.deps.authorities ?? []),
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...(this.deps.lookup ? { lookup: this.deps.lookup } : {}),
    });
    this.#tls = socket;
    this.#watch(socket);
    socket.once('secureConnect', () => {
      const { domain, pins, url } = this.request;
      const address = `${url.hostname}:${String(this.#port)}`;
      const refusal = distrust(socket, { address, host: this.#host, domain, pins });
      if (refusal) return this.#settle(refusal);
      this.#tracker.done(socket.getProtocol());
      this.#upgrade(socket);
    });
    socket.on('error', (error: Error) => this.#fail(socketFailure(error, this.#tracker.current)));
    socket.once('close', () => this.#fail({ code: 'closed', step: this.#tracker.current, params: {} }));
  }

  #watch(socket: Connecting): void {
    if (isAddress(this.#host)) this.#begin('tcp', this.request.url.href);
    else {
      socket.once('lookup', (error) => {
        if (!error) this.#begin('tcp', this.request.url.href);
      });
    }
    socket.once('connect', () => {
      // A resolver that answers at once was not heard.
      if (this.#tracker.current === 'discover') this.#begin('tcp', this.request.url.href);
      const found = `${socket.remoteAddress ?? this.#host}:${String(this.#port)}`;
      if (this.request.url.protocol === 'wss:') return this.#begin('tls', found);
      this.#begin('websocket', found);
      this.#tracker.skip('tls');
    });
  }

  #begin(step: StepId, detailOfLast: string): void {
    this.#tracker.done(detailOfLast);
    this.#tracker.begin(step);
  }

  /** RFC 7395 §3.1. */
  #upgrade(secured: TLSSocket | null): void {
    if (secured) this.#tracker.begin('websocket');
    const ws = new WebSocket(this.request.url, 'xmpp', {
      // Of what kind a frame is, and whether it may be this long, the parser sees.
      maxPayload: answerLimits.frameBytes,
      handshakeTimeout: deadlines(this.deps).total,
      perMessageDeflate: { threshold: 1024 },
      followRedirects: false,
      ...(secured ? { createConnection: () => secured } : {}),
      ...(this.deps.lookup ? { lookup: this.deps.lookup } : {}),
      finishRequest: (request) => {
        if (!secured) request.once('socket', (socket) => this.#watch(socket));
        request.end();
      },
    });
    this.#ws = ws;
    ws.on('error', (error) => this.#fail(socketFailure(error, this.#tracker.current)));
    ws.once('unexpected-response', (_request, response) => {
      const status = String(response.statusCode ?? '?');
      const { location } = response.headers;
      if (/^30[12378]$/.test(status) && location) return this.#settle({ location, status });
      const code = status === '503' ? 'no-subprotocol' : 'not-websocket';
      this.#fail({ code, step: 'websocket', params: { status } });
    });
    ws.once('open', () => {
      this.#tracker.done(ws.protocol);
      this.#settle({ ok: true, socket: ws, url: this.request.url, asked: this.request.url });
    });
  }

  #fail(failure: Failure): void {
    this.#settle(failedWith(failure));
  }

  #destroy(): void {
    this.#ws?.terminate();
    this.#tls?.destroy();
  }
}

/** The part of net.Socket that is watched while it connects. */
interface Connecting {
  readonly remoteAddress?: string | undefined;
  once(event: 'lookup', listener: (error: Error | null) => void): unknown;
  once(event: 'connect', listener: () => void): unknown;
}

const isAddress = (host: string): boolean => host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
