import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inModules } from '../support/paths';
import { runNode } from '../support/run';
import { countVitest, oneFailed, onePassed, type Counts } from './counts';

export interface Suite {
  readonly name: string;
  /** Whether it needs the Debian packages, Electron, the servers and a fresh build. */
  readonly needsMachine: boolean;
  readonly run: () => Promise<Counts>;
}

const bin = {
  tsc: inModules('typescript', 'bin', 'tsc'),
  vueTsc: inModules('vue-tsc', 'bin', 'vue-tsc.js'),
  eslint: inModules('eslint', 'bin', 'eslint.js'),
  prettier: inModules('prettier', 'bin', 'prettier.cjs'),
  vitest: inModules('vitest', 'vitest.mjs'),
};

/** Every suite of the project, in the order in which they run: what fails fast comes first. */
export const suites: readonly Suite[] = [
  commands('types', [
    [bin.tsc, '--noEmit', '-p', 'tsconfig.node.json'],
    [bin.vueTsc, '--noEmit', '-p', 'tsconfig.web.json'],
  ]),
  commands('lint', [
    [bin.eslint, '.'],
    [bin.prettier, '--check', '--log-level', 'warn', '.'],
  ]),
  vitest('unit', false),
  vitest('simulation', false),
  vitest('protocol', true),
  vitest('core', true),
  vitest('chaos', true),
  vitest('security', true),
  vitest('e2e', true),
  vitest('package', true),
];

/** A suite of commands counts as one test: it passes when all of them end with 0, and all of them are run. */
function commands(name: string, lines: readonly (readonly [string, ...string[]])[]): Suite {
  const runAll = async (): Promise<Counts> => {
    let good = true;
    for (const [file, ...args] of lines) good = (await runNode(file, args)) === 0 && good;
    return good ? onePassed : oneFailed;
  };
  return { name, needsMachine: false, run: runAll };
}

function vitest(name: string, needsMachine: boolean): Suite {
  const runProject = async (): Promise<Counts> => {
    const dir = mkdtempSync(join(tmpdir(), 'flint-test-'));
    const report = join(dir, 'report.json');
    try {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const code = await runNode(bin.vitest, ['run', '--project', name, ...reporters]);
      return countVitest(report, code);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };
  return { name, needsMachine, run: runProject };
}
