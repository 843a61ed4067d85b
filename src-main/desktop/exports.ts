import { BrowserWindow, dialog, type SaveDialogOptions } from 'electron';
import { basename, join } from 'node:path';
import { extensionOf } from '../../src-shared/model/file';
import type { Downloads, ExportFile, Exports } from '../ports';
import type { ExportParts } from './export-parts';

/** Asks with the system's own dialog, on the app's window. It asks itself before it lets a file be replaced (T20). */
const ask = async (parts: ExportParts, path: string, extension: string): Promise<ExportFile | null> => {
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
  return parts.begin(filePath);
};

export const createExports = (folder: () => string, parts: ExportParts): Exports => ({
  choose: (suggested, extension) => ask(parts, join(folder(), `${suggested}.${extension}`), extension),
});

export const createDownloads = (folder: () => string, parts: ExportParts): Downloads => ({
  choose: (name) => ask(parts, join(folder(), basename(name)), extensionOf(name)),
});
