import { peers } from './server-kind';
import type { World } from './world';

/** In the first list's order, as far as both have it. */
const inOrder = (wanted: readonly string[], found: readonly string[]): boolean => {
  const both = wanted.filter((one) => found.includes(one));
  return found.filter((one) => both.includes(one)).join() === both.join();
};
const twice = (list: readonly string[]): readonly string[] =>
  list.filter((one, place) => list.indexOf(one) !== place);

/** 0 lost, 0 doubled, 0 out of order, and every state is true. */
export const judge = async (world: World): Promise<readonly string[]> => {
  const { server, kind } = world;
  const broken: string[] = [...world.wrong, ...server.miscounts.map((what) => `miscounted: ${what}`)];
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
