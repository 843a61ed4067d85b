import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failedFiles, outcomeOf, replaced, type Report } from '../../../scripts/test/report';
import { root } from '../../../scripts/support/paths';

const file = (name: string, ...states: readonly string[]): Report['testResults'][number] => ({
  name: join(root, name),
  status: states.includes('failed') || states.length === 0 ? 'failed' : 'passed',
  message: 'a hook failed\n    at a line',
  assertionResults: states.map((status, n) => ({
    status,
    fullName: `test ${String(n)}`,
    failureMessages: status === 'failed' ? ['Error: never\n    at a line'] : [],
  })),
});
const report = (...testResults: readonly Report['testResults'][number][]): Report => ({ testResults });

describe('what a run of the tests came to', () => {
  it('is counted, and what failed is named with its reason', () => {
    const mixed = report(file('a.test.ts', 'passed', 'failed', 'pending'), file('b.test.ts', 'passed'));
    expect(outcomeOf(mixed, false)).toEqual({
      counts: { passed: 2, failed: 1, skipped: 1 },
      notes: ['a.test.ts > test 1: Error: never'],
    });
  });

  it('is a failure where a file could not be loaded, nothing ran, or something failed outside every test', () => {
    expect(outcomeOf(report(file('a.test.ts')), false)).toEqual({
      counts: { passed: 0, failed: 1, skipped: 0 },
      notes: ['a.test.ts: a hook failed'],
    });
    for (const [given, clean] of [
      [null, true],
      [report(), true],
      [report(file('a.test.ts', 'passed')), false],
    ] as const)
      expect(outcomeOf(given, clean).counts.failed).toBe(1);
  });

  it('takes what a second look says of a file for what the first said, and nothing else', () => {
    const first = report(file('a.test.ts', 'passed', 'failed'), file('b.test.ts', 'failed'));
    expect(failedFiles(first)).toHaveLength(2);
    const good = replaced(first, report(file('a.test.ts', 'passed', 'passed')));
    expect(outcomeOf(good, false).counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });
});
