import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/paths';
import { CAPABILITIES } from '../../servers/capabilities';
import { startServer } from '../../servers/start-server';
import type { ChaosServer } from './run-chaos';
import { RoomsLane } from './rooms-lane';
import type { Subject } from './subject';

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
}
export interface RoomsTotal {
  readonly rounds: number;
  readonly messages: number;
  readonly lost: number;
  readonly doubled: number;
  readonly disordered: number;
}

/** The last line. */
export const verdictOf = ({ rounds, messages, lost, doubled, disordered }: RoomsTotal): string =>
  `${String(rounds)} rounds, ${String(messages)} messages, ${String(lost)} lost, ${String(doubled)} doubled, ${String(disordered)} out of order`;

/**
 * Two rooms and three people on each server whose rooms have an archive, side by side. Where they have none nobody can tell what
 * was lost on the way: Openfire keeps 25 messages of a room, and gives what two say at once to each in another order.
 */
export async function runRoomsChaos(options: RoomsChaosOptions): Promise<RoomsTotal> {
  const total = { rounds: 0, messages: 0, lost: 0, doubled: 0, disordered: 0 };
  const done = await Promise.allSettled(
    options.servers
      .filter((kind) => CAPABILITIES[kind].roomMam)
      .map((kind) => runServer(kind, options, total)),
  );
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return total;
}

async function runServer(
  kind: ChaosServer,
  { rounds, seed, from, subject, say, signal }: RoomsChaosOptions,
  total: { -readonly [Name in keyof RoomsTotal]: number },
): Promise<void> {
  const server = await startServer(kind);
  const lane = new RoomsLane({ server, subject: await subject(), seed });
  try {
    await lane.open();
    for (let round = from; round < from + rounds && !signal.aborted; round += 1) {
      const { words, messages, findings } = await lane.round(round);
      const { lost, doubled, disordered } = findings;
      total.rounds += 1;
      total.messages += messages;
      total.lost += lost.length;
      total.doubled += doubled.length;
      total.disordered += disordered.length;
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
