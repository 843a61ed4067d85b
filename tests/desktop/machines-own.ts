import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Keyring } from './keyring';
import type { NotificationDaemon } from './notifications';
import type { ScreenLock } from './screen-lock';
import type { Tray } from './tray';

/** What of a desktop can be had on macOS and Windows: the machine's own, with the app's files kept apart. */
export interface MachinesOwn {
  readonly env: Readonly<Record<string, string>>;
  readonly tray: Tray;
  readonly notifications: NotificationDaemon;
  readonly keyring: Keyring;
  readonly screen: ScreenLock;
}

/**
 * On macOS and Windows an app is started on the machine's own desktop. Nobody can look at that from outside: to ask
 * for its tray, notifications or keyring throws in words.
 * @param dir for the app's files
 */
export function machinesOwnDesktop(dir: string): MachinesOwn {
  const home = join(dir, 'home');
  mkdirSync(home, { recursive: true });
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return {
    env: { ...Object.fromEntries(inherited), HOME: home },
    tray: outOfSight('tray'),
    notifications: outOfSight('notifications'),
    keyring: outOfSight('keyring'),
    screen: outOfSight('screen'),
  };
}

function outOfSight<T extends object>(what: string): T {
  return new Proxy({} as T, {
    get: (_, member) => {
      throw new Error(`${what}.${String(member)}: only a Linux desktop can be looked at from outside`);
    },
  });
}
