import { Chance } from './chance';
import { peers, type ServerKind } from './server';
import { Timeline } from './timeline';
import { World } from './world';

export interface Verdict {
  readonly seed: number;
  readonly kind: ServerKind;
  readonly messages: number;
  readonly kills: number;
  readonly cuts: number;
  readonly events: number;
  /** Second copies at a peer under the same id (CHECKS.md, *resent*). */
  readonly resent: number;
  /** What is wrong, in words; none: the promise was kept. */
  readonly broken: readonly string[];
  readonly trace: readonly string[];
}

const second = 1_000;

const anyServer = (chance: Chance): ServerKind => {
  const archive = chance.happens(0.7);
  return {
    archive,
    // A server that keeps nothing loses what is on a cut line: none can help that.
    sm: chance.pick(
      archive ? ['none', 'acks', 'resume', 'resume', 'lies'] : ['acks', 'resume', 'resume', 'lies'],
    ),
    offline: !archive || chance.happens(0.4),
    carbons: chance.happens(0.7),
    stanzaIds: archive && chance.happens(0.8),
    wholeSeconds: chance.happens(0.3),
    failedWithCount: chance.happens(0.3),
    receipts: chance.happens(0.5),
    shortIds: chance.happens(0.3),
  };
};

type Act = (world: World, chance: Chance, name: (prefix: string) => string) => void | Promise<void>;

const burst =
  (say: (world: World, peer: string, body: string) => void, prefix: string): Act =>
  (world, chance, name) => {
    const peer = chance.pick(peers);
    for (let left = chance.between(1, 4); left > 0; left -= 1) say(world, peer, name(prefix));
  };

const acts: Readonly<Record<string, { readonly weight: number; readonly act: Act }>> = {
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
    act: (world, chance) => {
      world.cuts += 1;
      world.server.cutLines(chance.next(), chance.next(), true);
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
  blackHole: { weight: 1, act: (world) => world.server.blackHole() },
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
      // A short id counts among close ones only, unless the archive has the last word.
      const { shortIds, offline, stanzaIds } = world.kind;
      const steps = shortIds && offline && !stanzaIds ? [-10, 10] : [-86_400, -3_600, -10, 10, 3_600, 86_400];
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
const bag = Object.entries(acts).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

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

/** In the first list's order, as far as both have it. */
const inOrder = (wanted: readonly string[], found: readonly string[]): boolean => {
  const both = wanted.filter((one) => found.includes(one));
  return found.filter((one) => both.includes(one)).join() === both.join();
};
const twice = (list: readonly string[]): readonly string[] =>
  list.filter((one, place) => list.indexOf(one) !== place);

/** 0 lost, 0 doubled, 0 out of order, and every state is true. */
const judge = async (world: World): Promise<readonly string[]> => {
  const { server, kind } = world;
  const broken: string[] = server.miscounts.map((what) => `miscounted: ${what}`);
  for (const peer of peers) {
    const rows = await world.rows(peer);
    const bodies = rows.map(({ body }) => body);
    if (world.wordy)
      for (const { id, at, body, delivery } of rows)
        world.note(`row ${id}`, { at: new Date(at), body, delivery });
    const say = (what: string, which: readonly string[]): void => {
      if (which.length > 0) broken.push(`${peer}: ${what}: ${which.join(' ')}`);
    };
    const said = (server.said.get(peer) ?? []).map(({ body }) => body);
    const written = world.sent.filter((one) => one.peer === peer);
    const promised = written.filter((one) => one.promised).map(({ body }) => body);
    const got = server.got.get(peer) ?? [];
    say(
      'lost on the way in',
      said.filter((body) => !bodies.includes(body)),
    );
    say(
      'lost from the history',
      promised.filter((body) => !bodies.includes(body)),
    );
    say(
      'never arrived',
      rows
        .filter((r) => r.direction === 'out' && r.body.startsWith('o'))
        .map((r) => r.body)
        .filter((body) => !got.includes(body)),
    );
    say(
      'arrived but is not shown',
      got.filter((body) => !bodies.includes(body)),
    );
    say('doubled', twice(bodies));
    if (kind.archive) say('doubled at the server', twice(got));
    say(
      'in a state that is not true',
      rows
        .filter((r) => r.direction === 'out' && !['sent', 'received', 'read'].includes(r.delivery ?? ''))
        .map((r) => `${r.body}=${String(r.delivery)}`),
    );
    // What the server has forgotten (R10) stands where it stood: by a clock that may have been wrong.
    const inbound = said.filter((body) => body.startsWith('p') && !world.expired.has(body));
    if (!inOrder(inbound, bodies)) say('out of order', [...bodies]);
    const outgoing = written.map(({ body }) => body);
    const remembered = outgoing.filter((body) => !world.expired.has(body));
    if (!inOrder(remembered, bodies)) say('own ones out of order', [...bodies]);
    if (!inOrder(outgoing, [...new Set(got)])) say('out of order at the peer', got);
    const archived = server.archive.entries
      .filter((e) => e.peer === peer && e.body !== '')
      .map((e) => e.body);
    if (!inOrder(archived, bodies)) say(`not in the archive's order (${archived.join(' ')})`, [...bodies]);
  }
  return broken;
};
