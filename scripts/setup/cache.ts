import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STAMP = '.flint-stamp';
const LOCK_POLL_MS = 200;

/**
 * The folder where everything that set-up fetches is kept (Electron, server packages, jars), so that a second
 * clone fetches nothing again: FLINT_CACHE, else flint-dev in XDG_CACHE_HOME, else ~/.cache/flint-dev. It exists afterwards.
 */
export function cacheDir(): string {
  const { FLINT_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  const base = own ? own : join(xdg ? xdg : join(homedir(), '.cache'), 'flint-dev');
  mkdirSync(base, { recursive: true });
  return base;
}

/** A path inside the cache folder; nothing is created. */
export function cachePath(...parts: readonly string[]): string {
  return join(cacheDir(), ...parts);
}

/** True when `dir` was filled completely for exactly this key (see `fillOnce`). */
export function isFilled(dir: string, key: string): boolean {
  try {
    return readFileSync(join(dir, STAMP), 'utf8') === key;
  } catch {
    return false;
  }
}

/**
 * Fills a folder once for each key: `fill` gets an empty folder next to it, which takes the place of `dir` only when
 * `fill` has succeeded, so that an interrupted set-up never leaves half a folder behind. Safe between processes.
 *
 * @returns true when the folder was filled now, false when it was there already
 */
export async function fillOnce(
  dir: string,
  key: string,
  fill: (emptyDir: string) => Promise<void>,
): Promise<boolean> {
  if (isFilled(dir, key)) return false;
  return withLock(dir, async () => {
    if (isFilled(dir, key)) return false;
    const part = `${dir}.part-${String(process.pid)}`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    try {
      await fill(part);
      writeFileSync(join(part, STAMP), key);
      rmSync(dir, { recursive: true, force: true });
      renameSync(part, dir);
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
    return true;
  });
}

/** Runs `work` while no other process holds the lock of the same name (a path, or a plain word inside the cache). */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = `${name.includes('/') ? name : cachePath(name)}.lock`;
  mkdirSync(join(lock, '..'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isAbandoned(lock)) rmSync(lock, { force: true });
      else await sleep(LOCK_POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A lock whose owner was killed would otherwise block every later set-up. */
function isAbandoned(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // An empty file may be one that its owner is about to write.
    if (!owner) return Date.now() - statSync(lock).mtimeMs > 5_000;
    return !isAlive(owner);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
