import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ExportFile } from '../ports';

/**
 * A file that takes its name only when all of it is on the disk: until then it is a part beside it, and what was there
 * before stays. Readable by this user alone: it holds what others have confided.
 */
export async function createExportFile(path: string, part: string): Promise<ExportFile> {
  const file = await open(part, 'wx', 0o600);
  return {
    name: basename(path),
    write: async (part) => {
      await file.writeFile(part, 'utf8');
    },
    finish: async () => {
      await file.sync();
      await file.close();
      await rename(part, path);
    },
    discard: async () => {
      await file.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}
