import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesktop, type Desktop } from '../../tests/desktop/desktop';
import { machinesOwnDesktop } from '../../tests/desktop/machines-own';

/** Where Flint is shown: on this machine's own desktop, or on a private one that nobody sees. */
export interface Stage {
  readonly desktop: Desktop;
  readonly visible: boolean;
}

/** @returns whether a window opened here would be seen */
export function hasDisplay(): boolean {
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  return process.platform !== 'linux' || Boolean(x11) || Boolean(wayland);
}

/** Sets the stage; its folder, and with it the demo's profile, goes when it is stopped. */
export async function setStage(visible: boolean): Promise<Stage> {
  if (!visible) {
    const size = { width: 2560, height: 1640 };
    return { visible, desktop: await startDesktop({ scale: 2, size }) };
  }
  const dir = mkdtempSync(join(tmpdir(), 'flint-demo-'));
  const own = machinesOwnDesktop(dir);
  const stop = (): Promise<void> => {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    return Promise.resolve();
  };
  const env = { ...own.env, ...xAuthority() };
  return { visible, desktop: { ...own, env, dir, scale: 1, stop } };
}

/** The home is another one in the demo; the way to the screen lies in the real one where nothing else is said. */
function xAuthority(): Record<string, string> {
  const usual = join(homedir(), '.Xauthority');
  return process.env['XAUTHORITY'] === undefined && existsSync(usual) ? { XAUTHORITY: usual } : {};
}
