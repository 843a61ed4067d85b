import { existsSync } from 'node:fs';
import { findElectron } from './electron/find-electron';
import { ensureApt } from './setup/apt';
import { desktopPackages } from './setup/packages';
import { isMain } from './support/paths';

export interface SetupOptions {
  /** The XMPP servers of the tests too. */
  readonly servers: boolean;
}

/**
 * Brings what this machine lacks: Debian packages, the Electron runtime and, if asked for, the servers of the tests.
 * Every step looks for itself whether its thing is there, so that a kept cache on a new machine misleads nobody, and
 * all of them together take less than a second when nothing is missing. On other systems it says in words what to
 * install, and goes on with what can be done there.
 */
export async function setup(options: SetupOptions): Promise<void> {
  await installDesktop();
  await findElectron();
  if (!options.servers) return;
  if (!existsSync('/usr/bin/apt-get')) {
    console.error(
      'The servers of the tests are Debian packages: tests that need them cannot run on this system.',
    );
    return;
  }
  const { installAll } = await import('../tests/servers/install');
  await installAll();
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
