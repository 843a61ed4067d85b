import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../scripts/electron/find-electron';
import { electronSwitches } from '../../scripts/electron/switches';
import type { Desktop } from '../desktop/desktop';
import { end, pause, QUIET_MS } from './app-start';
import { memoryOf } from './memory';

/** Of the window of an app that is nothing else. */
const START_MS = 2_000;
const MAIN = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1000, height: 700 }).loadURL('data:text/html,<p>empty'));
`;

/**
 * What Electron itself takes on this machine: an app that is an empty window, measured as Flint is.
 *
 * @returns MiB (PSS) of all its processes
 */
export async function measureEmptyWindow(desktop: Desktop): Promise<number> {
  const folder = mkdtempSync(join(desktop.dir, 'empty-'));
  writeFileSync(join(folder, 'main.cjs'), MAIN);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }));
  const electron = await findElectron();
  const switches = [...electronSwitches(), `--user-data-dir=${join(folder, 'profile')}`];
  const child = spawn(electron.path, [folder, ...switches], { env: desktop.env, stdio: 'ignore' });
  try {
    await pause(START_MS + QUIET_MS);
    return memoryOf(child.pid ?? 0).mib;
  } finally {
    await end(child);
  }
}
