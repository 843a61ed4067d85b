import { expect, it } from 'vitest';
import { MAIN_SERVERS } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { coreSubject } from './chaos/core-subject';
import { runChaos } from './chaos/run-chaos';
import { Tally } from './chaos/tally';

const ROUNDS = 30;

it(
  'R1 R2 R3 R5 R6 R8 R9 R12 R27 thirty faults by chance, while everybody writes: nothing is lost, doubled or out of order',
  { timeout: 700_000 },
  async () => {
    const tally = new Tally();
    const lines: string[] = [];
    await runChaos({
      rounds: ROUNDS,
      seed: 'npm test',
      // Their own, for they are killed.
      servers: MAIN_SERVERS.filter((kind) => sharedServers().includes(kind)),
      lanes: 1,
      kind: 'core',
      from: 1,
      subject: coreSubject,
      say: (line) => lines.push(line),
      signal: new AbortController().signal,
      tally,
    });
    const wrong = lines.filter((line) => line.includes('WRONG'));
    expect([wrong, tally.verdict()]).toEqual([
      [],
      expect.stringMatching(/^30 rounds, \d+ messages, 0 lost, 0 doubled, 0 out of order$/),
    ]);
  },
);
