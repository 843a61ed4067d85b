import { describe, expect, it } from 'vitest';
import {
  dissolved,
  groupOf,
  groupsAfter,
  peopleIn,
  regroup,
} from '../../../src-renderer/features/roster/move';
import { noGroup } from '../../../src-renderer/features/roster/tree';
import { contact } from './fake-main';

const from = (...groups: (string | null)[]): ReadonlySet<string | null> => new Set(groups);

describe('a contact put into another group', () => {
  it('moves: out of the one, into the other, the rest stays', () => {
    expect(groupsAfter(['A', 'B'], from('A'), 'C', false)).toEqual(['B', 'C']);
    expect(groupsAfter(['A', 'B'], from('A'), 'B', false)).toEqual(['B']);
    expect(groupsAfter([], from(noGroup), 'C', false)).toEqual(['C']);
    expect(groupsAfter(['A', 'B'], from('A'), noGroup, false)).toEqual(['B']);
  });

  it('moves out of all where no group is meant, and out of several that were chosen', () => {
    expect(groupsAfter(['A', 'B'], from(null), 'C', false)).toEqual(['C']);
    expect(groupsAfter(['A', 'B', 'D'], from('A', 'B'), 'C', false)).toEqual(['D', 'C']);
  });

  it('copies: stays where it was too', () => {
    expect(groupsAfter(['A'], from('A'), 'C', true)).toEqual(['A', 'C']);
    expect(groupsAfter(['A', 'C'], from('A'), 'C', true)).toBeNull();
    expect(groupsAfter(['A'], from('A'), noGroup, true)).toBeNull();
  });

  it('changes nothing where it is already', () => {
    expect(groupsAfter(['A'], from('A'), 'A', false)).toBeNull();
    expect(groupsAfter([], from(noGroup), noGroup, false)).toBeNull();
  });

  it('several at once: each once, those that the administrator keeps stay', () => {
    const [ann, bob] = [contact('Ann', ['A', 'B']), contact('Bob', ['A'], 'online', { shared: true })];
    const people = new Map([ann, bob].map((one) => [one.jid, one]));
    const placed = [
      { jid: ann.jid, from: 'A' },
      { jid: ann.jid, from: 'B' },
      { jid: bob.jid, from: 'A' },
    ];
    expect(regroup(placed, (jid) => people.get(jid) ?? null, 'C', false)).toEqual([
      { contact: ann, groups: ['C'] },
    ]);
  });

  it('a group that is removed goes with those inside it; its contacts stay, the administrator’s where they are', () => {
    const ann = contact('Ann', ['A', 'B']);
    const bob = contact('Bob', ['A::In']);
    const [eve, dan] = [contact('Eve', ['A'], 'online', { shared: true }), contact('Dan', ['AB'])];
    const all = [ann, bob, eve, dan];
    expect(peopleIn(all, 'A')).toEqual([ann, bob, eve]);
    expect(peopleIn([...all, contact('Kim')], noGroup)).toEqual([contact('Kim')]);
    expect(dissolved(all, 'A')).toEqual([
      { contact: ann, groups: ['B'] },
      { contact: bob, groups: [] },
    ]);
  });

  it('knows its group, also with slashes and in none', () => {
    const row = (key: string): string | null =>
      groupOf({ kind: 'contact', key, contact: contact('Ann'), name: 'Ann', level: 1, pos: 1, size: 1 });
    expect(row('A/B::C/ann@example.org')).toBe('A/B::C');
    expect(row(`${noGroup}/ann@example.org`)).toBe(noGroup);
    expect(row('ann@example.org')).toBeNull();
  });
});
