import type { CDPSession } from 'playwright';

/** What a page holds on to. */
export interface Held {
  /** Its objects, MiB. */
  readonly mib: number;
  /** Nodes of its document, and those that are in none and that something still refers to. */
  readonly nodes: number;
  readonly listeners: number;
}

/** A finalizer, or a reference that the collection before has cleared, may let go of more. */
const COLLECTIONS = 3;

/** What is left once garbage is collected. */
export async function heldBy(protocol: CDPSession): Promise<Held> {
  for (let n = 0; n < COLLECTIONS; n += 1) await protocol.send('HeapProfiler.collectGarbage');
  const { usedSize } = await protocol.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await protocol.send('Memory.getDOMCounters');
  return { mib: usedSize / 1024 ** 2, nodes, listeners: jsEventListeners };
}
