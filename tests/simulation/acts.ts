import type { Chance } from './chance';
import { peers } from './server-kind';
import type { World } from './world';

const second = 1_000;

/**
 * Whether a message is known again by its time. A short id counts among close ones only, unless it is the archive that says
 * it again: with such peers, and a server that sends a message twice, a clock that goes wrong in between shows it twice.
 */
const byTime = ({ kind: { shortIds, stanzaIds, offline, sm } }: World): boolean =>
  shortIds && !stanzaIds && (offline || sm === 'resume' || sm === 'lies');

type Act = (world: World, chance: Chance, name: (prefix: string) => string) => void | Promise<void>;

const burst =
  (say: (world: World, peer: string, body: string) => void, prefix: string): Act =>
  (world, chance, name) => {
    const peer = chance.pick(peers);
    for (let left = chance.between(1, 4); left > 0; left -= 1) say(world, peer, name(prefix));
  };

export const acts: Readonly<Record<string, { readonly weight: number; readonly act: Act }>> = {
  write: { weight: 6, act: burst((world, peer, body) => world.send(peer, body), 'o') },
  hear: { weight: 5, act: burst((world, peer, body) => world.server.peerSays(peer, body), 'p') },
  device: { weight: 1, act: burst((world, peer, body) => world.server.deviceSays(peer, body), 'd') },
  cut: {
    weight: 3,
    act: (world, chance) => {
      world.cuts += 1;
      world.server.cutLines(chance.next(), chance.next());
    },
  },
  restart: {
    weight: 1,
    act: async (world, chance) => {
      world.cuts += 1;
      world.server.cutLines(chance.next(), chance.next(), true);
      if (!world.underWay) return;
      world.tally.add('R5');
      for (const peer of peers)
        for (const { body, delivery } of await world.rows(peer))
          if (body.startsWith('o') && delivery === 'sent' && !world.server.got.get(peer)?.includes(body))
            world.wrong.push(`${body} is called sent, and the server never had it`);
    },
  },
  refuseResume: {
    weight: 1,
    act: (world, chance) => {
      world.cuts += 1;
      world.server.cutLines(chance.next(), chance.next());
      world.server.forget();
    },
  },
  blackHole: {
    weight: 1,
    act: (world) => {
      const { life } = world;
      const wire = life?.wire;
      const online = world.server.online;
      world.server.blackHole();
      if (!life || !wire || wire.dead || !online) return;
      world.tally.add('R6');
      const { slept } = life;
      world.time.after(30 * second, () => {
        if (life.alive && !life.sleeping && life.slept === slept && !wire.dead)
          world.wrong.push('the line was dead for 30 seconds, and nobody noticed');
      });
    },
  },
  claimTooMuch: {
    weight: 1,
    act: (world) => {
      const { life } = world;
      const wire = life?.wire;
      if (!life || !wire || wire.dead || !world.server.claimTooMuch()) return;
      world.tally.add('R4');
      const { slept } = life;
      world.time.after(30 * second, () => {
        if (life.alive && !life.sleeping && life.slept === slept && !wire.dead)
          world.wrong.push('the server acknowledged what was never sent, and the stream went on');
      });
    },
  },
  suspend: { weight: 1, act: (world, chance, name) => suspend(world, chance, name) },
  unreachable: {
    weight: 1,
    act: (world, chance) => {
      world.server.reachable = false;
      world.server.cutLines(1, 1);
      world.time.after(chance.between(1, 400) * second, () => (world.server.reachable = true));
    },
  },
  kill: {
    weight: 4,
    act: (world, chance) => {
      if (world.life) world.life.killAt = world.life.steps + chance.between(1, 60);
    },
  },
  clock: {
    weight: 1,
    act: (world, chance) => {
      const steps = byTime(world) ? [-10, 10] : [-86_400, -3_600, -10, 10, 3_600, 86_400];
      world.tally.add('R11');
      world.stepClock(chance.pick(steps) * second);
    },
  },
  expire: {
    weight: 1,
    act: async (world) => {
      const held = new Set<string>();
      for (const peer of peers)
        for (const row of await world.rows(peer)) if (row.delivery !== 'waiting') held.add(row.body);
      world.server.archive.expire((entry) => {
        const fits = entry.body === '' || held.has(entry.body);
        if (fits) world.expired.add(entry.body);
        return fits;
      });
    },
  },
};
/** Their names, each as often as it weighs. */
export const bag = Object.entries(acts).flatMap(([name, { weight }]) =>
  Array.from({ length: weight }, () => name),
);

/** The computer sleeps for a minute, an hour or three days, and somebody writes meanwhile (R7). */
const suspend = async (world: World, chance: Chance, name: (prefix: string) => string): Promise<void> => {
  const { life, time, server } = world;
  if (!life || life.killAt !== Infinity) return;
  world.tally.add('R7');
  const length = chance.pick(byTime(world) ? [60] : [60, 3_600, 3 * 86_400]) * second;
  const woken = time.now + length;
  life.sleep();
  await time.runUntil(time.now + chance.between(0, 59) * second);
  server.peerSays(chance.pick(peers), name('p'));
  // A server that hears nothing gives up the line after a while.
  await time.runUntil(Math.min(woken, time.now + 150 * second));
  if (length > 200 * second) server.fadeLines();
  await time.runUntil(woken);
  const { connects, written, wire } = life;
  const asks = server.online || (wire !== null && !wire.dead && length > 200 * second);
  life.wake(length);
  await time.runUntil(time.now + 2 * second);
  const silent = (): boolean =>
    life.alive && asks && wire !== null && !wire.dead && life.wire === wire && life.written === written;
  // A question from before the sleep may still be open: its time runs out.
  if (silent()) await time.runUntil(time.now + 8 * second);
  if (silent()) world.wrong.push('did not ask whether the line still holds after waking');
  const { cuts } = world;
  const reachable = server.reachable;
  await time.runUntil(time.now + 60 * second);
  if (!life.alive || !reachable || cuts !== world.cuts) return;
  if (life.connects - connects > 4)
    world.wrong.push(`reached for the server ${life.connects - connects} times after waking`);
  const state = await world.ask('app.state', {});
  if (state?.value.accounts[0]?.connection.phase !== 'online')
    world.wrong.push('not online a minute after waking');
};
