import { describe, expect, it } from 'vitest';
import { createNickOrder } from '../../../src-renderer/features/room/nick-order';
import { occupantRows, type OccupantRow } from '../../../src-renderer/features/room/occupant-rows';
import type { Occupant } from '../../../src-shared/model/room';

const person = (nick: string, more: Partial<Occupant> = {}): Occupant => ({
  ...{ nick, jid: null, role: 'participant', affiliation: 'none', kind: 'online', status: null },
  ...more,
});
const inRoom = (people: readonly Occupant[]): ReadonlyMap<string, Occupant> =>
  new Map(people.map((one) => [one.nick, one]));
const shown = (rows: readonly OccupantRow[]): readonly string[] =>
  rows.map((row) => (row.kind === 'group' ? `${row.group} ${String(row.count)}` : row.occupant.nick));
const ordered = (people: ReadonlyMap<string, Occupant>, locale = 'en') => {
  const order = createNickOrder(locale);
  while (!order.follow(people));
  return order.nicks;
};

describe('the list of who is in a room', () => {
  const people = inRoom([
    person('Peter'),
    person('Zoë', { affiliation: 'owner', role: 'moderator' }),
    person('ärger 10'),
    person('Arger 9'),
    person('李雯', { role: 'visitor' }),
    person('Nurse', { role: 'moderator', jid: 'angelica@capulet.lit' }),
  ]);

  it('has each in his group, in the order of names', () => {
    expect(shown(occupantRows(ordered(people), people, []))).toEqual([
      'owner 1',
      'Zoë',
      'moderator 1',
      'Nurse',
      'none 3',
      'Arger 9',
      'ärger 10',
      'Peter',
      'visitor 1',
      '李雯',
    ]);
  });

  it('finds by nick and by address, without marks', () => {
    const found = (...words: string[]) => shown(occupantRows(ordered(people), people, words));
    expect(found('zoe')).toEqual(['owner 1', 'Zoë']);
    expect(found('angelica', 'nu')).toEqual(['moderator 1', 'Nurse']);
    expect(found('arger')).toEqual(['none 2', 'Arger 9', 'ärger 10']);
  });

  it('finds Chinese nicks by their pinyin initials, as contacts are', () => {
    const found = (...words: string[]) => shown(occupantRows(ordered(people), people, words));
    expect(found('lw')).toEqual(['visitor 1', '李雯']);
    expect(found('lx')).toEqual([]);
  });

  it('follows who comes and who goes', () => {
    const order = createNickOrder('en');
    order.follow(new Set(['b', 'd', 'a']));
    order.follow(new Set(['c', 'd', 'b']));
    expect(order.nicks.map(({ name }) => name)).toEqual(['b', 'c', 'd']);
  });

  it('R22 of thousands is made bit by bit, and is then what it would have been at once', () => {
    const nicks = Array.from(
      { length: 2_500 },
      (_, n) => `${n % 3 === 0 ? '王' : 'P'} ${String((n * 7) % 2_500)}`,
    );
    const order = createNickOrder('en');
    const steps: (readonly [boolean, number])[] = [];
    for (let all = false; !all;) steps.push([(all = order.follow(new Set(nicks))), order.nicks.length]);
    expect(steps).toEqual([
      [false, 1_000],
      [false, 2_000],
      [true, 2_500],
    ]);
    const { compare } = new Intl.Collator('en', { numeric: true });
    expect(order.nicks.map(({ name }) => name)).toEqual(nicks.toSorted(compare));
  });

  it('R22 in a storm of presence keeps the rows of those who did not change, as the same objects', () => {
    const nicks = ordered(people);
    const before = occupantRows(nicks, people, []);
    const changed = new Map(people).set('Peter', person('Peter', { kind: 'away' }));
    const after = occupantRows(nicks, changed, [], before);
    expect(after).toHaveLength(before.length);
    const isNew = (row: OccupantRow, at: number): boolean => row.kind === 'person' && row !== before[at];
    expect(shown(after.filter(isNew))).toEqual(['Peter']);
  });
});
