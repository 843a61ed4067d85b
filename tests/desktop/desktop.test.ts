import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFlint, shot, startAgain, type Launched } from './app';
import { startDesktop, type Desktop } from './desktop';
import { buildFixture, events, type FixtureGlobals } from './fixture/build';

describe('the desktop of the tests', () => {
  let desktop: Desktop;
  let fixture: string;
  let flint: Launched;

  beforeAll(async () => {
    fixture = buildFixture();
    desktop = await startDesktop();
    flint = await launchFlint({ desktop, app: fixture });
    await desktop.tray.waitForItem();
  });
  afterAll(async () => {
    await flint.close();
    await desktop.stop();
  });

  it('shows a window, with Chinese and emoji', async () => {
    expect(await flint.page.title()).toBe('Fixture');
    expect(await flint.page.textContent('h1')).toBe('Hello 你好 😀');
    expect(readFileSync(await shot(flint.page, 'desktop-fixture')).length).toBeGreaterThan(1000);
  });

  it('sees the tray icon, its tooltip and its menu from outside', async () => {
    await expect.poll(() => desktop.tray.tooltip()).toBe('Fixture: Online');
    expect(await desktop.tray.icon()).toMatchObject({ width: 32, height: 32 });
    const [presence, separator, greyed, quit] = await desktop.tray.menu();
    expect(presence).toMatchObject({ label: 'Presence', type: 'submenu' });
    expect(presence?.children.map((entry) => [entry.label, entry.type, entry.ticked])).toEqual([
      ['Online', 'radio', true],
      ['Away', 'radio', false],
      ['Busy', 'radio', false],
    ]);
    expect(separator).toMatchObject({ type: 'separator' });
    expect(greyed).toMatchObject({ label: 'Greyed', enabled: false });
    expect(quit).toMatchObject({ label: 'Quit', enabled: true });
    await expect(desktop.tray.choose('Nowhere')).rejects.toThrow('no menu entry "Nowhere"');
  });

  it('chooses a menu entry: the tick, the tooltip and the icon follow', async () => {
    const before = await desktop.tray.icon();
    await desktop.tray.choose(['Presence', 'Away']);
    await expect.poll(() => desktop.tray.tooltip()).toBe('Fixture: Away');
    await expect.poll(async () => (await desktop.tray.icon()).hash).not.toBe(before.hash);
    const ticked = (await desktop.tray.menu())[0]?.children.filter((entry) => entry.ticked);
    expect(ticked?.map((entry) => entry.label)).toEqual(['Away']);
    expect(await events(flint)).toContain('chose Away');
  });

  it('clicks the icon', async () => {
    await desktop.tray.activate();
    await expect.poll(() => events(flint)).toContain('icon clicked');
  });

  it('clicks a notification, and sweeps another away', async () => {
    const notify = (title: string): Promise<void> =>
      flint.app.evaluate((_, text) => {
        (globalThis as unknown as FixtureGlobals).notify(text);
      }, title);
    await notify('First');
    const first = await desktop.notifications.waitFor((one) => one.summary === 'First');
    expect(first).toMatchObject({ body: 'Is there anybody?', closed: false });
    desktop.notifications.click(first.id);
    await expect.poll(() => events(flint)).toContain('clicked First');
    expect(desktop.notifications.list().find((one) => one.id === first.id)?.closed).toBe(true);
    await notify('Second');
    const second = await desktop.notifications.waitFor((one) => one.summary === 'Second');
    desktop.notifications.close(second.id);
    await expect.poll(() => events(flint)).toContain('closed Second');
  });

  it('keeps a secret in the keyring, refuses it while locked, and gives it again', async () => {
    const get = (): Promise<string | null> =>
      flint.app.evaluate(() =>
        (globalThis as unknown as FixtureGlobals).keytar.getPassword('fixture', 'juliet@localhost'),
      );
    await flint.app.evaluate(() =>
      (globalThis as unknown as FixtureGlobals).keytar.setPassword(
        'fixture',
        'juliet@localhost',
        '0\\0123 密 😀',
      ),
    );
    expect(await get()).toBe('0\\0123 密 😀');
    expect(await desktop.keyring.secrets()).toMatchObject([
      { attributes: { service: 'fixture', account: 'juliet@localhost' }, secret: '0\\0123 密 😀' },
    ]);
    await desktop.keyring.lock();
    // libsecret tells a refused prompt and an unknown account apart only by the keyring's own state.
    expect(await get()).toBeNull();
    await expect(desktop.keyring.secrets()).rejects.toThrow('locked');
    await desktop.keyring.unlock();
    expect(await get()).toBe('0\\0123 密 😀');
  });

  it('hands a second start over to the first', async () => {
    const second = await startAgain({ desktop, app: fixture, userData: flint.userData });
    expect(second.code).toBe(0);
    await expect.poll(() => events(flint)).toContain('second start');
  });

  it('has a window manager: windows are minimised and brought back', async () => {
    const minimized = (): Promise<boolean | undefined> =>
      flint.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
    await flint.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    await expect.poll(minimized).toBe(true);
    await flint.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
    await expect.poll(minimized).toBe(false);
  });

  it('sees the icon go when the app is killed', async () => {
    await flint.kill();
    await desktop.tray.waitForNone();
  });
});
