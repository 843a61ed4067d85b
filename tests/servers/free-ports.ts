import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which systems take the ports of outgoing connections: they stay free while a server is down. */
const LOWEST = 15_000;
const HIGHEST = 30_000;
const handedOut = new Set<number>();

/** Ports of the loopback interface that nothing listens on; none is given twice by this process. */
export async function freePorts<const Names extends readonly string[]>(
  names: Names,
): Promise<Readonly<Record<Names[number], number>>> {
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await freePort();
  return ports as Record<Names[number], number>;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
