import dbus from 'dbus-next';
import type { Bus, Target } from './bus';
import { until } from './child';
import { readIcon, type TrayIcon } from './tray-icon';
import { findEntry, readLayout, type MenuEntry } from './tray-menu';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';

/** The panel of the desktop: it shows the app's tray icon, and the user clicks on it. */
export interface Tray {
  /** Waits until an app has put an icon there. */
  waitForItem(timeout?: number): Promise<void>;
  /** Waits until there is none (the app has quit, or taken it away). */
  waitForNone(timeout?: number): Promise<void>;
  tooltip(): Promise<string>;
  icon(): Promise<TrayIcon>;
  /** The context menu as it stands. */
  menu(): Promise<readonly MenuEntry[]>;
  /**
   * Chooses a menu entry.
   * @param path its label, at whatever depth, or the labels from the top down
   */
  choose(path: string | readonly string[]): Promise<void>;
  /** A click on the icon itself. */
  activate(): Promise<void>;
  /** The tray host comes or goes while apps run. */
  setHost(present: boolean): Promise<void>;
}

interface Item {
  /** The unique name of the app's connection. */
  readonly owner: string;
  readonly path: string;
}

/** Becomes the tray host (StatusNotifierWatcher) of this bus, unless `present` is false, as on stock GNOME. */
export async function startTray(bus: Bus, present: boolean): Promise<Tray> {
  let items: readonly Item[] = [];
  bus.onGone((name) => {
    items = items.filter((item) => item.owner !== name);
  });
  bus.serve({
    name: WATCHER,
    methods: {
      RegisterStatusNotifierItem: (message) => {
        // An app names its service, or (as libappindicator does) only the path of its item.
        const [service] = message.body as [string];
        const path = service.startsWith('/') ? service : '/StatusNotifierItem';
        const same = (item: Item): boolean => item.owner === message.sender && item.path === path;
        items = [...items.filter((item) => !same(item)), { owner: message.sender, path }];
        bus.signal(WATCHER_PATH, WATCHER, 'StatusNotifierItemRegistered', 's', [service]);
        return undefined;
      },
      RegisterStatusNotifierHost: () => undefined,
    },
    properties: () => ({
      IsStatusNotifierHostRegistered: new dbus.Variant('b', true),
      ProtocolVersion: new dbus.Variant('i', 0),
      RegisteredStatusNotifierItems: new dbus.Variant(
        'as',
        items.map((item) => item.owner + item.path),
      ),
    }),
  });

  const setHost = async (there: boolean): Promise<void> => {
    if (!there) {
      items = [];
      await bus.disown(WATCHER);
      return;
    }
    await bus.own(WATCHER);
    bus.signal(WATCHER_PATH, WATCHER, 'StatusNotifierHostRegistered', '', []);
  };
  if (present) await setHost(true);
  return { ...inUse(bus, () => items), setHost };
}

function inUse(bus: Bus, items: () => readonly Item[]): Omit<Tray, 'setHost'> {
  const target = (): Target => {
    const item = items().at(-1);
    if (!item) throw new Error('there is no tray icon');
    return { destination: item.owner, path: item.path, interface: ITEM };
  };
  const properties = async (): Promise<Readonly<Record<string, dbus.Variant>>> => {
    const [all] = await bus.call(
      { ...target(), interface: 'org.freedesktop.DBus.Properties' },
      'GetAll',
      's',
      [ITEM],
    );
    return all as Record<string, dbus.Variant>;
  };
  const menuTarget = async (): Promise<Target> => {
    const path = (await properties())['Menu']?.value as string | undefined;
    if (path === undefined) throw new Error('the tray icon has no menu');
    return { ...target(), path, interface: MENU };
  };
  const menu = async (): Promise<readonly MenuEntry[]> => {
    const at = await menuTarget();
    const [, layout] = await bus.call(at, 'GetLayout', 'iias', [0, -1, []]);
    return readLayout(layout).children;
  };
  return {
    waitForItem: async (timeout) => {
      await until('a tray icon', () => items().at(-1), timeout);
    },
    waitForNone: async (timeout) => {
      await until('the tray icon to go', () => (items().length === 0 ? true : undefined), timeout);
    },
    tooltip: async () => {
      const [, , title, text] = (await properties())['ToolTip']?.value as [string, unknown, string, string];
      return [title, text].filter((part) => part !== '').join('\n');
    },
    icon: async () => readIcon(await properties()),
    menu,
    choose: async (path) => {
      const click = async (): Promise<void> => {
        const entry = findEntry(await menu(), path);
        const event = [entry.id, 'clicked', new dbus.Variant('s', ''), Math.trunc(Date.now() / 1000)];
        await bus.call(await menuTarget(), 'Event', 'isvu', event);
      };
      // The app may put a new menu there between a look and the click; a person then looks again.
      await click().catch((error: unknown) => {
        if (error instanceof dbus.DBusError) return click();
        throw error;
      });
    },
    activate: async () => {
      await bus.call(target(), 'Activate', 'ii', [0, 0]);
    },
  };
}
