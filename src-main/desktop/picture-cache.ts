import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, PictureCache } from '../ports';
import { seal, unseal } from './sealed-file';

/** More than that, and what was not looked at for the longest time goes. */
const MAX_BYTES = 300 * 1024 * 1024;

/**
 * Pictures that were fetched, so that they are not fetched again. Encrypted: what is kept of conversations is nobody else's.
 * The key is in the account's database, and goes with it.
 */
export const createPictureCache = (
  root: string,
  clock: Pick<Clock, 'now'>,
  maxBytes = MAX_BYTES,
): PictureCache => {
  const safe = (name: string): string => {
    // Names come from our own code; anything else would be a bug of ours.
    if (!/^[0-9a-f]+$/.test(name)) throw new Error('not a name of the cache');
    return name;
  };
  const pathOf = (account: string, name: string): string => join(root, safe(account), safe(name));
  const makeRoom = async (account: string): Promise<void> => {
    const folder = join(root, safe(account));
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        return { path: join(folder, name), size, at: mtimeMs };
      }),
    );
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.at - b.at)) {
      if (total <= maxBytes) return;
      await rm(path, { force: true });
      total -= size;
    }
  };
  return {
    async read(account, name, key) {
      const path = pathOf(account, name);
      try {
        const bytes = unseal(key, await readFile(path));
        const now = clock.now() / 1000;
        await utimes(path, now, now).catch(() => undefined);
        return bytes;
      } catch {
        // Not there, or not whole: it is fetched again.
        return null;
      }
    },
    has: (account, name) =>
      access(pathOf(account, name)).then(
        () => true,
        () => false,
      ),
    async write(account, name, key, bytes) {
      const path = pathOf(account, name);
      await mkdir(join(root, safe(account)), { recursive: true, mode: 0o700 });
      const part = `${path}.${randomBytes(4).toString('hex')}.part`;
      await writeFile(part, seal(key, bytes), { mode: 0o600 });
      await rename(part, path);
      await makeRoom(account).catch(() => undefined);
    },
    remove: (account, name) => rm(pathOf(account, name), { force: true }),
    clear: (account) => rm(join(root, safe(account)), { recursive: true, force: true }),
  };
};
