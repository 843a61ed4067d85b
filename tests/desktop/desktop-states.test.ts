import { describe, expect, it } from 'vitest';
import { launchFlint, type Launched } from './app';
import { startDesktop, type Desktop, type DesktopOptions } from './desktop';
import { buildFixture, type FixtureGlobals } from './fixture/build';

const fixture = buildFixture();

async function on(
  options: DesktopOptions,
  look: (flint: Launched, desktop: Desktop) => Promise<void>,
): Promise<void> {
  const desktop = await startDesktop(options);
  try {
    const flint = await launchFlint({ desktop, app: fixture });
    try {
      await look(flint, desktop);
    } finally {
      await flint.kill();
    }
  } finally {
    await desktop.stop();
  }
}

/** Stores a password through the app's keytar; answers in words. */
function store(flint: Launched): Promise<string> {
  return flint.app.evaluate(() =>
    (globalThis as unknown as FixtureGlobals).keytar.setPassword('fixture', 'juliet', 'secret').then(
      () => 'stored',
      (error: unknown) => String(error),
    ),
  );
}

describe('the desktop in its other states', () => {
  it('has no Secret Service', () =>
    on({ keyring: 'none' }, async (flint) => {
      expect(await store(flint)).toContain('org.freedesktop.secrets was not provided');
    }));

  it('has a locked keyring with nobody to prompt for it', () =>
    on({ keyring: 'locked' }, async (flint, desktop) => {
      expect(await store(flint)).toContain('locked collection');
      await desktop.keyring.unlock();
      expect(await store(flint)).toBe('stored');
    }));

  it('has a locked keyring whose prompt nobody answers', () =>
    on({}, async (flint, desktop) => {
      await store(flint);
      await desktop.keyring.lock();
      await desktop.keyring.setPrompt('hang');
      const answer = await Promise.race([
        store(flint),
        new Promise<string>((resolve) => setTimeout(resolve, 1_000, 'no answer')),
      ]);
      expect(answer).toBe('no answer');
    }));

  it('loses the keyring while an app runs', () =>
    on({}, async (flint, desktop) => {
      expect(await store(flint)).toBe('stored');
      await desktop.keyring.kill();
      expect(await store(flint)).toContain('org.freedesktop.secrets was not provided');
    }));

  it('has no tray host, as on stock GNOME', () =>
    on({ trayHost: false }, async (_, desktop) => {
      await expect(desktop.tray.waitForItem(500)).rejects.toThrow('a tray icon');
      await expect(desktop.tray.menu()).rejects.toThrow('there is no tray icon');
    }));

  it('speaks Chinese, at double scale', () =>
    on({ lang: 'zh_CN.UTF-8', scale: 2 }, async (flint) => {
      expect(await flint.app.evaluate(({ app }) => app.getLocale())).toBe('zh-CN');
      expect(await flint.page.evaluate(() => devicePixelRatio)).toBe(2);
    }));

  it('tells what an app had printed that opens no window', async () => {
    const desktop = await startDesktop();
    await expect(launchFlint({ desktop, app: '/nonexistent' })).rejects.toThrow(/Cannot find module/);
    await desktop.stop();
  });
});
