import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { inModules, root } from '../support/paths';
import { runNode } from '../support/run';
import type { Outcome } from './counts';
import { failedFiles, notesOf, outcomeOf, readReport, replaced, type Report } from './report';

const VITEST = inModules('vitest', 'vitest.mjs');
/** More than so many broken files are no matter of chance. */
const MOST_AGAIN = 3;

/**
 * Runs a project of vitest. Where real servers and windows take part, a file that failed is run once more, alone, for a machine
 * that was busy elsewhere is no fault of Flint's; that it took two looks is said at the end of the run.
 *
 * @param once parts of paths of files whose first word counts
 */
export async function runVitest(
  name: string,
  again: boolean,
  once: readonly string[] = [],
): Promise<Outcome> {
  const first = await run(name);
  const outcome = outcomeOf(first.report, first.code === 0);
  const files = first.report ? failedFiles(first.report) : [];
  const mayAgain = again && !files.some((file) => once.some((part) => file.includes(part)));
  if (!first.report || !mayAgain || files.length === 0 || files.length > MOST_AGAIN) return outcome;

  const names = files.map((file) => relative(root, file));
  console.log(`\n── ${name}: a second look at ${names.join(', ')} ──`);
  const second = await run(name, names);
  if (!second.report) return outcome;
  const passed = files.filter((file) => !failedFiles(second.report ?? { testResults: [] }).includes(file));
  const late = first.report.testResults.filter(({ name: file }) => passed.includes(file)).flatMap(notesOf);
  const both = outcomeOf(replaced(first.report, second.report), second.code === 0);
  return {
    ...both,
    notes: [...late.map((note) => `passed at the second look only: ${note}`), ...both.notes],
  };
}

async function run(
  name: string,
  files: readonly string[] = [],
): Promise<{ readonly report: Report | null; readonly code: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'flint-test-'));
  const file = join(dir, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await runNode(VITEST, ['run', '--project', name, ...files, ...reporters]);
    return { report: readReport(file), code };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
