import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../support/paths';
import { oneFailed, sum, type Counts, type Outcome } from './counts';

interface FileResult {
  /** Path of the file. */
  readonly name: string;
  readonly status: string;
  /** Why the file as a whole failed. */
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[];
  }[];
}

/** The part of vitest's JSON report that is read here. */
export interface Report {
  readonly testResults: readonly FileResult[];
}

/** @returns the report, or null where vitest did not get to write one */
export function readReport(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}

/** Paths of the files in which something failed. */
export function failedFiles(report: Report): readonly string[] {
  return report.testResults.filter(hasFailed).map(({ name }) => name);
}

/** @returns the first report, with what the second says of the files that are in it */
export function replaced(first: Report, second: Report): Report {
  const again = new Map(second.testResults.map((result) => [result.name, result]));
  return { testResults: first.testResults.map((result) => again.get(result.name) ?? result) };
}

/**
 * Counts a run. What its report does not show counts as a failure all the same: no report at all, no test, a file that could
 * not be loaded or whose hooks failed, an error outside every test.
 *
 * @param clean whether vitest ended without an error that is in no file
 */
export function outcomeOf(report: Report | null, clean: boolean): Outcome {
  if (!report) return { counts: oneFailed, notes: ['no report was written'] };
  const counts = sum(report.testResults.map(countFile));
  const notes = report.testResults.filter(hasFailed).flatMap(notesOf);
  if (counts.failed > 0 || (clean && counts.passed > 0)) return { counts, notes };
  return { counts: sum([counts, oneFailed]), notes: [...notes, 'an error outside every test'] };
}

/** What failed, one line each with the beginning of its reason. */
export function notesOf({ name, message, assertionResults }: FileResult): readonly string[] {
  const file = relative(root, name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [`${file}: ${firstLine(message)}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
  );
}

function hasFailed({ status, assertionResults }: FileResult): boolean {
  return status === 'failed' || assertionResults.some((test) => test.status === 'failed');
}

function countFile(result: FileResult): Counts {
  const count = (...states: readonly string[]): number =>
    result.assertionResults.filter(({ status }) => states.includes(status)).length;
  const [passed, failed] = [count('passed'), count('failed')];
  return {
    passed,
    failed: failed === 0 && hasFailed(result) ? 1 : failed,
    skipped: result.assertionResults.length - passed - failed,
  };
}

function firstLine(text = ''): string {
  return text.trim().split('\n')[0]?.slice(0, 300) ?? '';
}
