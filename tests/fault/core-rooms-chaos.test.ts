import { expect, it } from 'vitest';
import { MAIN_SERVERS } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { coreSubject } from './chaos/core-subject';
import { runRoomsChaos } from './chaos/rooms-run';
import { Tally } from './chaos/tally';

const ROUNDS = 5;
/** With this seed they have both ways out in them, on each server. */
const FROM = 8;

it(
  'R3 R8 R9 R12 R27 in two rooms with two others, over losses, kills, leaving and being thrown out: nothing is lost, doubled or out of order',
  { timeout: 700_000 },
  async () => {
    const lines: string[] = [];
    const servers = MAIN_SERVERS.filter((kind) => sharedServers().includes(kind));
    const tally = new Tally();
    await runRoomsChaos({
      ...{ rounds: ROUNDS, seed: 'npm test', servers, from: FROM },
      subject: coreSubject,
      say: (line) => lines.push(line),
      signal: new AbortController().signal,
      tally,
    });
    const wrong = lines.filter((line) => line.includes('WRONG'));
    expect([wrong, tally.verdict()]).toEqual([
      [],
      expect.stringMatching(
        new RegExp(
          `^${String(ROUNDS * servers.length)} rounds, \\d+ messages, 0 lost, 0 doubled, 0 out of order$`,
        ),
      ),
    ]);
  },
);
