import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { JSHandle } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { launchFlint, startAgain, type Launched } from '../../desktop/app';
import { startDesktop, type Desktop, type DesktopOptions } from '../../desktop/desktop';
import { checkWithAxe } from '../axe';
import { settings, soon } from '../support';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe('the window', () => {
  let desktop: Desktop | undefined;
  let flint: Launched | undefined;

  const start = async (options: DesktopOptions = {}): Promise<JSHandle<BrowserWindow>> => {
    desktop = await startDesktop(options);
    return launch({});
  };
  const launch = async (options: {
    userData?: string;
    args?: string[];
  }): Promise<JSHandle<BrowserWindow>> => {
    flint = await launchFlint({ desktop: desktop!, ...options });
    const window = (await flint.app.browserWindow(flint.page)) as JSHandle<BrowserWindow>;
    await soon(() => window.evaluate((one) => one.isVisible())).toBe(true);
    return window;
  };
  afterEach(async () => {
    await flint?.close();
    await desktop?.stop();
    flint = desktop = undefined;
  });

  it('comes back where it was, in its size', async () => {
    const place: Rectangle = { x: 90, y: 70, width: 800, height: 600 };
    const first = await start();
    await first.evaluate((one, to) => {
      one.setBounds(to);
    }, place);
    // Its size and its place are told one after the other.
    await soon(async () => {
      const { width, x, y } = await first.evaluate((one) => one.getNormalBounds());
      return width === 800 && Math.abs(x - place.x) < 40 && Math.abs(y - place.y) < 40;
    }).toBe(true);
    const kept = await first.evaluate((one) => one.getNormalBounds());
    const { userData } = flint!;
    await flint!.close();
    const second = await launch({ userData });
    const bounds = (): Promise<Rectangle> => second.evaluate((one) => one.getNormalBounds());
    // A window manager may add its frame, never more; here too it tells the place behind the size.
    await soon(async () => {
      const { width, height, x, y } = await bounds();
      const near = Math.abs(x - kept.x) < 40 && Math.abs(y - kept.y) < 40;
      return { width, height, near };
    }).toEqual({ width: 800, height: 600, near: true });
    await checkWithAxe(flint!.page);
  });

  it('comes back maximized', async () => {
    const first = await start();
    await first.evaluate((one) => {
      one.maximize();
    });
    await soon(() => first.evaluate((one) => one.isMaximized())).toBe(true);
    const { userData } = flint!;
    await flint!.close();
    const second = await launch({ userData });
    await soon(() => second.evaluate((one) => one.isMaximized())).toBe(true);
  });

  it('comes back on a screen when the one it was on is gone', async () => {
    desktop = await startDesktop();
    const userData = mkdtempSync(join(desktop.dir, 'data-'));
    const bounds = { x: 5000, y: 4000, width: 700, height: 600 };
    writeFileSync(
      join(userData, 'window.json'),
      JSON.stringify({ bounds, maximized: false, toldTaskbar: false }),
    );
    const window = await launch({ userData });
    const { x, y, width } = await window.evaluate((one) => one.getNormalBounds());
    expect([x >= 0, x + width <= 1440, y >= 0, y < 900, width]).toEqual([true, true, true, true, 700]);
  });

  it('goes into the tray when it is closed, and comes back by a click on the icon', async () => {
    const window = await start();
    await desktop!.tray.waitForItem();
    await window.evaluate((one) => {
      one.close();
    });
    await soon(() => window.evaluate((one) => one.isVisible())).toBe(false);
    await desktop!.tray.activate();
    await soon(() => window.evaluate((one) => [one.isVisible(), one.isFocused()])).toEqual([true, true]);
  });

  it('without a tray host minimises instead, and says why, once', async () => {
    const window = await start({ trayHost: false });
    const { page, userData } = flint!;
    await soon(() => page.locator('#app > *').count()).toBeGreaterThan(0);
    await page.evaluate(() => {
      type Seen = { readonly api: { onBatch(run: (batch: { events: readonly unknown[] }) => void): void } };
      const seen: unknown[] = [];
      Object.assign(globalThis, { seen });
      (globalThis as unknown as Seen).api.onBatch(({ events }) => seen.push(...events));
    });
    await page.evaluate(() =>
      (globalThis as unknown as { api: { call(name: string, args: unknown): Promise<unknown> } }).api.call(
        'window.subscribe',
        { topics: ['app'] },
      ),
    );
    const said = (): Promise<number> =>
      page.evaluate(
        () =>
          (globalThis as unknown as { seen: { event: { type: string } }[] }).seen.filter(
            ({ event }) => event.type === 'closed-to-taskbar',
          ).length,
      );
    for (let turn = 0; turn < 2; turn++) {
      // Nobody closes what is not on the screen yet, or not again.
      await soon(() => window.evaluate((one) => one.isVisible())).toBe(true);
      await soon(() => page.evaluate(() => document.visibilityState)).toBe('visible');
      await window.evaluate((one) => {
        one.close();
      });
      await soon(() => window.evaluate((one) => one.isMinimized())).toBe(true);
      await soon(said).toBe(1);
      await window.evaluate((one) => {
        one.restore();
      });
      await soon(() => window.evaluate((one) => one.isMinimized())).toBe(false);
    }
    await soon(() => readFileSync(join(userData, 'window.json'), 'utf8')).toContain('"toldTaskbar":true');
  });

  it('comes out of the tray when the tray goes away', async () => {
    const window = await start();
    await desktop!.tray.waitForItem();
    await window.evaluate((one) => {
      one.close();
    });
    await soon(() => window.evaluate((one) => one.isVisible())).toBe(false);
    await desktop!.tray.setHost(false);
    await soon(() => window.evaluate((one) => one.isMinimized())).toBe(true);
    await desktop!.tray.setHost(true);
    await desktop!.tray.waitForItem();
  });

  it("R24 reloads when its process crashes; main's own process goes on", async () => {
    await start();
    const pid = flint!.app.process().pid;
    // Not through Playwright, to which a page that has crashed is over; a page that is dead gives no answer.
    const inWindow = (script: string): Promise<unknown> =>
      flint!.app.evaluate(({ BrowserWindow: Windows }, source) => {
        const answer = Windows.getAllWindows()[0]!.webContents.executeJavaScript(source) as Promise<unknown>;
        return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500, 'no answer'))]);
      }, script);
    await inWindow('window.before = true');
    await flint!.app.evaluate(({ BrowserWindow: Windows }) => {
      Windows.getAllWindows()[0]!.webContents.forcefullyCrashRenderer();
    });
    await soon(() =>
      inWindow('[window.before ?? false, document.readyState, typeof api.call].join()').catch(() => ''),
    ).toBe('false,complete,function');
    expect(await inWindow("api.call('app.state', {}).then(({ ok }) => ok)")).toBe(true);
    expect(flint!.app.process().pid).toBe(pid);
    expect(flint!.app.process().exitCode).toBeNull();
  });

  it('keeps a log without gaps or secrets in its data folder', async () => {
    await start();
    const { userData } = flint!;
    const file = join(userData, 'logs', 'flint.log');
    await soon(() => existsSync(file)).toBe(true);
    const [first] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(first!)).toMatchObject({ level: 'info', event: 'start', hidden: false });
  });

  it('a start in the tray opens no window until it is asked for', async () => {
    await start();
    const { userData } = flint!;
    await flint!.close();
    // Playwright waits for a window, so a second start asks for it: that also shows that the first one runs.
    const launching = launch({ userData, args: ['--hidden'] });
    await desktop!.tray.waitForItem();
    const started = await Promise.race([
      launching.then(() => 'window'),
      new Promise<string>((resolve) => setTimeout(resolve, 1500, 'no window')),
    ]);
    expect(started).toBe('no window');
    await startAgain({ desktop: desktop!, userData });
    await launching;
  });

  it('starts with the session when the settings say so, hidden, by an autostart file', async () => {
    await start();
    const file = join(desktop!.env['XDG_CONFIG_HOME']!, 'autostart', 'flint.desktop');
    expect(existsSync(file)).toBe(false);
    await settings(flint!.page, { autostart: true });
    await soon(() => existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^Exec=".*" "--hidden"$/m);
    await settings(flint!.page, { startHidden: false });
    await soon(() => readFileSync(file, 'utf8')).not.toContain('--hidden');
    await settings(flint!.page, { autostart: false });
    await soon(() => existsSync(file)).toBe(false);
  });

  it('quits by Ctrl+Q: without a tray there is no other way', async () => {
    await start({ trayHost: false });
    const ended = new Promise((resolve) => flint!.app.process().once('exit', resolve));
    // Not by Playwright's keyboard, whose keys come in behind Electron's own.
    await flint!.app.evaluate(({ BrowserWindow: Windows }) => {
      Windows.getAllWindows()[0]!.webContents.sendInputEvent({
        type: 'keyDown',
        keyCode: 'q',
        modifiers: ['control'],
      });
    });
    expect(await ended).toBe(0);
  });
});
