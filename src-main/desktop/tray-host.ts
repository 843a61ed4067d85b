import type { SessionBus } from './linux/session-bus';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';

/** Whether something shows tray icons. Stock GNOME has nothing that does; elsewhere than on Linux there always is. */
export interface TrayHost {
  present(): boolean;
  onChange(run: (present: boolean) => void): void;
}

export const everywhereATray: TrayHost = { present: () => true, onChange: () => undefined };
export const nowhereATray: TrayHost = { present: () => false, onChange: () => undefined };

/** Watches for a host of the StatusNotifierItem specification; it may come late and may go at any time. */
export const watchTrayHost = async (bus: SessionBus): Promise<TrayHost> => {
  const listeners: ((present: boolean) => void)[] = [];
  let present = false;
  const look = async (): Promise<void> => {
    const found = await isHosted(bus).catch(() => false);
    if (found === present) return;
    present = found;
    for (const run of listeners) run(present);
  };
  await bus.onSignal(
    `sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`,
    ({ member, body }) => {
      if (member === 'NameOwnerChanged' && body[0] === WATCHER) void look();
    },
  );
  await bus.onSignal(`interface='${WATCHER}',path='${WATCHER_PATH}'`, (signal) => {
    if (signal.interface === WATCHER && signal.member.startsWith('StatusNotifierHost')) void look();
  });
  await look();
  return { present: () => present, onChange: (run) => void listeners.push(run) };
};

/** Nowhere until it is known where; tells then too. */
export const lateTrayHost = (coming: Promise<TrayHost>): TrayHost => {
  const listeners: ((present: boolean) => void)[] = [];
  const tell = (present: boolean): void => {
    for (const run of listeners) run(present);
  };
  let host = nowhereATray;
  void coming.then((found) => {
    host = found;
    found.onChange(tell);
    if (found.present()) tell(true);
  });
  return { present: () => host.present(), onChange: (run) => void listeners.push(run) };
};

async function isHosted(bus: SessionBus): Promise<boolean> {
  if (!(await bus.hasOwner(WATCHER))) return false;
  const properties = {
    destination: WATCHER,
    path: WATCHER_PATH,
    interface: 'org.freedesktop.DBus.Properties',
  };
  const [answer] = await bus.call(properties, 'Get', 'ss', [WATCHER, 'IsStatusNotifierHostRegistered']);
  return (answer as { readonly value: unknown }).value === true;
}
