import { acts, bag } from './acts';
import { Chance } from './chance';
import type { Counted } from './faults';
import { judge } from './judge';
import { peers, type ServerKind } from './server-kind';
import { Timeline } from './timeline';
import { World } from './world';

export interface Verdict {
  readonly seed: number;
  readonly kind: ServerKind;
  readonly messages: number;
  readonly kills: number;
  readonly cuts: number;
  readonly events: number;
  /** What occurred, and how often. */
  readonly faults: Readonly<Partial<Record<Counted, number>>>;
  /** Second copies at a peer under the same id (CHECKS.md, *resent*). */
  readonly resent: number;
  /** What is wrong, in words; none: the promise was kept. */
  readonly broken: readonly string[];
  readonly trace: readonly string[];
}

const second = 1_000;

const anyServer = (chance: Chance): ServerKind => {
  const archive = chance.happens(0.7);
  // A server that keeps nothing loses what is on a cut line: none can help that.
  const sm = chance.pick<ServerKind['sm']>(
    archive ? ['none', 'acks', 'resume', 'resume', 'lies'] : ['acks', 'resume', 'resume', 'lies'],
  );
  const holds = archive && sm === 'resume' && chance.happens(0.5);
  return {
    archive,
    sm,
    holds,
    offline: !archive || (!holds && chance.happens(0.4)),
    carbons: chance.happens(0.7),
    stanzaIds: archive && chance.happens(0.8),
    wholeSeconds: chance.happens(0.3),
    failedWithCount: chance.happens(0.3),
    receipts: chance.happens(0.5),
    shortIds: chance.happens(0.3),
  };
};

/** One schedule from its seed: what happens, in which order, and whether the promises held in the end. */
export const runSchedule = async (seed: number, wordy = false): Promise<Verdict> => {
  const chance = new Chance(seed);
  const time = new Timeline();
  const world = new World(time, chance, anyServer(chance));
  world.wordy = wordy;
  let names = 0;
  const name = (prefix: string): string => `${prefix}${(names += 1)}`;
  try {
    await world.begin();
    for (let left = chance.between(4, 14); left > 0; left -= 1) {
      const what = chance.pick(bag);
      world.note(what);
      await acts[what]?.act(world, chance, name);
      const pause = chance.pick([0, 0, 20, 200, 3 * second, 20 * second]);
      await time.runUntil(time.now + (pause === 0 ? 0 : chance.between(1, pause)));
      if (!world.life && chance.happens(0.6)) {
        await time.runUntil(time.now + chance.pick([0, 1, 30, 400]) * second);
        world.start();
      }
    }
    await heal(world);
    const broken = await judge(world);
    const copies = [...world.server.got.values()].map((got) => got.length - new Set(got).size);
    return {
      seed,
      kind: world.kind,
      messages: names,
      kills: world.kills,
      cuts: world.cuts,
      events: time.events,
      faults: world.tally.counts,
      resent: copies.reduce((sum, one) => sum + one, 0),
      broken,
      trace: world.trace,
    };
  } finally {
    world.close();
  }
};

/** Everything is well again and has time to come to rest. */
const heal = async (world: World): Promise<void> => {
  world.server.reachable = true;
  if (world.life) world.life.killAt = Infinity;
  else world.start();
  await world.untilOnline();
  await world.time.runUntil(world.time.now + 60 * second);
  await world.untilOnline();
  await world.time.runUntil(Math.max(world.time.now, world.server.heldUntil));
  for (let tries = 0; tries < 20 && !(await atRest(world)); tries += 1)
    await world.time.runUntil(world.time.now + 15 * second);
  // The archive is asked for the end once it is quiet, and what it says is committed.
  await world.time.runUntil(world.time.now + 45 * second);
};

const atRest = async (world: World): Promise<boolean> => {
  for (const peer of peers)
    if ((await world.rows(peer)).some(({ delivery }) => delivery === 'waiting')) return false;
  return true;
};
