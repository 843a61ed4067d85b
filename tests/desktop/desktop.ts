import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBus } from './bus';
import { startKeyring, type Keyring, type KeyringState } from './keyring';
import { machinesOwnDesktop } from './machines-own';
import { startNotifications, type NotificationDaemon } from './notifications';
import { startScreenLock, type ScreenLock } from './screen-lock';
import { startTray, type Tray } from './tray';
import { startWindowManager, startXServer } from './x-server';

export interface DesktopOptions {
  /** false: no tray host, as on stock GNOME. Default true. */
  readonly trayHost?: boolean;
  /** Default unlocked. */
  readonly keyring?: KeyringState;
  /** Whether the notification daemon has a text field for replies. Default true. */
  readonly inlineReply?: boolean;
  /** Device pixels for each CSS pixel, for apps started by launchFlint. Default 1. */
  readonly scale?: number;
  /** The screen in device pixels. Default 1440 × 900. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Default en_US.UTF-8. */
  readonly lang?: string;
  /** Apps of other users of this machine may use this desktop too; give them a HOME of their own. Default false. */
  readonly everyone?: boolean;
}

/** A whole desktop for one test file: screen, window manager, session bus, tray host, notification daemon and keyring. */
export interface Desktop {
  /** The whole environment for an app on this desktop: nothing else of the test's own is passed on. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder of this desktop's own, gone after stop(). */
  readonly dir: string;
  readonly scale: number;
  readonly tray: Tray;
  readonly notifications: NotificationDaemon;
  readonly keyring: Keyring;
  /** Says on the bus whether the screen is locked. */
  readonly screen: ScreenLock;
  stop(): Promise<void>;
}

/**
 * Starts a desktop; takes a fifth of a second. Stop the apps on it before stopping it. On macOS and Windows it is the
 * machine's own; see machines-own.ts.
 */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  // Short, because the names of sockets end at 108 bytes.
  const dir = mkdtempSync(join(tmpdir(), 'flint-d-'));
  const scale = options.scale ?? 1;
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  if (process.platform !== 'linux') return { ...machinesOwnDesktop(dir), dir, scale, stop };
  try {
    const everyone = options.everyone ?? false;
    const bus = await startBus(dir, everyone);
    ends.push(() => bus.stop());
    const screen = await startXServer(options.size ?? { width: 1440, height: 900 }, everyone);
    ends.push(() => screen.stop());
    const env = environment(dir, screen.display, bus.address, options.lang ?? 'en_US.UTF-8');
    const manager = await startWindowManager(env);
    ends.push(() => manager.stop());
    const tray = await startTray(bus, options.trayHost ?? true);
    const notifications = await startNotifications(bus, options.inlineReply ?? true);
    const lock = await startScreenLock(bus);
    const keyring = await startKeyring(bus, env, options.keyring ?? 'unlocked');
    ends.push(() => keyring.kill());
    return { env, dir, scale, tray, notifications, keyring, screen: lock, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(dir: string, display: string, bus: string, lang: string): Record<string, string> {
  const folders = {
    HOME: join(dir, 'home'),
    XDG_CONFIG_HOME: join(dir, 'home', '.config'),
    XDG_CACHE_HOME: join(dir, 'home', '.cache'),
    XDG_DATA_HOME: join(dir, 'home', '.local', 'share'),
    XDG_STATE_HOME: join(dir, 'home', '.local', 'state'),
    XDG_RUNTIME_DIR: join(dir, 'run'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    ...folders,
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    DISPLAY: display,
    DBUS_SESSION_BUS_ADDRESS: bus,
    XDG_CURRENT_DESKTOP: 'KDE',
    XDG_SESSION_TYPE: 'x11',
    LANG: lang,
    // Twenty-four hours, in every language.
    LC_TIME: 'C.UTF-8',
    LANGUAGE: lang.replace(/\..*$/, ''),
    // Parts of a real desktop that nothing here asks for: accessibility bus, settings daemon.
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
  };
}
