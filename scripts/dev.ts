import { findElectron } from './electron/find-electron';
import { electronSwitches, requireDisplay } from './electron/switches';
import { inModules } from './support/paths';
import { runNode } from './support/run';

/** npm run dev: Flint with hot reload. What follows goes to the app. */
requireDisplay();
const electron = await findElectron();
process.exitCode = await runNode(
  inModules('electron-vite', 'bin', 'electron-vite.js'),
  ['dev', '--watch', '--', ...electronSwitches(), ...process.argv.slice(2)],
  { ...process.env, ELECTRON_EXEC_PATH: electron.path },
);
