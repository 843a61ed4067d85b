/** A TCP proxy on loopback that can be slow, cut lines at any byte, close half of them, or swallow everything without a word. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Towards the server, or towards the client. */
export type Way = 'up' | 'down';
export const ways: readonly Way[] = ['up', 'down'];

export interface FaultProxy {
  readonly port: number;
  /** How many lines are open through it. */
  readonly lines: number;
  /** How many lines were opened so far. */
  readonly opened: number;
  /** Milliseconds that every piece waits, each way. What is on its way keeps its order when this changes. */
  delay(ms: number): void;
  /** Milliseconds that it rests after each piece that comes from the client, before it takes the next: a narrow line. */
  pace(ms: number): void;
  /**
   * Neither bytes nor ends get through (only one way, if told so), on lines that are open and on new ones; `false` lets
   * new ones through again: a line that has lost something stays deaf that way, until it is cut.
   */
  blackHole(on: boolean, only?: Way): void;
  /** Resets every line. */
  cut(): void;
  /** Resets the lines that have lost something, as a router that has forgotten them does. */
  cutDeaf(): void;
  /** Lets so many more bytes through that way on each line, then ends it there: in the middle of a frame, say. */
  cutAfter(bytes: number, way: Way): void;
  /** Ends each line in this direction alone (FIN); the other one stays open. */
  endHalf(way: Way): void;
  /** New lines are refused, by their reset. */
  refuse(on: boolean): void;
  /** Called for every piece that is let through. */
  watch(run: (way: Way, bytes: Buffer) => void): void;
  stop(): Promise<void>;
}

export const faultProxy = async (target: {
  readonly host?: string;
  readonly port: number;
  /** Takes the offer to compress out of each upgrade, so that what passes can be read. */
  readonly uncompressed?: boolean;
}): Promise<FaultProxy> => {
  const lines = new Set<Line>();
  const holes = new Set<Way>();
  let wait = 0;
  let rest = 0;
  const watchers: ((way: Way, bytes: Buffer) => void)[] = [];
  let refusing = false;
  let opened = 0;

  const server = createServer((near) => {
    opened += 1;
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target.port, target.host ?? '127.0.0.1');
    const line = new Line(near, far, {
      waits: () => wait,
      rests: () => rest,
      swallows: (way) => holes.has(way),
      uncompressed: target.uncompressed ?? false,
      passed: (way, bytes) => {
        for (const run of watchers) run(way, bytes);
      },
    });
    lines.add(line);
    near.on('close', () => {
      lines.delete(line);
    });
  });
  const cut = (which: (line: Line) => boolean): void => {
    for (const line of [...lines].filter(which)) {
      line.reset();
      lines.delete(line);
    }
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get lines() {
      return lines.size;
    },
    get opened() {
      return opened;
    },
    delay: (ms) => (wait = ms),
    pace: (ms) => (rest = ms),
    blackHole: (on, only) => {
      for (const way of only ? [only] : ways) {
        if (on) holes.add(way);
        else holes.delete(way);
      }
    },
    refuse: (on) => (refusing = on),
    watch: (run) => {
      watchers.push(run);
    },
    cut: () => {
      cut(() => true);
    },
    cutDeaf: () => {
      cut((line) => line.deaf.size > 0);
    },
    cutAfter: (bytes, way) => {
      for (const line of lines) line.left.set(way, bytes);
    },
    endHalf: (way) => {
      for (const line of lines) line.endHalf(way);
    },
    stop: async () => {
      cut(() => true);
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

interface Weather {
  readonly uncompressed: boolean;
  waits(): number;
  rests(): number;
  swallows(way: Way): boolean;
  passed(way: Way, bytes: Buffer): void;
}

class Line {
  /** Ways on which bytes were lost: nothing that comes later would make sense to the other side. */
  readonly deaf = new Set<Way>();
  /** How many more bytes may pass before the line ends. */
  readonly left = new Map<Way, number>();
  readonly #queues = new Map<Way, { readonly due: number; readonly run: () => void }[]>();

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    private readonly weather: Weather,
  ) {
    this.#pipe(near, far, 'up');
    this.#pipe(far, near, 'down');
  }

  reset(): void {
    this.near.resetAndDestroy();
    this.far.destroy();
  }

  endHalf(way: Way): void {
    this.deaf.add(way);
    (way === 'up' ? this.far : this.near).end();
  }

  #pipe(from: Socket, to: Socket, way: Way): void {
    const queue: { readonly due: number; readonly run: () => void }[] = [];
    this.#queues.set(way, queue);
    from.setNoDelay(true);
    let head = way === 'up' && this.weather.uncompressed;
    from.on('data', (data) => {
      const bytes = head ? withoutOffer(data) : data;
      head = false;
      this.#later(way, () => this.#pass(bytes, from, to, way));
      const rest = way === 'up' ? this.weather.rests() : 0;
      if (rest === 0) return;
      from.pause();
      setTimeout(() => from.resume(), rest);
    });
    from.on('end', () => this.#later(way, () => to.end()));
    from.on('error', () => this.#later(way, () => to.destroy()));
  }

  /** Now, or when it has waited; always in order. */
  #later(way: Way, run: () => void): void {
    const queue = this.#queues.get(way) ?? [];
    const ms = this.weather.waits();
    if (ms <= 0 && queue.length === 0) {
      this.#unlessLost(way, run);
      return;
    }
    const due = Math.max(performance.now() + ms, queue.at(-1)?.due ?? 0);
    queue.push({ due, run });
    if (queue.length === 1) this.#wake(way, queue);
  }

  #wake(way: Way, queue: { readonly due: number; readonly run: () => void }[]): void {
    const [first] = queue;
    if (!first) return;
    setTimeout(() => {
      while (queue[0] && queue[0].due <= performance.now()) {
        const [item] = queue.splice(0, 1);
        if (item) this.#unlessLost(way, item.run);
      }
      this.#wake(way, queue);
    }, first.due - performance.now());
  }

  #unlessLost(way: Way, run: () => void): void {
    if (this.weather.swallows(way)) this.deaf.add(way);
    if (!this.deaf.has(way)) run();
  }

  #pass(bytes: Buffer, from: Socket, to: Socket, way: Way): void {
    const left = this.left.get(way);
    if (left === undefined || bytes.length <= left) {
      if (left !== undefined) this.left.set(way, left - bytes.length);
      this.weather.passed(way, bytes);
      to.write(bytes);
      return;
    }
    this.deaf.add(way);
    this.weather.passed(way, bytes.subarray(0, left));
    to.end(bytes.subarray(0, left));
    from.resetAndDestroy();
  }
}

/** RFC 7692 §5: without the offer a server sends plain frames. The head of an upgrade comes in one piece. */
function withoutOffer(head: Buffer): Buffer {
  const text = head.toString('latin1').replace(/^Sec-WebSocket-Extensions:.*\r\n/im, '');
  return Buffer.from(text, 'latin1');
}
