import { app, powerMonitor } from 'electron';
import type { Core } from '../core-api';
import { systemClock } from './clock';
import type { RotatingLog } from './log';
import type { MainWindow } from './main-window';

/** The core promises three seconds (R25); this is for the case that it breaks its word. */
const QUIT_MS = 5_000;

/** Quitting waits for what is under way (R25), and is never stopped by it. */
export function quitInOrder(
  core: Core,
  windows: readonly Pick<MainWindow, 'leave'>[],
  log: RotatingLog,
  keyring: { readonly busy: () => boolean },
): void {
  let state: 'running' | 'leaving' | 'left' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'left') return;
    event.preventDefault();
    if (state === 'leaving') return;
    state = 'leaving';
    const goodbye = Promise.allSettled([core.quit(), ...windows.map((one) => one.leave())]);
    const late = new Promise<void>((resolve) => systemClock.after(QUIT_MS, resolve));
    void Promise.race([goodbye, late])
      .then(() => {
        log.info('quit');
        return Promise.race([log.flush(), late]);
      })
      .then(() => {
        state = 'left';
        // A question to the keyring that nobody answers holds a thread, for which an orderly end would wait.
        if (keyring.busy()) process.kill(process.pid, 'SIGKILL');
        else app.quit();
      });
  });
  // The computer is shutting down, or the session ends.
  powerMonitor.on('shutdown', () => {
    app.quit();
  });
}
