/** A TCP proxy on loopback that can be slow, cut lines, or swallow everything without a word. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface FaultProxy {
  readonly port: number;
  /** How many lines are open through it. */
  readonly lines: number;
  /** How many lines were opened so far. */
  readonly opened: number;
  /** Milliseconds that every piece waits, each way. */
  delay(ms: number): void;
  /** Neither bytes nor ends get through, on lines that are open and on new ones; `false` lets new ones through again. */
  blackHole(on: boolean): void;
  /** Resets every line. */
  cut(): void;
  /** New lines are refused, by their reset. */
  refuse(on: boolean): void;
  stop(): Promise<void>;
}

export const faultProxy = async (target: {
  readonly host?: string;
  readonly port: number;
}): Promise<FaultProxy> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let wait = 0;
  let hole = false;
  let refusing = false;
  let opened = 0;

  const server = createServer((near) => {
    opened += 1;
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target.port, target.host ?? '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    pipe(near, far);
    pipe(far, near);
    const end = (): void => {
      pairs.delete(pair);
    };
    near.on('close', end);
  });

  const pipe = (from: Socket, to: Socket): void => {
    const later = (run: () => void): void => {
      if (hole) return;
      if (wait > 0) setTimeout(() => (hole ? undefined : run()), wait);
      else run();
    };
    from.setNoDelay(true);
    from.on('data', (bytes) => later(() => to.write(bytes)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => later(() => to.destroy()));
  };
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
    pairs.clear();
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get lines() {
      return pairs.size;
    },
    get opened() {
      return opened;
    },
    delay: (ms) => (wait = ms),
    blackHole: (on) => (hole = on),
    refuse: (on) => (refusing = on),
    cut,
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
