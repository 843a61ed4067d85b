import type { Log, Notifier } from '../../ports';
import type { SessionBus } from '../linux/session-bus';
import { createElectronNotifier } from './electron';
import { createLinuxNotifier } from './linux';

interface Icons {
  /** A file. */
  readonly file: string;
  /** What a notification daemon of another process can read: a file outside an archive, or a theme's name. */
  readonly forDaemon: string;
}

/** The best notifications that this desktop has. */
export const createNotifier = async (bus: SessionBus | null, icons: Icons, log: Log): Promise<Notifier> =>
  (bus && (await createLinuxNotifier(bus, icons.forDaemon, log).catch(() => null))) ??
  createElectronNotifier(icons.file);

/** What is shown before the notifier is there waits for it. */
export const lateNotifier = (coming: Promise<Notifier>): Notifier => ({
  show: (notice) =>
    void coming.then((notifier) => {
      notifier.show(notice);
    }),
  close: (tag) =>
    void coming.then((notifier) => {
      notifier.close(tag);
    }),
});
