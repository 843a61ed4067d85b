import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Its standard error has to be a pipe. Default: only that. */
  readonly stdio?: StdioOptions;
}

/** One program of the desktop: it ends when stopped, and also when the test's process ends in whatever way. */
export interface Child {
  readonly process: ChildProcess;
  readonly name: string;
  /** What it has written to its standard error so far. */
  log(): string;
  stop(): Promise<void>;
}

const STOP_MS = 3_000;
let canFollowParent: boolean | undefined;

/** Starts a program; see {@link Child}. */
export function startChild(name: string, args: readonly string[], options: ChildOptions): Child {
  // A test run that is killed cannot clean up after itself: the kernel then ends what it started.
  canFollowParent ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;
  const child = spawn(
    canFollowParent ? 'setpriv' : name,
    canFollowParent ? ['--pdeathsig', 'TERM', '--', name, ...args] : args,
    { env: options.env, stdio: options.stdio ?? ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000)));
  child.on('error', (error) => (log += error.message));
  return { process: child, name, log: () => log, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}

/**
 * Asks again and again until there is an answer.
 * @param what for the error's words
 * @param ask returns undefined while there is none
 * @param timeout milliseconds
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  timeout = 30_000,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`waited ${String(timeout)} ms for ${what}`);
    await sleep(20);
  }
}
