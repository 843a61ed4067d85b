import { BrowserWindow } from 'electron';
import type { Taskbar } from '../ports';

/** Electron flashes elsewhere too, in ways that nobody asked for: a bouncing dock, an urgent window that comes to the front. */
export const createTaskbar = (): Taskbar => ({
  canFlash: process.platform === 'win32',
  flash: (on) => {
    if (process.platform !== 'win32') return;
    for (const window of BrowserWindow.getAllWindows()) window.flashFrame(on);
  },
});
