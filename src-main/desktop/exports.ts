import { BrowserWindow, dialog } from 'electron';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Exports } from '../ports';
import { createExportFile } from './export-file';

/** Asks with the system's own dialog, on the app's window. It asks itself before it lets a file be replaced. */
export const createExports = (folder: () => string): Exports => ({
  async choose(suggested, extension) {
    const options = {
      defaultPath: join(folder(), `${suggested}.${extension}`),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      properties: ['showOverwriteConfirmation' as const],
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const { canceled, filePath } = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    if (canceled || filePath === '') return null;
    return createExportFile(filePath, join(dirname(filePath), `.${basename(filePath)}.${randomUUID()}.part`));
  },
});
