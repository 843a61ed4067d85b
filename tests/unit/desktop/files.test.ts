import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../../src-main/desktop/files';

describe('the small files of the app', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'flint-files-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('reads what was written, null for what was not, and removes', async () => {
    const files = createFiles(join(dir, 'new'));
    expect(await files.read('a.json')).toBeNull();
    await files.write('a.json', 'ä 好');
    expect(await files.read('a.json')).toBe('ä 好');
    await files.remove('a.json');
    expect(await files.read('a.json')).toBeNull();
    await files.remove('a.json');
  });

  it.skipIf(process.platform === 'win32')('is for this user alone', async () => {
    await createFiles(join(dir, 'new')).write('a.json', 'x');
    expect(statSync(join(dir, 'new', 'a.json')).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'new')).mode & 0o077).toBe(0);
  });

  it('keeps the order of writes to one name, and a read sees those before it', async () => {
    const files = createFiles(dir);
    const writes = Array.from({ length: 30 }, (_, n) => files.write('a.json', String(n)));
    expect(await files.read('a.json')).toBe('29');
    await Promise.all(writes);
    expect(readdirSync(dir)).toEqual(['a.json']);
  });

  it('R14 what a power cut left half-written is never read: the old text stands until the new one is whole', async () => {
    const files = createFiles(dir);
    await files.write('settings.json', '{"old":true}');
    writeFileSync(join(dir, 'settings.json.part'), '{"ne');
    expect(await files.read('settings.json')).toBe('{"old":true}');
    await files.write('settings.json', '{"new":true}');
    expect(readFileSync(join(dir, 'settings.json'), 'utf8')).toBe('{"new":true}');
  });

  it('R14 a write that fails leaves the old text, and the next one works', async () => {
    const files = createFiles(dir);
    await files.write('a.json', 'old');
    const blocked = join(dir, 'a.json.part');
    // A folder in the way of the new text stands for a disk that refuses it.
    mkdirSync(blocked);
    await expect(files.write('a.json', 'new')).rejects.toThrow();
    expect(await files.read('a.json')).toBe('old');
    rmSync(blocked, { recursive: true });
    await files.write('a.json', 'new');
    expect(await files.read('a.json')).toBe('new');
  });

  it('refuses names that are paths', async () => {
    const files = createFiles(dir);
    for (const name of ['../a', 'a/b', '/etc/a', '.hidden', '']) {
      await expect(files.write(name, 'x')).rejects.toThrow('not a file name');
    }
    expect(existsSync(join(dir, '..', 'a'))).toBe(false);
  });
});
