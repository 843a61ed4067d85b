import { existsSync } from 'node:fs';
import { findElectron } from './electron/find-electron';
import { ensureApt } from './setup/apt';
import { cachePath } from './setup/cache';
import { desktopPackages } from './setup/packages';
import { isMain } from './support/paths';
import { hashOf, isStamped, writeStamp } from './support/stamp';

export interface SetupOptions {
  /** The XMPP servers of the tests too. */
  readonly servers: boolean;
}

/**
 * Brings what this machine lacks: Debian packages, the Electron runtime and, if asked for, the servers of the tests.
 * When nothing has changed since the last time it takes a fraction of a second. On other systems it says in words
 * what to install, and goes on with what can be done there.
 */
export async function setup(options: SetupOptions): Promise<void> {
  const stampFile = cachePath(`setup-stamp-${options.servers ? 'servers' : 'desktop'}`);
  const state = hashOf(
    ['package-lock.json', 'scripts/setup', 'scripts/electron', 'scripts/setup.ts', 'tests/servers'],
    [process.version, process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''],
  );
  // A stamp outlives what it stands for when packages are removed by hand; the look at dpkg is cheap.
  await installDesktop();
  await findElectron();
  if (isStamped(stampFile, state)) return;
  if (options.servers) {
    const { installAll } = await import('../tests/servers/install');
    await installAll();
  }
  writeStamp(stampFile, state);
}

async function installDesktop(): Promise<void> {
  if (process.platform === 'darwin' || process.platform === 'win32') return;
  if (existsSync('/usr/bin/apt-get')) return ensureApt(desktopPackages);
  console.error(
    'This is not a Debian or Ubuntu, so nothing is installed by itself. Flint needs the equivalents of these ' +
      `Debian packages; please install them with your own package manager: ${desktopPackages.join(' ')}`,
  );
}

if (isMain(import.meta.url)) await setup({ servers: process.argv.includes('--servers') });
