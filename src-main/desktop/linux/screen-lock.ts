import type { SessionBus } from './session-bus';

/** Who tells of the lock, depending on the desktop; KDE and others have the first name. */
const SAVERS = ['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'].map((who) => ({
  name: `org.${who}.ScreenSaver`,
  path: `/org/${who}/ScreenSaver`,
}));

/** Tells when the screen is locked or no longer, as far as the desktop says so; also that it is locked already. */
export const watchScreenLock = (bus: Promise<SessionBus | null>, run: (locked: boolean) => void): void => {
  const watch = async (): Promise<void> => {
    const found = await bus;
    for (const { name } of found ? SAVERS : []) {
      await found?.onSignal(`interface='${name}',member='ActiveChanged'`, (signal) => {
        const [locked] = signal.body;
        const isIt = signal.interface === name && signal.member === 'ActiveChanged';
        if (isIt && typeof locked === 'boolean') run(locked);
      });
    }
    for (const { name, path } of found ? SAVERS : []) {
      // A call would start one that does not run.
      if (!(await found?.hasOwner(name))) continue;
      const answer = await found
        ?.call({ destination: name, path, interface: name }, 'GetActive')
        .catch(() => null);
      if (answer?.[0] === true) run(true);
    }
  };
  // Without it nobody is told, and the time without a touch still counts.
  watch().catch(() => undefined);
};
