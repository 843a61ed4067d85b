import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultProxy, type FaultProxy } from '../../support/fault-proxy';
import { lookAt, WIDE, type Look } from '../look';
import { en, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const MB = 1_000_000;
/** More than what the machine itself takes before the other side has it. */
const SIZE = 40 * MB;
const NAME = 'Hall B, the whole evening.mp4';

describe('a file on its way over a narrow line', () => {
  let talk: Talk;
  let view: Look;
  let line: FaultProxy;
  const folder = mkdtempSync(join(tmpdir(), 'flint-progress-'));
  const target = { port: 0 };
  const row = (): Locator =>
    talk.stage.page.getByRole('list', { name: en('files.tray') }).getByRole('listitem');
  const bar = (): Locator =>
    row().getByRole('progressbar', { name: en('files.progress-of', { name: NAME }) });
  /** How much of it has gone, of how much, and how much a second, in bytes. */
  const far = async (): Promise<readonly number[]> => {
    const words = /([\d.]+) MB of ([\d.]+) MB · ([\d.]+) (kB|MB)\/s/u.exec(await row().innerText());
    const [, sent = NaN, size = NaN, speed = NaN, unit] = words ?? [];
    return [Number(sent) * MB, Number(size) * MB, Number(speed) * (unit === 'kB' ? 1_000 : MB)];
  };

  beforeAll(async () => {
    line = await faultProxy(target);
    talk = await openTalk({ uploadPort: line.port, uploadBytes: SIZE });
    target.port = Number(new URL(talk.server.wsUrl).port);
    view = lookAt(talk.stage);
    await view.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(async () => {
    await talk.stop();
    await line.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says how far it is and how fast it goes, and is called off', async () => {
    const { page } = talk.stage;
    line.pace(60);
    const path = join(folder, NAME);
    writeFileSync(path, Buffer.alloc(SIZE, 7));
    const attach = page.getByRole('button', { name: en('files.attach'), exact: true });
    await attach.waitFor();
    const began = performance.now();
    await page.locator('input[type=file]').setInputFiles([path]);
    await soon(async () => (await far())[2]).toBeGreaterThan(0);
    const [sent = 0, size = 0, speed = 0] = await far();
    const seconds = (performance.now() - began) / 1_000;
    expect(size).toBe(SIZE);
    // What has gone went at this speed, in no longer than we have looked; the words are rounded.
    expect(sent / speed).toBeGreaterThan(0.4);
    expect(sent / speed).toBeLessThan(seconds * 1.1);
    await view.lookAround('files-progress');
    const valueOf = () => bar().evaluate((one) => (one as HTMLProgressElement).value);
    const before = await valueOf();
    await soon(valueOf).toBeGreaterThan(before);
    expect(await bar().getAttribute('max')).toBe(String(SIZE));
    await soon(async () => (await far())[0]).toBeGreaterThan(sent);
    await row()
      .getByRole('button', { name: en('files.cancel', { name: NAME }) })
      .click();
    await soon(() => row().count()).toBe(0);
  });
});
