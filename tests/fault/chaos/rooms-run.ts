import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/paths';
import { startServer } from '../../servers/start-server';
import type { ChaosServer } from './run-chaos';
import { RoomsLane } from './rooms-lane';
import type { Subject } from './subject';
import type { Tally } from './tally';

export interface RoomsChaosOptions {
  /** For each server. */
  readonly rounds: number;
  readonly seed: string;
  readonly servers: readonly ChaosServer[];
  readonly from: number;
  readonly subject: () => Promise<Subject>;
  readonly say: (line: string) => void;
  /** Ends the run after the round that is under way. */
  readonly signal: AbortSignal;
  readonly tally: Tally;
}
/**
 * Two rooms and three people on each server, side by side. Openfire's rooms have no archive and keep 25 messages, so less is said
 * there in a round: all of it is to be had, and all of it has to be here. It gives what two say at once to each in another order,
 * so it is what was said after something was heard that has to stand below it.
 */
export async function runRoomsChaos(options: RoomsChaosOptions): Promise<void> {
  const done = await Promise.allSettled(options.servers.map((kind) => runServer(kind, options)));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

async function runServer(
  kind: ChaosServer,
  { rounds, seed, from, subject, say, signal, tally }: RoomsChaosOptions,
): Promise<void> {
  const server = await startServer(kind);
  let resent = 0;
  const lane = new RoomsLane({ server, subject: await subject(), seed });
  try {
    await lane.open();
    for (let round = from; round < from + rounds && !signal.aborted; round += 1) {
      const result = await lane.round(round);
      const { words, messages, findings } = result;
      const { lost, doubled, disordered } = findings;
      // The book is held against all that was ever said.
      const again = findings.resent - resent;
      resent = findings.resent;
      tally.add(kind, { ...result, findings: { ...findings, resent: again, byServer: 0 } }, true);
      const wrong = [...lost, ...doubled, ...disordered];
      say(
        `${kind} rooms ${String(round)} ${words}: ${String(messages)} messages${wrong.length > 0 ? ` — WRONG ${wrong.slice(0, 12).join('; ')}` : ''}`,
      );
      if (wrong.length === 0) continue;
      const folder = join(root, 'test-results', 'chaos');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${kind}-rooms-${String(round)}.txt`), lane.report());
      return;
    }
  } finally {
    await lane.close().catch(() => undefined);
    await server.stop();
  }
}
