import { app, net, powerMonitor } from 'electron';
import { hostname } from 'node:os';
import type { System } from '../ports';
import { setAutostart } from './autostart';

/** Electron tells main nothing when the network comes and goes; asking costs microseconds. */
const NETWORK_POLL_MS = 2000;

const onPower =
  (event: 'suspend' | 'resume') =>
  (run: () => void): (() => void) => {
    // The two names are two overloads to TypeScript.
    const on = powerMonitor as NodeJS.EventEmitter;
    on.on(event, run);
    return () => on.off(event, run);
  };

/** The computer as Electron sees it; after app's `ready`. */
export const createSystem = (): System => ({
  onSuspend: onPower('suspend'),
  onWake: onPower('resume'),
  onNetwork: (run) => {
    let online = net.isOnline();
    const timer = setInterval(() => {
      if (net.isOnline() === online) return;
      online = !online;
      run(online);
    }, NETWORK_POLL_MS);
    return () => {
      clearInterval(timer);
    };
  },
  hostName: hostname(),
  platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
  locales: app.getPreferredSystemLanguages(),
  appVersion: app.getVersion(),
  setAutostart,
});
