import { app } from 'electron';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { autostartEntry } from './autostart-entry';

export const HIDDEN_SWITCH = '--hidden';

/**
 * Starts the app with the session, `hidden` in the tray, or no longer. Electron has no login items on Linux: there it is a file
 * of the Desktop Application Autostart Specification 0.5.
 */
export const setAutostart = async (on: boolean, hidden: boolean): Promise<void> => {
  if (process.platform !== 'linux') {
    if (app.isPackaged) app.setLoginItemSettings({ openAtLogin: on, args: switches(hidden) });
    return;
  }
  const dir = join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart');
  const file = join(dir, 'flint.desktop');
  if (!on) return rm(file, { force: true });
  await mkdir(dir, { recursive: true });
  await writeFile(file, autostartEntry(startCommand(hidden)));
};

const switches = (hidden: boolean): string[] => (hidden ? [HIDDEN_SWITCH] : []);

/** An AppImage is mounted elsewhere at each start: what stays is the file itself. From the sources it is Electron with our folder. */
function startCommand(hidden: boolean): readonly string[] {
  const executable = process.env['APPIMAGE'] || process.execPath;
  return [executable, ...(app.isPackaged ? [] : [app.getAppPath()]), ...switches(hidden)];
}
