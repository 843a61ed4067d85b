import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createExportParts } from '../../../src-main/desktop/export-parts';
import { createFiles } from '../../../src-main/desktop/files';
import { listLog } from '../../support/store-kit';

const child = join(import.meta.dirname, 'export-parts-child.ts');
const LIST = 'export-parts.json';

describe('what an export had written', () => {
  let userData: string;
  let documents: string;
  beforeEach(() => {
    const dir = mkdtempSync(join(tmpdir(), 'flint-parts-'));
    [userData, documents] = [join(dir, 'app'), join(dir, 'documents')];
    mkdirSync(documents);
    onTestFinished(() => {
      rmSync(dir, { recursive: true });
    });
  });
  const parts = () => createExportParts(createFiles(userData), listLog());
  const listed = (): unknown => JSON.parse(readFileSync(join(userData, LIST), 'utf8'));
  const killed = async (path: string): Promise<void> => {
    const run = spawn(process.execPath, ['--import', 'tsx', child, userData, path]);
    await new Promise((resolve) => run.stdout.once('data', resolve));
    const ended = new Promise((resolve) => run.once('exit', resolve));
    run.kill('SIGKILL');
    await ended;
  };

  it('goes at the next start where the app was killed, and what was there before stays', async () => {
    const path = join(documents, 'chat.json');
    writeFileSync(path, 'an earlier one');
    await killed(path);
    expect(readdirSync(documents)).toHaveLength(2);
    await parts().sweep();
    expect(readdirSync(documents)).toEqual(['chat.json']);
    expect(readFileSync(path, 'utf8')).toBe('an earlier one');
    expect(listed()).toEqual([]);
  });

  it('waits for a disk that is not there, and goes once it is', async () => {
    const stick = join(documents, 'stick');
    mkdirSync(stick);
    await killed(join(stick, 'chat.json'));
    const [part = ''] = readdirSync(stick);
    rmSync(stick, { recursive: true });
    await parts().sweep();
    expect(listed()).toEqual([join(stick, part)]);
    mkdirSync(stick);
    writeFileSync(join(stick, part), 'But soft');
    await parts().sweep();
    expect(readdirSync(stick)).toEqual([]);
    expect(listed()).toEqual([]);
  });

  it('is remembered for no longer than it is a part', async () => {
    const all = parts();
    const [done, off] = await Promise.all(
      ['a.json', 'b.json'].map((name) => all.begin(join(documents, name))),
    );
    await done?.write('But soft');
    expect(listed()).toHaveLength(2);
    await done?.finish();
    await off?.discard();
    expect(listed()).toEqual([]);
    expect(readdirSync(documents)).toEqual(['a.json']);
    await expect(all.begin(join(documents, 'nowhere', 'c.json'))).rejects.toThrow();
    expect(listed()).toEqual([]);
  });

  it('alone is removed, whatever the list says; and a list that cannot be read or written stops nothing', async () => {
    mkdirSync(userData);
    const mine = join(documents, 'mine.txt');
    writeFileSync(mine, 'mine');
    writeFileSync(join(userData, LIST), JSON.stringify([mine, 7]));
    await parts().sweep();
    expect(existsSync(mine)).toBe(true);
    writeFileSync(join(userData, LIST), 'no list');
    await parts().sweep();
    rmSync(join(userData, LIST));
    mkdirSync(join(userData, LIST));
    const file = await parts().begin(join(documents, 'a.json'));
    await file.finish();
    expect(existsSync(join(documents, 'a.json'))).toBe(true);
  });
});
