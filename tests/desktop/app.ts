import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, errors, type ElectronApplication, type Page } from 'playwright';
import { findElectron } from '../../scripts/electron/find-electron';
import { electronSwitches } from '../../scripts/electron/switches';
import { root } from '../../scripts/support/paths';
import type { Desktop } from './desktop';

export interface LaunchOptions {
  readonly desktop: Desktop;
  /** The app's data folder; a new one on this desktop when it is left out. */
  readonly userData?: string;
  readonly args?: readonly string[];
  /** Added to the desktop's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of the app's package.json. Default: Flint as it was built into out/. */
  readonly app?: string;
  /** The executable of a packaged app, which then is run instead of `app`. */
  readonly executable?: string;
}

/** Flint, running on a desktop under Playwright. */
export interface Launched {
  readonly app: ElectronApplication;
  /** The first window's page. */
  readonly page: Page;
  readonly userData: string;
  /** Quits as the user does from the menu, and waits; an app that does not end in 15 s is killed and that is an error. */
  close(): Promise<void>;
  /** Everything the processes of the app have printed. */
  log(): string;
  /** SIGKILL to the main process, then to what it leaves behind; waits until it is gone. */
  kill(): Promise<void>;
}

const LAUNCH_MS = 30_000;
const CLOSE_MS = 15_000;

/**
 * Once in a few hundred starts Playwright and Electron 33 wait for each other for ever before the app's own code runs:
 * it is started again, and the run says so.
 */
const launch: typeof _electron.launch = async (options) => {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    console.warn(`Started again: ${error.message}`);
    return _electron.launch(options);
  }
};

/** Starts Flint and waits for its first window. When it dies of its own, what it printed goes to the test's output. */
export async function launchFlint(options: LaunchOptions): Promise<Launched> {
  const { executablePath, args, env, userData } = await commandLine(options);
  const app = await launch({ executablePath, args: [...args], env, cwd: root, timeout: LAUNCH_MS });
  const child = app.process();
  let log = '';
  const collect = (chunk: Buffer): void => void (log += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  let expected = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!expected && (code !== 0 || signal)) {
        console.error(`The app ended with ${String(signal ?? code)}. It had printed:\n${log}`);
      }
      resolve();
    });
  });
  const kill = async (): Promise<void> => {
    expected = true;
    child.kill('SIGKILL');
    await ended;
    killGroup(child.pid);
  };
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // page.close() would hang where a window vetoes it. The answer is lost when the app is faster than the wire.
    app
      .evaluate(({ app: electronApp }) => {
        electronApp.quit();
      })
      .catch(() => undefined);
    if (await isWithin(ended, CLOSE_MS)) return;
    await kill();
    throw new Error(`the app did not quit within ${String(CLOSE_MS)} ms. It had printed:\n${log}`);
  };
  try {
    const page = await app.firstWindow({ timeout: LAUNCH_MS });
    return { app, page, userData, close, log: () => log, kill };
  } catch (error) {
    await kill();
    throw new Error(`the app opened no window. It had printed:\n${log}`, { cause: error });
  }
}

/** What a start without Playwright has printed, and its exit code. */
export interface Ended {
  readonly code: number | null;
  readonly log: string;
}

/**
 * Starts Flint as a user's second click does, or a browser for an xmpp: link, and waits for the end of that process:
 * with the userData of a running one it hands over and ends at once.
 */
export async function startAgain(options: LaunchOptions, timeout = LAUNCH_MS): Promise<Ended> {
  const { executablePath, args, env } = await commandLine(options);
  return new Promise((resolve, reject) => {
    const child = spawn(executablePath, args, { cwd: root, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    const collect = (chunk: Buffer): void => void (log += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, log });
    });
  });
}

/** Takes a picture of the page into the folder FLINT_SHOTS, else test-results/shots, and returns its path. */
export async function shot(page: Page, name: string): Promise<string> {
  const dir = process.env['FLINT_SHOTS'] ?? join(root, 'test-results', 'shots');
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

interface CommandLine {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly userData: string;
}

async function commandLine(options: LaunchOptions): Promise<CommandLine> {
  const { desktop, executable } = options;
  const userData = options.userData ?? mkdtempSync(join(desktop.dir, 'data-'));
  const switches = [
    ...electronSwitches(),
    `--user-data-dir=${userData}`,
    ...(desktop.scale === 1 ? [] : [`--force-device-scale-factor=${String(desktop.scale)}`]),
    ...(options.args ?? []),
  ];
  return {
    executablePath: executable ?? (await findElectron()).path,
    args: executable === undefined ? [options.app ?? root, ...switches] : switches,
    env: { ...desktop.env, ...options.env },
    userData,
  };
}

async function isWithin(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

/** Playwright makes the app the leader of a process group of its own, except on Windows. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
