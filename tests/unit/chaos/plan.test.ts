import { describe, expect, it } from 'vitest';
import { Dice } from '../../fault/chaos/dice';
import { planOf, type FaultKind } from '../../fault/chaos/faults';
import { Tally } from '../../fault/chaos/tally';
import type { Findings } from '../../fault/chaos/ledger';

const rounds = Array.from({ length: 400 }, (_, n) => n + 1);

describe('the plan of a chaos run', () => {
  it('is the same for the same seed, round by round, and another for another', () => {
    const all = (seed: string) => rounds.map((round) => planOf(seed, 'prosody', round, 'core'));
    expect(all('a')).toEqual(all('a'));
    expect(planOf('a', 'prosody', 300, 'core')).toEqual(all('a')[299]);
    expect(all('a')).not.toEqual(all('b'));
  });

  it('has every kind of fault for the core, and for the app those that need no hand inside it', () => {
    const kinds = (subject: 'core' | 'app'): ReadonlySet<FaultKind> =>
      new Set(rounds.map((round) => planOf('a', 'openfire', round, subject).fault.kind));
    expect(kinds('core').size).toBe(15);
    const inside: readonly FaultKind[] = [
      ...(['app dies at a step', 'store dies at a step', 'disk full', 'disk read-only'] as const),
    ];
    expect(inside.filter((kind) => kinds('app').has(kind))).toEqual([]);
    expect(kinds('app').size).toBe(11);
  });

  it('is drawn by dice that stay within their bounds', () => {
    const dice = new Dice('bounds');
    const thrown = rounds.map(() => dice.whole(3, 5));
    expect([...new Set(thrown)].sort()).toEqual([3, 4, 5]);
    expect(rounds.every(() => dice.weighed([[1, 'yes'] as const, [0, 'never'] as const]) === 'yes')).toBe(
      true,
    );
  });
});

describe('the tally', () => {
  const nothing: Findings = { lost: [], doubled: [], disordered: [], resent: 0, byServer: 0 };
  const result = (findings: Partial<Findings>) => ({
    fault: planOf('a', 'prosody', 1, 'core').fault,
    messages: 10,
    recovery: 1_234,
    findings: { ...nothing, ...findings },
  });

  it('adds up, and is good only while nothing is lost, doubled or out of order', () => {
    const tally = new Tally();
    tally.add('prosody', result({}), false);
    tally.add('openfire', result({ resent: 2 }), true);
    expect(tally.good).toBe(true);
    expect(tally.verdict()).toBe('2 rounds, 20 messages, 0 lost, 0 doubled, 0 out of order');
    expect(tally.table()).toMatch(/\| openfire \| .* 2 \| +0 \| +1\.2 s \|/);
    tally.add('prosody', result({ lost: ['one'], disordered: ['two'] }), false);
    expect([tally.good, tally.verdict()]).toEqual([
      false,
      '3 rounds, 30 messages, 1 lost, 0 doubled, 1 out of order',
    ]);
  });

  it('takes the same id twice for doubled where the server has what it takes to prevent it', () => {
    const tally = new Tally();
    tally.add('prosody', result({ resent: 1 }), false);
    expect(tally.verdict()).toContain('1 doubled');
  });
});
