import type { SessionBus } from './session-bus';

/** Who tells of the lock, depending on the desktop: KDE, XFCE, MATE and others the first one, GNOME and Cinnamon their own. */
const SAVERS = ['org.freedesktop.ScreenSaver', 'org.gnome.ScreenSaver', 'org.cinnamon.ScreenSaver'];

/** Tells when the screen is locked or no longer, as far as the desktop says so. */
export const watchScreenLock = (bus: Promise<SessionBus | null>, run: (locked: boolean) => void): void => {
  const watch = async (): Promise<void> => {
    const found = await bus;
    for (const saver of found ? SAVERS : []) {
      await found?.onSignal(`interface='${saver}',member='ActiveChanged'`, (signal) => {
        const [locked] = signal.body;
        const isIt = signal.interface === saver && signal.member === 'ActiveChanged';
        if (isIt && typeof locked === 'boolean') run(locked);
      });
    }
  };
  // Without it nobody is told, and the time without a touch still counts.
  watch().catch(() => undefined);
};
