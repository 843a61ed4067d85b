import { inModules } from '../support/paths';
import { runNode } from '../support/run';
import { oneFailed, onePassed, type Outcome } from './counts';
import { runVitest } from './run-vitest';

export interface Suite {
  readonly name: string;
  /** Whether it needs the Debian packages, Electron, the servers and a fresh build. */
  readonly needsMachine: boolean;
  readonly run: () => Promise<Outcome>;
}

const bin = {
  tsc: inModules('typescript', 'bin', 'tsc'),
  vueTsc: inModules('vue-tsc', 'bin', 'vue-tsc.js'),
  eslint: inModules('eslint', 'bin', 'eslint.js'),
  prettier: inModules('prettier', 'bin', 'prettier.cjs'),
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
  vitest('core', true, { once: [] }),
  // A message that was lost once is lost.
  vitest('chaos', true, { once: ['core-chaos'] }),
  vitest('security', true),
  vitest('e2e', true, { once: [] }),
  vitest('package', true, { once: [] }),
];

/** A suite of commands counts as one test: it passes when all of them end with 0. They run side by side: each uses one core. */
function commands(name: string, lines: readonly (readonly [string, ...string[]])[]): Suite {
  const runAll = async (): Promise<Outcome> => {
    const codes = await Promise.all(lines.map(([file, ...args]) => runNode(file, args)));
    return codes.every((code) => code === 0)
      ? { counts: onePassed, notes: [] }
      : { counts: oneFailed, notes: [`${name}: see above`] };
  };
  return { name, needsMachine: false, run: runAll };
}

/** @param look whether a file that failed on the real machine may be run once more, and which may not */
function vitest(name: string, needsMachine: boolean, look?: { readonly once: readonly string[] }): Suite {
  return { name, needsMachine, run: () => runVitest(name, look !== undefined, look?.once) };
}
