import { BrowserWindow, dialog, type SaveDialogOptions } from 'electron';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { extensionOf } from '../../src-shared/model/file';
import type { Downloads, ExportFile, Exports } from '../ports';
import { createExportFile } from './export-file';

/** Asks with the system's own dialog, on the app's window. It asks itself before it lets a file be replaced (T20). */
const ask = async (path: string, extension: string): Promise<ExportFile | null> => {
  const options: SaveDialogOptions = {
    defaultPath: path,
    ...(extension === '' ? {} : { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] }),
    properties: ['showOverwriteConfirmation'],
  };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  if (canceled || filePath === '') return null;
  return createExportFile(filePath, join(dirname(filePath), `.${basename(filePath)}.${randomUUID()}.part`));
};

export const createExports = (folder: () => string): Exports => ({
  choose: (suggested, extension) => ask(join(folder(), `${suggested}.${extension}`), extension),
});

export const createDownloads = (folder: () => string): Downloads => ({
  choose: (name) => ask(join(folder(), basename(name)), extensionOf(name)),
});
