import { beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src-main/desktop/random';
import { createOccupants, type Occupants } from '../../../src-main/session/rooms/occupants';
import type { Occupant } from '../../../src-shared/model/room';
import { FakeClock } from '../../support/clock';

const nick = (n: number): string => `p${String(n)}`;
const person = (n: number, status: string | null = null): Occupant => ({
  ...{ nick: nick(n), jid: null, role: 'participant', affiliation: 'none', kind: 'online' },
  status,
});

describe('who is in a room', () => {
  let clock: FakeClock;
  let occupants: Occupants;
  let told: { readonly changed: readonly Occupant[]; readonly gone: readonly string[] }[];

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    occupants = createOccupants({ clock, random: systemRandom }, (changed, gone) =>
      told.push({ changed, gone }),
    );
  });

  it('R22 is told a quarter of a second after the first change, each person once and as he is by then', async () => {
    occupants.put(person(1, 'early'));
    await clock.advance(249);
    occupants.put(person(1, 'late'));
    occupants.put(person(2));
    occupants.remove(nick(2));
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([{ changed: [person(1, 'late')], gone: [nick(2)] }]);
    await clock.advance(1_000);
    expect(told).toHaveLength(1);
  });

  it('whose hats are whose goes by the person, where the room tells, or by the stay, and never by the nick', () => {
    const hats = ['Host'];
    const known = () => occupants.wearers().flatMap(({ authors }) => authors);
    occupants.put({ ...person(1), hats }, 'first');
    const [byId, byStay] = known();
    expect(byId).toBe('occupant:first');
    expect(occupants.wearers()).toEqual([{ authors: [byId, byStay], hats }]);
    occupants.remove(nick(1));
    expect(occupants.wearers()).toEqual([]);
    occupants.put(person(1), 'second');
    expect(occupants.wearers()).toEqual([]);
    occupants.put({ ...person(1), jid: 'p1@example.org', hats }, 'second');
    expect(known()).toEqual(expect.arrayContaining(['occupant:second', 'jid:p1@example.org']));
    expect(known()).not.toContain(byStay);
    occupants.put(person(1), 'second');
    expect(occupants.wearers()).toEqual([]);
  });

  it('where more have hats than can be told of, none is worn: whose there are is no matter of who came first', () => {
    const hats = ['Host'];
    for (let n = 0; n < 100; n += 1) occupants.put({ ...person(n), hats });
    expect(occupants.wearers()).toHaveLength(100);
    occupants.put({ ...person(100), hats });
    expect(occupants.wearers()).toEqual([]);
    occupants.remove(nick(3));
    expect(occupants.wearers()).toHaveLength(100);
  });

  it('R22 five thousand who come at once are told of in pieces, and so are five thousand who are gone', async () => {
    for (let n = 0; n < 5_000; n += 1) occupants.put(person(n));
    await clock.advance(250);
    expect(told.map(({ changed }) => changed.length)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(told.flatMap(({ changed }) => changed.map((one) => one.nick))).toEqual(
      Array.from({ length: 5_000 }, (_, n) => nick(n)),
    );
    occupants.clear();
    await clock.advance(250);
    expect(told.slice(10).map(({ gone }) => gone.length)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(occupants.size).toBe(0);
  });

  it('R22 holds no more of them, and no more of what they say, than any room has', async () => {
    for (let n = 0; n < 20_010; n += 1) occupants.put(person(n));
    expect(occupants.size).toBe(20_000);
    occupants.put(person(1, 'x'.repeat(100_000)));
    expect(occupants.find(nick(1))?.status).toHaveLength(1_000);
  });
});
