import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostics } from '../ports';

const LINES = 100;
const RUNTIME = ['electron', 'chrome', 'node'] as const;

/** @param logs the folder of the log */
export const createDiagnostics = (logs: string): Diagnostics => ({
  versions: () => Object.fromEntries(RUNTIME.map((name) => [name, process.versions[name]])),
  recentLog: async () => {
    const text = await readFile(join(logs, 'flint.log'), 'utf8').catch(() => '');
    // Where an error was thrown names a folder, and that the user.
    return text
      .trimEnd()
      .split('\n')
      .slice(-LINES)
      .map((line) => line.replaceAll(homedir(), '~'));
  },
});
