import { chmodSync, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { findElectron, type ElectronRuntime } from '../electron/find-electron';
import { inModules, root } from '../support/paths';

export interface AppOptions {
  /** Below the project's root. */
  readonly output: string;
  /** `dir` is the unpacked app alone; `tar.gz` makes the archive too; `release` what electron-builder.yml lists. */
  readonly targets: 'dir' | 'tar.gz' | 'release';
  /** For Playwright, which drives main through Node's inspector. Never in a release. */
  readonly inspectable: boolean;
}
export interface PackagedApp {
  /** The folder of the unpacked app (linux only; elsewhere electron-builder names it). */
  readonly dir: string;
  readonly executable: string;
  readonly runtime: ElectronRuntime;
}

/** @returns what a packaged file's name carries when its Electron is not the one that users get */
export const markOf = (runtime: ElectronRuntime): string =>
  runtime.kind === 'test-runtime' ? '-testruntime' : '';

/**
 * Packages what is in out/ with electron-builder.
 *
 * @throws Error for a release made from anything but the declared Electron
 */
export async function packageApp(options: AppOptions): Promise<PackagedApp> {
  const runtime = await findElectron();
  if (options.targets === 'release' && runtime.kind === 'test-runtime') {
    throw new Error('A release is made of the official Electron; the test runtime is never shipped.');
  }
  // Bundled for archives: electron-builder would download the same program.
  const { path7za } = (await import('7zip-bin')).default as { readonly path7za: string };
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= path7za;
  chmodSync(path7za, 0o755); // its own install script would, and none is run
  const { build, Platform } = await import('electron-builder');
  await build({
    projectDir: root,
    publish: 'never',
    config: configuration(options, runtime),
    ...(options.targets === 'release'
      ? {}
      : { targets: Platform.current().createTarget(options.targets === 'dir' ? ['dir'] : ['tar.gz']) }),
  });
  const dir = join(root, options.output, 'linux-unpacked');
  return { dir, executable: join(dir, 'flint'), runtime };
}

function configuration(options: AppOptions, runtime: ElectronRuntime): Configuration {
  const own = options.targets === 'release' ? {} : { electronDist: runtime.dist };
  return {
    extends: join(root, 'electron-builder.yml'),
    directories: { output: options.output, buildResources: 'assets' },
    ...own,
    ...(runtime.kind === 'official' ? {} : { electronVersion: runtime.version }),
    artifactName: `flint-\${version}-\${os}-\${arch}${markOf(runtime)}.\${ext}`,
    ...(options.inspectable ? { electronFuses: { enableNodeCliInspectArguments: true } } : {}),
    afterPack: removeTestRuntimeParts,
  };
}

/** The test runtime's stand-in for Electron's default app is copied along, and would start instead of Flint's archive. */
async function removeTestRuntimeParts({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir);
  if (!existsSync(join(resources, 'app.asar'))) return;
  await rm(join(resources, 'app'), { recursive: true, force: true });
  await rm(join(appOutDir, '.flint-stamp'), { force: true });
}

/** @returns whether the tools for a .deb are on this machine (an optional npm package, for Linux and macOS only) */
export const canMakeDeb = (): boolean => existsSync(inModules('electron-installer-debian', 'package.json'));
