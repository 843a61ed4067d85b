import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf } from '../../tests/teeth/titles';
import type { Guard } from '../../tests/teeth/teeth';
import { runTests, type Run, type TestResult } from './run-tests';

/** `bites` is the only good one. */
export type Verdict =
  | 'bites'
  | 'passes without its guard'
  | 'fails with its guard'
  | 'guard not found'
  | 'no test ran'
  | 'no test ran without its guard';

export interface Bite {
  readonly guard: Guard;
  readonly verdict: Verdict;
  /** What the run said, where that helps to understand the verdict. */
  readonly output: string;
}

/**
 * Runs the test file as it is, then once for each of its guards with that guard taken away.
 *
 * @param copy a copy of the tree; it is as before afterwards
 * @param guards all of one test file on one server
 */
export async function biteSuite(
  copy: string,
  guards: readonly Guard[],
  stop: AbortSignal,
): Promise<readonly Bite[]> {
  const [first] = guards;
  if (!first) return [];
  const whole = await runTests(copy, first.test, guards.map(about), serverOf(first), false, stop);
  const bites: Bite[] = [];
  for (const guard of guards) {
    if (stop.aborted) break;
    const before = of(guard, whole);
    if (before.length === 0) bites.push({ guard, verdict: 'no test ran', output: whole.output });
    else if (before.some((test) => !test.passed)) {
      bites.push({ guard, verdict: 'fails with its guard', output: whole.output });
    } else bites.push(await bite(copy, guard, stop));
  }
  return bites;
}

async function bite(copy: string, guard: Guard, stop: AbortSignal): Promise<Bite> {
  const file = join(copy, guard.file);
  const source = readFileSync(file, 'utf8');
  const [before, after, ...more] = source.split(guard.find);
  if (before === undefined || after === undefined || more.length > 0) {
    return { guard, verdict: 'guard not found', output: '' };
  }
  writeFileSync(file, before + guard.replace + after);
  try {
    const run = await runTests(copy, guard.test, [about(guard)], serverOf(guard), true, stop);
    const tests = of(guard, run);
    if (tests.some((test) => !test.passed)) return { guard, verdict: 'bites', output: '' };
    const verdict = tests.length === 0 ? 'no test ran without its guard' : 'passes without its guard';
    return { guard, verdict, output: run.output };
  } finally {
    writeFileSync(file, source);
  }
}

export const serverOf = ({ server }: Guard): string => server ?? 'prosody';

/** What the titles of the guard's tests hold. */
function about({ id, title }: Guard): string {
  return title ?? id;
}

/** The results of the tests that carry the guard's id, themselves or by their suite, and are about it. */
function of({ id, title = '' }: Guard, run: Run): readonly TestResult[] {
  return run.results.filter(
    ({ titles }) => titles.some((one) => idsOf(one).includes(id)) && titles.join(' ').includes(title),
  );
}
