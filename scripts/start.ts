import { build } from './build';
import { findElectron } from './electron/find-electron';
import { electronSwitches, requireDisplay } from './electron/switches';
import { root } from './support/paths';
import { runTask } from './support/run';

/** npm start [-- arguments]: builds what has changed and opens Flint on this desktop. */
requireDisplay();
const electron = await findElectron();
if (!(await build())) process.exit(1);
process.exitCode = await runTask(electron.path, [root, ...electronSwitches(), ...process.argv.slice(2)]);
