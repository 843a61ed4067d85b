import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { JSHandle } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFlint, startAgain, type Launched } from '../../desktop/app';
import { startDesktop, type Desktop } from '../../desktop/desktop';
import { checkWithAxe } from '../axe';
import { soon } from '../support';

describe('one Flint for each data folder', () => {
  let desktop: Desktop;
  let flint: Launched;

  beforeAll(async () => {
    desktop = await startDesktop();
    flint = await launchFlint({ desktop });
  });
  afterAll(async () => {
    await flint.close();
    await desktop.stop();
  });

  it('R18 a second start ends at once and raises the window of the first, out of the tray too', async () => {
    const window = (await flint.app.browserWindow(flint.page)) as JSHandle<BrowserWindow>;
    await desktop.tray.waitForItem();
    await window.evaluate((one) => {
      one.close();
    });
    await soon(() => window.evaluate((one) => one.isVisible())).toBe(false);
    const second = await startAgain({ desktop, userData: flint.userData });
    expect(second.code).toBe(0);
    await soon(() => window.evaluate((one) => [one.isVisible(), one.isFocused()])).toEqual([true, true]);
    await checkWithAxe(flint.page);
  });

  it('R18 a minimised window is raised too', async () => {
    const window = (await flint.app.browserWindow(flint.page)) as JSHandle<BrowserWindow>;
    await window.evaluate((one) => {
      one.minimize();
    });
    await soon(() => window.evaluate((one) => one.isMinimized())).toBe(true);
    expect((await startAgain({ desktop, userData: flint.userData })).code).toBe(0);
    await soon(() => window.evaluate((one) => one.isMinimized())).toBe(false);
  });

  it('with another data folder a second Flint is one of its own', async () => {
    const other = await launchFlint({ desktop });
    try {
      expect(other.userData).not.toBe(flint.userData);
      expect(readdirSync(join(other.userData, 'logs'))).toContain('flint.log');
    } finally {
      await other.close();
    }
  });
});
