import type { Readable } from 'node:stream';
import { startChild, until, type Child } from './child';

export interface XServer {
  /** Value for DISPLAY. */
  readonly display: string;
  stop(): Promise<void>;
}

/**
 * Starts Xvfb on a display of its own choice.
 * @param size in pixels
 * @param everyone lets other users of this machine in (for an app that runs as a plain user)
 */
export async function startXServer(
  size: { readonly width: number; readonly height: number },
  everyone: boolean,
): Promise<XServer> {
  const screen = `${String(size.width)}x${String(size.height)}x24`;
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'];
  const child: Child = startChild('Xvfb', everyone ? [...args, '-ac'] : args, {
    env: process.env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let number = '';
  (child.process.stdio[3] as Readable).on('data', (chunk: Buffer) => (number += chunk.toString()));
  const answer = await until('Xvfb', () => {
    if (child.process.exitCode !== null) return `failed: ${child.log()}`;
    return number.endsWith('\n') ? number.trim() : undefined;
  });
  if (!/^\d+$/.test(answer)) throw new Error(`Xvfb ${answer}`);
  return { display: `:${answer}`, stop: () => child.stop() };
}

/**
 * Starts a window manager; without one nothing can be minimised, maximised or raised.
 * @param env the desktop's environment
 */
export async function startWindowManager(env: Readonly<Record<string, string>>): Promise<Child> {
  // Its start-up command is run once it manages the screen.
  const child = startChild('openbox', ['--sm-disable', '--startup', 'echo ready'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let ready = false;
  child.process.stdout?.on('data', () => (ready = true));
  await until('the window manager', () => {
    if (child.process.exitCode !== null) throw new Error(`openbox ended: ${child.log()}`);
    return ready ? true : undefined;
  });
  return child;
}
