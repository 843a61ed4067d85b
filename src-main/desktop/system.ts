import { app, net, powerMonitor } from 'electron';
import { hostname } from 'node:os';
import type { System } from '../ports';
import { setAutostart } from './autostart';
import { hourCycleOf, timeLocale } from './hour-cycle';
import { watchScreenLock } from './linux/screen-lock';
import type { SessionBus } from './linux/session-bus';

/** Electron tells main nothing when the network comes and goes; asking costs microseconds. */
const NETWORK_POLL_MS = 2000;

const onPower =
  (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen') =>
  (run: () => void): (() => void) => {
    // The names are overloads to TypeScript.
    const on = powerMonitor as NodeJS.EventEmitter;
    on.on(event, run);
    return () => on.off(event, run);
  };

/** Not in every Electron on every desktop. Whoever starts the app is there. */
const idleSeconds = (): number | null => {
  const { getSystemIdleTime } = powerMonitor as Partial<typeof powerMonitor>;
  const idle = getSystemIdleTime?.call(powerMonitor);
  return idle === undefined ? null : Math.min(idle, Math.floor(process.uptime()));
};

/** Of dates and times, which may be another one than the language; newer Electrons know it. */
const systemLocale = (): string => {
  const { getSystemLocale } = app as Partial<typeof app>;
  return getSystemLocale?.call(app) ?? app.getLocale();
};

/**
 * The computer as Electron sees it; after app's `ready`.
 * @param bus on Linux, where Electron tells nothing of locks
 */
export const createSystem = (bus: Promise<SessionBus | null>): System => {
  const locks = new Set<(locked: boolean) => void>();
  let isLocked = false;
  const tell = (locked: boolean): void => {
    isLocked = locked;
    for (const run of locks) run(locked);
  };
  if (process.platform === 'linux') watchScreenLock(bus, tell);
  else {
    onPower('lock-screen')(() => {
      tell(true);
    });
    onPower('unlock-screen')(() => {
      tell(false);
    });
  }
  return {
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
    idleSeconds,
    onLock: (run) => {
      locks.add(run);
      if (isLocked) run(true);
      return () => locks.delete(run);
    },
    hostName: hostname(),
    platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
    locales: app.getPreferredSystemLanguages(),
    hourCycle: hourCycleOf(process.platform === 'linux' ? timeLocale(process.env) : systemLocale()),
    appVersion: app.getVersion(),
    setAutostart,
  };
};
