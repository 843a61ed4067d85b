import type { WebSocket } from 'ws';
import type { Chance } from './chance';
import type { Timeline } from './timeline';

type Listener = (event: Record<string, unknown>) => void;

/** The server's end. */
export interface ServerEnd {
  send(frame: string): void;
  close(): void;
  onFrame: (frame: string) => void;
  onGone: () => void;
  readonly open: boolean;
}

/**
 * Two ends of a WebSocket: frames take a while, keep their order, and when the line is cut a beginning of those under way
 * arrives at each end, the rest at none.
 */
export class Wire {
  readonly #listeners = new Map<string, Set<Listener>>();
  #toServer: string[] = [];
  #toClient: string[] = [];
  #state: 'open' | 'dead' = 'open';
  #hole = false;
  readonly server: ServerEnd;
  readonly client: WebSocket;

  constructor(
    private readonly time: Timeline,
    private readonly chance: Chance,
    private readonly latency: number,
    url: string,
    /** Asked before the client writes: false when the process died at this very moment. */
    private readonly writes: () => 'written' | 'lost',
    /** Runs at once what the client is told, unless it sleeps. */
    private readonly awake: (run: () => void) => void,
    /** Told of every frame that arrives. */
    private readonly onArrival: (direction: 'up' | 'down', frame: string) => void,
  ) {
    const isOpen = (): boolean => this.#state === 'open';
    this.server = {
      send: (frame) => {
        this.#sendDown(frame);
      },
      close: () => {
        this.cut(1, 1);
      },
      onFrame: () => undefined,
      onGone: () => undefined,
      get open() {
        return isOpen();
      },
    };
    const socket = {
      url,
      OPEN: 1,
      get readyState() {
        return isOpen() ? 1 : 3;
      },
      addEventListener: (name: string, run: Listener) => {
        const all = this.#listeners.get(name) ?? new Set();
        this.#listeners.set(name, all.add(run));
      },
      removeEventListener: (name: string, run: Listener) => {
        this.#listeners.get(name)?.delete(run);
      },
      send: (frame: string) => {
        this.#sendUp(frame);
      },
      close: () => {
        this.time.after(this.latency, () => {
          this.cut(1, 1);
        });
      },
      terminate: () => {
        this.cut(1, 0);
      },
    };
    // The engine uses nothing else of a WebSocket.
    this.client = socket as unknown as WebSocket;
  }

  get dead(): boolean {
    return this.#state === 'dead';
  }

  /** The server has given up the line; the client does not hear of it. */
  fade(): void {
    if (this.#state === 'dead') return;
    this.blackHole();
    this.server.onGone();
    this.server.onGone = () => undefined;
  }

  /** From now on nothing gets through, and nobody is told. */
  blackHole(): void {
    this.#hole = true;
    this.#toServer = [];
    this.#toClient = [];
  }

  /** Ends the line: of what is under way these shares still arrive, then both ends are told. */
  cut(up: number, down: number): void {
    if (this.#state === 'dead') return;
    const arriving = <T>(frames: readonly T[], share: number): readonly T[] =>
      this.#hole ? [] : frames.slice(0, Math.round(frames.length * share));
    const lastUp = arriving(this.#toServer, up);
    const lastDown = arriving(this.#toClient, down);
    this.#toServer = [];
    this.#toClient = [];
    for (const frame of lastUp) this.#arrive('up', frame);
    for (const frame of lastDown) this.#arrive('down', frame);
    this.#state = 'dead';
    this.server.onGone();
    this.#tell('close', { wasClean: false });
  }

  /** The process at the client's end is gone: nothing is told there any more. */
  orphan(up: number): void {
    this.#listeners.clear();
    this.cut(up, 0);
  }

  #arrive(direction: 'up' | 'down', frame: string): void {
    this.onArrival(direction, frame);
    if (direction === 'up') this.server.onFrame(frame);
    else this.#tell('message', { data: frame });
  }

  #tell(name: string, event: Record<string, unknown>): void {
    this.awake(() => {
      for (const run of [...(this.#listeners.get(name) ?? [])]) run(event);
    });
  }

  #sendUp(frame: string): void {
    if (this.#state === 'dead') return;
    if (this.writes() === 'lost' || this.#hole) return;
    this.#toServer.push(frame);
    this.time.after(this.#travel(), () => {
      const next = this.#toServer.shift();
      if (next !== undefined) this.#arrive('up', next);
    });
  }

  #sendDown(frame: string): void {
    if (this.#state === 'dead' || this.#hole) return;
    this.#toClient.push(frame);
    this.time.after(this.#travel(), () => {
      const next = this.#toClient.shift();
      if (next !== undefined) this.#arrive('down', next);
    });
  }

  /** The oldest frame arrives whenever any is due, so a jitter never changes their order. */
  #travel(): number {
    return this.latency === 0 ? 0 : this.chance.between(1, this.latency);
  }
}
