import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachePath } from '../setup/cache';
import { run } from '../setup/run';
import { inModules, root } from '../support/paths';
import { hashOf, isStamped, writeStamp } from '../support/stamp';

/** A download that gets no byte for this long is given up; a slow one that moves is not. */
const STALL_MS = 15_000;

/** The part of @electron/get (Electron's own downloader) that is used here. */
interface ElectronGet {
  downloadArtifact(details: {
    readonly version: string;
    readonly artifactName: 'electron';
    readonly checksums: unknown;
    readonly downloadOptions: {
      readonly quiet: true;
      readonly signal: AbortSignal;
      readonly getProgressCallback: () => Promise<void>;
    };
  }): Promise<string>;
}

/** @returns the folder of the declared Electron's runtime, when it has been downloaded */
export function officialDist(): string | undefined {
  const dist = inModules('electron', 'dist');
  const versionFile = join(dist, 'version');
  if (!existsSync(versionFile) || !existsSync(inModules('electron', 'path.txt'))) return undefined;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === declaredVersion() ? dist : undefined;
}

/**
 * Tries once to fetch the declared Electron. A failed try is remembered for a day (and for this lockfile), so that
 * later runs do not wait for it.
 *
 * @returns its folder, or undefined where it is out of reach
 */
export async function fetchOfficial(): Promise<string | undefined> {
  const failed = cachePath('electron-official-failed');
  const attempt = `${hashOf(['package-lock.json'])} ${new Date().toISOString().slice(0, 10)}`;
  if (isStamped(failed, attempt)) return undefined;
  try {
    await download();
    // Finds the zip in Electron's cache, checks it and unpacks it to where the package expects it.
    await run(process.execPath, [inModules('electron', 'install.js')]);
  } catch (error) {
    console.error(`Electron's own download is out of reach (${words(error)}); not tried again today.`);
    writeStamp(failed, attempt);
    return undefined;
  }
  return officialDist();
}

async function download(): Promise<void> {
  const fromElectron = createRequire(inModules('electron', 'package.json'));
  const get = (await import(pathToFileURL(fromElectron.resolve('@electron/get')).href)) as ElectronGet;
  const abort = new AbortController();
  const stalled = setTimeout(() => {
    abort.abort(new Error(`no answer for ${String(STALL_MS / 1000)} s`));
  }, STALL_MS);
  try {
    await get.downloadArtifact({
      version: declaredVersion(),
      artifactName: 'electron',
      checksums: fromElectron('./checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: abort.signal,
        getProgressCallback: () => {
          stalled.refresh();
          return Promise.resolve();
        },
      },
    });
  } finally {
    clearTimeout(stalled);
  }
}

function declaredVersion(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
