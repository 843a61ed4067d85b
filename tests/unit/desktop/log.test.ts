import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/desktop/clock';
import { createLog } from '../../../src-main/desktop/log';
import { Secret } from '../../../src-main/ports';

describe('the log', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'flint-log-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const lines = () =>
    readFileSync(join(dir, 'flint.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is one JSON object a line, for its owner alone', async () => {
    const log = createLog(dir, systemClock);
    log.info('start', { version: '1', hidden: false });
    log.error('wrong', { reason: 'line 1\nline 2' });
    await log.flush();
    expect(lines()).toMatchObject([
      { level: 'info', event: 'start', version: '1', hidden: false },
      { level: 'error', event: 'wrong', reason: 'line 1\nline 2' },
    ]);
    if (process.platform !== 'win32') expect(statSync(join(dir, 'flint.log')).mode & 0o777).toBe(0o600);
  });

  it('T25 writes nothing of what is marked as secret, however it is turned into text', async () => {
    const secret = new Secret('c4n4ry');
    const log = createLog(dir, systemClock);
    log.warn('sign-in', {
      password: secret,
      named: secret.toString(),
      inside: JSON.stringify({ secret }),
    });
    await log.flush();
    expect(lines()).toMatchObject([{ password: '[secret]' }]);
    expect(readFileSync(join(dir, 'flint.log'), 'utf8')).not.toContain('c4n4ry');
    expect(secret.reveal()).toBe('c4n4ry');
  });

  it('cuts what is long', async () => {
    const log = createLog(dir, systemClock);
    log.info('long', { text: 'x'.repeat(100_000) });
    await log.flush();
    expect(statSync(join(dir, 'flint.log')).size).toBeLessThan(3_000);
  });

  it('rotates, and keeps a few', async () => {
    const log = createLog(dir, systemClock);
    for (let n = 0; n < 3_000; n++) {
      log.info('line', { n, text: 'x'.repeat(1_900) });
      if (n % 100 === 99) await log.flush();
    }
    const files = readdirSync(dir).sort();
    expect(files).toEqual(['flint.1.log', 'flint.2.log', 'flint.log']);
    for (const file of files) expect(statSync(join(dir, file)).size).toBeLessThan(1.1 * 1024 * 1024);
    expect(lines().at(-1)).toMatchObject({ n: 2_999 });
  });

  it('never stops the app: a folder that is none', async () => {
    writeFileSync(join(dir, 'file'), '');
    const log = createLog(join(dir, 'file', 'logs'), systemClock);
    log.info('lost');
    await log.flush();
  });
});
