import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { safeFileName, typeOfName } from '../../../src-shared/model/file';
import { isTellingPicture, withoutMetadata } from '../../../src-shared/model/picture-metadata';
import { shownHeader } from '../../../src-shared/model/shown-picture';
import type { FileSource, LocalFile, PreparedFile, Transfer } from '../../ports';
import { seal, SEAL_BYTES } from '../sealed-file';
import { bytesOf, isSealed, SEALED } from './source';

/** A larger picture is not cleaned: it would have to be in memory as a whole. */
const MAX_CLEANED = 64 * 1024 * 1024;
/** A header with its colour profile and preview is not longer. */
const HEAD_BYTES = 512 * 1024;

const faultOf = (error: unknown): 'gone' | 'unreadable' =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'gone' : 'unreadable';

export const lookAtFile = async (path: string): Promise<LocalFile> => {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { is: 'unreadable' };
    return { is: 'file', name: safeFileName(basename(path)), size: found.size };
  } catch (error) {
    return { is: faultOf(error) };
  }
};

/** What a file system says may be any time at all. */
const sensible = (at: number): number | null => (at >= 0 && at < Date.UTC(10_000, 0) ? Math.trunc(at) : null);

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A sealed one that is no longer is read to its end, where it shows whether it is whole. */
const read = async (source: FileSource, most: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let got = 0;
  for await (const piece of bytesOf(source, most)) {
    pieces.push(piece);
    got += piece.length;
    if (got > most) break;
  }
  return Buffer.concat(pieces).subarray(0, most);
};

const hashFile = async (source: FileSource, size: number): Promise<string | null> => {
  const hash = createHash('sha256');
  let got = 0;
  for await (const piece of bytesOf(source, size)) {
    hash.update(piece);
    got += piece.length;
  }
  return got === size ? hash.digest('hex') : null;
};

/** What a file is said to be. */
const aboutOf = (bytes: Uint8Array, name: string): Pick<PreparedFile, 'type' | 'width' | 'height'> => {
  const header = shownHeader(bytes);
  return {
    type: header?.type ?? typeOfName(name),
    width: header?.width ?? null,
    height: header?.height ?? null,
  };
};

/**
 * All that has to be known of a file before it is sent; `clean`: a picture goes without its metadata, or not at all: which ones
 * are drawn (T21) does not decide that.
 */
export const prepareFile = async (
  source: FileSource,
  clean: boolean,
): Promise<PreparedFile | 'gone' | 'unreadable' | 'hidden-details'> => {
  try {
    const found = await stat(source.path);
    const size = found.size - (isSealed(source) ? SEAL_BYTES : 0);
    const name = basename(source.path, isSealed(source) ? SEALED : undefined);
    const start = await read(source, HEAD_BYTES);
    if (clean && isTellingPicture(start, name)) {
      const bytes = size <= MAX_CLEANED ? withoutMetadata(await read(source, size)) : null;
      if (!bytes) return 'hidden-details';
      // When it was changed is when it was taken, mostly: that goes with the rest of its metadata.
      return { ...aboutOf(bytes, name), size: bytes.length, sha256: hashOf(bytes), changed: null, bytes };
    }
    const sha256 = await hashFile(source, size);
    return sha256 === null
      ? 'unreadable'
      : { ...aboutOf(start, name), size, sha256, changed: sensible(found.mtimeMs), bytes: null };
  } catch (error) {
    return faultOf(error);
  }
};

/** Copies of what has no file of its own: a picture from the clipboard. */
export const createCopies = (folder: string): Transfer['copies'] => ({
  async keep(account, id, name, key, bytes) {
    const own = join(folder, account, id);
    await mkdir(own, { recursive: true, mode: 0o700 });
    const path = join(own, `${safeFileName(name)}${SEALED}`);
    await writeFile(path, seal(key, bytes), { mode: 0o600 });
    return path;
  },
  async remove(path) {
    // Nothing but what was put here; before each account had a folder, without one.
    const [above, higher] = [dirname(dirname(path)), dirname(dirname(dirname(path)))];
    if (above === folder || higher === folder) await rm(dirname(path), { recursive: true, force: true });
  },
  async sweep(account, ids) {
    const own = join(folder, account);
    // No folder, no copies.
    const found = await readdir(own).catch(() => []);
    for (const id of found) if (!ids.has(id)) await rm(join(own, id), { recursive: true, force: true });
  },
  clear: (account) => rm(join(folder, account), { recursive: true, force: true }),
});
