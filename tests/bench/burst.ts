import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { blocksOf, watchBlocks, type Blocks, type Watched } from './blocks';
import { writeMany } from './catch-up';

/** And how long it took; milliseconds. */
export interface Burst extends Blocks {
  /** From the first that was written until the last is shown: most of it is the server's. */
  readonly allMs: number;
  /** From when the server had all of them until the last is shown. */
  readonly afterMs: number;
}

const LIMIT_MS = 120_000;

/** So many messages at once to the app, whose conversation with the sender is open; no other burst has that `name`. */
export async function burst(
  flint: Watched,
  server: ServerAddress,
  ours: { readonly jid: string },
  theirs: TestAccount,
  count: number,
  name: string,
): Promise<Burst> {
  await watchBlocks(flint);
  const began = performance.now();
  await writeMany(server, theirs, ours.jid, count, name);
  const written = performance.now();
  await flint.page
    .getByText(`${name} ${String(count - 1)}`, { exact: true })
    .last()
    .waitFor({ timeout: LIMIT_MS });
  const shown = performance.now();
  return { ...(await blocksOf(flint)), allMs: shown - began, afterMs: shown - written };
}
