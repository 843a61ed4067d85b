import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A mutated run may hang; then it is ended, and counts as one that did not run. */
const LIMIT_MS = 300_000;

const BUILD = ['--import', 'tsx', join('scripts', 'build.ts')];

/** @returns whether the tests of this file look at the application as it was built */
export function needsBuild(file: string): boolean {
  return /^tests\/(e2e|package)\//.test(file);
}

export interface TestResult {
  /** The titles from the outermost suite to the test itself. */
  readonly titles: readonly string[];
  readonly passed: boolean;
}

/** What a run said: its tests that ran to an end, and, when it is of use, its own words. */
export interface Run {
  readonly results: readonly TestResult[];
  readonly output: string;
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/**
 * Runs those tests of one file whose titles hold one of the texts.
 *
 * @param copy the tree to run in
 * @param server the one that they talk to: it is enough to see a guard missing
 * @param bail whether the first failure is enough
 */
export async function runTests(
  copy: string,
  file: string,
  texts: readonly string[],
  server: string,
  bail: boolean,
  stop: AbortSignal,
): Promise<Run> {
  const report = join(copy, 'node_modules', '.teeth-report.json');
  rmSync(report, { force: true });
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)]);
  const built = needsBuild(file) ? await endOf(BUILD, copy, server, signal) : '';
  const args = [
    join(copy, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', file, '-t', [...new Set(texts)].map(literal).join('|'), '--maxWorkers=1'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...(bail ? ['--bail=1'] : []),
  ];
  const output = built + (await endOf(args, copy, server, signal));
  const results = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8')) as Report) : [];
  return { results, output };
}

/** A text as a regular expression: not inside a longer word. */
function literal(text: string): string {
  return `(?<!\\w)${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?!\\w)`;
}

function read(report: Report): readonly TestResult[] {
  return report.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ ancestorTitles, title, status }) => ({
      titles: [...ancestorTitles, title],
      passed: status === 'passed',
    }));
}

function endOf(args: readonly string[], cwd: string, server: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, CI: '1', NO_COLOR: '1', FLINT_SERVERS: server };
    const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', (error) => (output += `\n${error.message}`));
    child.on('close', () => {
      resolve(output);
    });
  });
}
