import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/desktop/clock';
import { createWindowHub } from '../../src-main/ipc/window-hub';
import type { EventBatch } from '../../src-shared/ipc/events';
import type { AccountId } from '../../src-shared/model/account';
import type { Occupant } from '../../src-shared/model/room';
import { freePorts } from '../servers/free-ports';
import { newAccount } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { startCore, type TestCore } from '../support/core';
import { startCrowdedRoom, type CrowdedRoom } from '../support/crowded-room';

const COUNT = 5_000;
const MOST_IN_A_BATCH = 500;

/** What a window that shows who is in the room is sent. */
const listen = (core: TestCore, room: string): readonly EventBatch[] => {
  const batches: EventBatch[] = [];
  const hub = createWindowHub(systemClock.after);
  hub.add(1, { send: (batch) => batches.push(batch), isVisible: () => true });
  hub.subscribe(1, [`occupants:${room}`]);
  core.core.listen(hub.push);
  return batches;
};
const changesIn = ({ events }: EventBatch): readonly Occupant[] =>
  events.flatMap(({ event }) => (event.type === 'occupants' ? event.changed : []));
const goneIn = ({ events }: EventBatch): readonly string[] =>
  events.flatMap(({ event }) => (event.type === 'occupants' ? event.gone : []));

describe('a room with five thousand people in it', () => {
  let server: TestServer;
  let room: CrowdedRoom;
  let core: TestCore;
  let account: AccountId;
  const inRoom = async (): Promise<readonly Occupant[]> =>
    (await core.ask('room.occupants', { account, peer: room.jid })).value;

  beforeAll(async () => {
    const { component } = await freePorts(['component']);
    server = await startServer('prosody', { componentPort: component });
    room = await startCrowdedRoom(server, component, COUNT);
    core = await startCore();
    const nora = await newAccount(server, server, 'nora');
    account = await core.signIn(nora.jid, nora.password, { server: server.wsUrl });
  });
  afterAll(async () => {
    await core.stop();
    await room.stop();
    await server.stop();
  });

  it('R22 is joined: all are there, and told once each, in batches of which none is long', async () => {
    const batches = listen(core, room.jid);
    const status = await core.ask('room.join', {
      ...{ account, peer: room.jid, nick: 'Nora', password: null, create: false },
    });
    expect(status).toEqual({ is: 'joined' });
    const people = await inRoom();
    expect(people).toHaveLength(COUNT + 1);
    // XEP-0317: the room says that it gives hats, so they are its word.
    const hosts = people.filter(({ hats }) => hats !== undefined);
    expect(hosts.map(({ nick, hats }) => [nick, hats])).toEqual([
      [room.nick(0), ['Host']],
      [room.nick(1), ['Host']],
    ]);
    expect(people[0]).toEqual({
      ...{ nick: room.nick(0), jid: expect.stringContaining('@') as string, kind: 'online', status: null },
      ...{ role: 'moderator', affiliation: 'owner', hats: ['Host'] },
    });
    const told = () => batches.flatMap(changesIn).map(({ nick }) => nick);
    await core.until(() => told().length > COUNT || null, 'all of them told');
    expect(new Set(told()).size).toBe(COUNT + 1);
    expect(told()).toHaveLength(COUNT + 1);
    for (const batch of batches) expect(changesIn(batch).length).toBeLessThanOrEqual(MOST_IN_A_BATCH);
  });

  it('R22 a storm tells of those who changed and nobody else, many at a time', async () => {
    const batches = listen(core, room.jid);
    room.tell(
      Array.from({ length: 1_000 }, (_, n) =>
        n % 10 === 0 ? { n, gone: true } : { n, show: 'dnd', status: `Line ${String(n)}` },
      ),
    );
    const told = () => batches.flatMap(changesIn);
    const gone = () => batches.flatMap(goneIn);
    await core.until(() => (told().length >= 900 && gone().length >= 100) || null, 'all of it told');
    expect(told()).toHaveLength(900);
    expect(new Set(told().map(({ status }) => status)).size).toBe(900);
    expect(new Set(gone())).toEqual(new Set(Array.from({ length: 100 }, (_, n) => room.nick(n * 10))));
    // By the number, however slowly the server writes them: two or three, not a thousand.
    expect(batches.length).toBeLessThan(100);
    expect(await inRoom()).toHaveLength(COUNT + 1 - 100);
  });
});
