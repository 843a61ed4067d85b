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
