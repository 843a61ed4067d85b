import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../../src-main/desktop/files';

describe('small files', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'flint-files-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('give back what was written, to their owner alone', async () => {
    const files = createFiles(join(dir, 'new'));
    expect(await files.read('a.json')).toBeNull();
    await files.write('a.json', '你好');
    expect(await files.read('a.json')).toBe('你好');
    if (process.platform !== 'win32') expect(statSync(join(dir, 'new', 'a.json')).mode & 0o777).toBe(0o600);
    await files.remove('a.json');
    await files.remove('a.json');
    expect(await files.read('a.json')).toBeNull();
  });

  it('keep the order of writes, and a read waits for those before it', async () => {
    const files = createFiles(dir);
    const writes = ['1', '2', '3'].map((text) => files.write('a', text));
    expect(await files.read('a')).toBe('3');
    await Promise.all(writes);
  });

  it.each(['../a', 'a/b', '.hidden', '..'])('have plain names: %s is none', async (name) => {
    await expect(createFiles(dir).read(name)).rejects.toThrow('not a file name');
  });

  it('R14 a write that is killed leaves the old text or the new, never a mix', async () => {
    const script = join(import.meta.dirname, 'files-child.ts');
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, dir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await sleep(30 + round * 17);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const text = readFileSync(join(dir, 'settings.json'), 'utf8');
      expect(text.length).toBe(2_000_000);
      expect(new Set(text).size).toBe(1);
      expect(await createFiles(dir).read('settings.json')).toBe(text);
    }
    await createFiles(dir).write('settings.json', 'after');
    expect(readFileSync(join(dir, 'settings.json'), 'utf8')).toBe('after');
  });
});
