import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError } from '../../../src-main/desktop/describe-error';
import { createLog } from '../../../src-main/desktop/log';
import { systemClock } from '../../../src-main/desktop/clock';
import { Secret } from '../../../src-main/ports';

describe('the log', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'flint-log-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });
  const all = (): string =>
    readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), 'utf8'))
      .join('');

  it('is one JSON object a line, with time, level and event', async () => {
    const log = createLog(join(dir), systemClock);
    log.info('one', { count: 1, name: 'a\nb' });
    log.warn('two');
    log.error('three', { ok: false, gone: null });
    await log.flush();
    const lines = all()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ level, event }) => [level, event])).toEqual([
      ['info', 'one'],
      ['warn', 'two'],
      ['error', 'three'],
    ]);
    expect(lines[0]).toMatchObject({ count: 1, name: 'a\nb' });
    expect(Number.isNaN(Date.parse(String(lines[0]?.['at'])))).toBe(false);
  });

  it('T25 shows no value that is marked secret, nor the message of an error', async () => {
    const log = createLog(dir, systemClock);
    log.info('sign-in', { password: new Secret('canary-password') });
    log.error('failed', describeError(new Error('canary-body could not be sent')));
    log.error('failed', describeError('canary-thrown'));
    log.error('failed', describeError(Object.assign(new TypeError('canary'), { code: 'ENOENT' })));
    await log.flush();
    expect(all()).not.toContain('canary');
    expect(all()).toContain('[secret]');
    expect(all()).toContain('ENOENT');
    expect(all()).toContain('log.test.ts');
  });

  it('keeps three files of at most 1 MiB', async () => {
    const log = createLog(dir, systemClock);
    for (let n = 0; n < 40; n++) {
      for (let line = 0; line < 100; line++) log.info('filling', { n, text: 'x'.repeat(1200) });
      await log.flush();
    }
    const names = readdirSync(dir).sort();
    expect(names).toEqual(['flint.1.log', 'flint.2.log', 'flint.log']);
    for (const name of names) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(1024 * 1024);
    expect(readFileSync(join(dir, 'flint.log'), 'utf8')).toContain('"n":39');
  });

  it('goes on after a disk that could not be written to', async () => {
    writeFileSync(join(dir, 'a-file'), '');
    const log = createLog(join(dir, 'a-file', 'logs'), systemClock);
    log.info('lost');
    await log.flush();
    rmSync(join(dir, 'a-file'));
    log.info('found');
    await log.flush();
    expect(readFileSync(join(dir, 'a-file', 'logs', 'flint.log'), 'utf8')).toContain('found');
  });
});
