import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Files } from '../ports';

/**
 * Small text files in one folder. A write is the old text or the new, never a mix, whatever stops it (R14): the text
 * goes to a file beside it, which is flushed to the disk and then takes the name. Writes to one name keep their order.
 *
 * @param dir made when it is missing; readable by this user alone
 */
export const createFiles = (dir: string): Files => {
  const tails = new Map<string, Promise<void>>();
  /** Names come from our own code; a path in one would be a bug of ours. */
  const pathOf = (name: string): string => {
    if (name === '' || name !== basename(name) || name.startsWith('.')) throw new Error('not a file name');
    return join(dir, name);
  };
  const inOrder = (name: string, work: () => Promise<void>): Promise<void> => {
    const before = tails.get(name) ?? Promise.resolve();
    const done = before.catch(() => undefined).then(work);
    tails.set(name, done);
    const forget = (): void => {
      if (tails.get(name) === done) tails.delete(name);
    };
    done.then(forget, forget);
    return done;
  };
  return {
    read: async (name) => {
      await tails.get(name)?.catch(() => undefined);
      try {
        return await readFile(pathOf(name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    write: (name, text) => inOrder(name, () => replaceFile(dir, pathOf(name), text)),
    remove: (name) => inOrder(name, () => rm(pathOf(name), { force: true })),
  };
};

async function replaceFile(dir: string, path: string, text: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await syncFolder(dir);
}

/** Without it a power cut may undo the rename. Windows cannot, and need not, open a folder for this. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
