import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { findElectron } from '../../scripts/electron/find-electron';
import { electronSwitches } from '../../scripts/electron/switches';
import { root } from '../../scripts/support/paths';
import type { Desktop } from '../desktop/desktop';
import { memoryOf } from './memory';

/** From the start of the process to what the user sees, in milliseconds; memory once all is quiet. */
export interface AppStart {
  readonly rosterMs: number;
  readonly readyMs: number;
  readonly mib: number;
  readonly processes: number;
}

/** What must be on the screen: CSS selectors in the window. */
export interface Marks {
  readonly roster: string;
  readonly ready: string;
}

const LIMIT_MS = 60_000;
/** Memory is read this long after the app is ready, when its start-up garbage is gone. */
export const QUIET_MS = 3_000;

/**
 * Starts Flint as it was built, on a profile that is signed in, without any test harness in the way: the window is
 * only watched, through Chromium's own debugging port.
 */
export async function measureStart(desktop: Desktop, userData: string, marks: Marks): Promise<AppStart> {
  const electron = await findElectron();
  const switches = [...electronSwitches(), `--user-data-dir=${userData}`, '--remote-debugging-port=0'];
  const began = Date.now();
  const child = spawn(electron.path, [root, ...switches], {
    env: desktop.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const port = await debuggingPort(child);
    const roster = await paintedAt(port, marks.roster);
    const ready = await paintedAt(port, marks.ready);
    await pause(QUIET_MS);
    return { rosterMs: roster - began, readyMs: ready - began, ...memoryOf(child.pid ?? 0) };
  } finally {
    await end(child);
  }
}

/** Chromium says its port on standard error as soon as it has one. */
function debuggingPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//m.exec(log)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the app ended with ${String(code)}. It had printed:\n${log}`));
    });
  });
}

/** @returns the wall clock's time of the first frame that shows what the selector finds */
async function paintedAt(port: number, selector: string): Promise<number> {
  const expression = `new Promise((resolve) => {
    const look = () => document.querySelector(${JSON.stringify(selector)})
      ? requestAnimationFrame(() => resolve(Date.now()))
      : setTimeout(look, 2);
    look();
  })`;
  const deadline = Date.now() + LIMIT_MS;
  while (Date.now() < deadline) {
    const url = await pageUrl(port);
    // The answer is lost when the page is not the app's own yet.
    const value = url === undefined ? undefined : await evaluate(url, expression, deadline - Date.now());
    if (typeof value === 'number') return value;
    await pause(5);
  }
  throw new Error(`the window does not show ${selector}`);
}

async function pageUrl(port: number): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/json/list`);
  const targets = (await response.json()) as readonly {
    readonly type: string;
    readonly url: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  return targets.find((target) => target.type === 'page' && target.url.startsWith('app:'))
    ?.webSocketDebuggerUrl;
}

/** Chrome DevTools Protocol, Runtime.evaluate; undefined when there is no answer. */
function evaluate(url: string, expression: string, limitMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const timer = setTimeout(() => {
      socket.terminate();
    }, limitMs);
    socket.on('open', () => {
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    });
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as {
        readonly id?: number;
        readonly result?: { readonly result?: { readonly value?: unknown } };
      };
      if (answer.id !== 1) return;
      resolve(answer.result?.result?.value);
      socket.close();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/** Asks it to end, and after 10 s ends it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(late);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
