import { BrowserWindow, dialog } from 'electron';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SoundFiles } from '../ports';

/** Own sounds: chosen with the system's dialog, copied into a folder of the app's. */
export const createSoundFiles = (dir: string): SoundFiles => ({
  async choose(maxBytes) {
    const options = {
      filters: [{ name: 'WAV, OGG, MP3, FLAC', extensions: ['wav', 'ogg', 'oga', 'mp3', 'flac'] }],
      properties: ['openFile' as const],
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const { canceled, filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    const [path] = filePaths;
    if (canceled || path === undefined) return null;
    return { name: basename(path), bytes: await readSmall(path, maxBytes) };
  },
  async keep(file, bytes) {
    await mkdir(dir, { recursive: true });
    const part = join(dir, `.${file}.part`);
    await writeFile(part, bytes, { mode: 0o600 });
    await rename(part, join(dir, file));
  },
  remove: (file) => rm(join(dir, file), { force: true }),
});

/** Null when it is larger; never reads more than that, whatever the file says of its size. */
async function readSmall(path: string, maxBytes: number): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(maxBytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length > maxBytes ? null : buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}
