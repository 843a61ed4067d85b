/**
 * Stand-in for Electron's default_app, which the test runtime's package does not hold:
 * electron [switches] [-r module] <app folder or file> [arguments]. Becomes resources/app/main.mjs there.
 */
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Loader {
  _preloadModules(modules: readonly string[]): void;
  _resolveFilename(request: string, parent: null, isMain: boolean): string;
}
/** What Electron's own default_app calls, and its public types leave out. */
interface Bootable {
  setVersion(version: string): void;
  setDesktopName(name: string): void;
  setAppPath(path: string): void;
}
interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly desktopName?: string;
}

const loader = Module as unknown as Loader;
const bootable = app as unknown as Bootable;
const preloaded: string[] = [];
let target: string | undefined;
const args = process.argv.slice(1);
for (let index = 0; index < args.length && target === undefined; index++) {
  const arg = args[index] ?? '';
  if (arg === '--version' || arg === '-v') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') preloaded.push(args[++index] ?? '');
  else if (!arg.startsWith('-')) target = arg;
}
if (preloaded.length > 0) loader._preloadModules(preloaded);
if (target === undefined) {
  console.error('usage: electron <app>');
  process.exit(1);
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });

try {
  await start(resolve(target));
} catch (error) {
  // Electron's own shows a dialog here, which nobody would see; a test wants to know.
  console.error(error);
  process.exit(1);
}

async function start(packagePath: string): Promise<void> {
  const manifestFile = join(packagePath, 'package.json');
  const main = loader._resolveFilename(packagePath, null, true);
  if (existsSync(manifestFile)) {
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
    if (manifest.version) bootable.setVersion(manifest.version);
    const name = manifest.productName ?? manifest.name;
    if (name) app.setName(name);
    bootable.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
    bootable.setAppPath(packagePath);
  } else {
    bootable.setAppPath(dirname(main));
  }
  await import(pathToFileURL(main).href);
}
