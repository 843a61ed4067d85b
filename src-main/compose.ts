import { app, session, shell, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { matchLocale, translatorOf } from '../src-shared/i18n';
import type { Core } from './core-api';
import { createCore } from './core';
import { createKeyring, type Keyring } from './credentials/keyring';
import { APP_ORIGIN, serveApp } from './desktop/app-protocol';
import { systemClock } from './desktop/clock';
import { describeError } from './desktop/describe-error';
import { createDiagnostics } from './desktop/diagnostics';
import { watchErrors } from './desktop/errors';
import { createExportParts } from './desktop/export-parts';
import { createDownloads, createExports } from './desktop/exports';
import { createFiles } from './desktop/files';
import { createHttp } from './desktop/http';
import { serveMedia } from './desktop/media-protocol';
import { createPaper } from './desktop/paper';
import { createOpener } from './desktop/links';
import { connectSessionBus } from './desktop/linux/session-bus';
import { createLog, type RotatingLog } from './desktop/log';
import { createChatWindows } from './desktop/chat-windows';
import { createMainWindow, type MainWindow } from './desktop/main-window';
import { addContextMenu } from './desktop/menus';
import { createNotifier, lateNotifier } from './desktop/notifications';
import { createPictureCache } from './desktop/picture-cache';
import { quitInOrder } from './desktop/quit';
import { systemRandom } from './desktop/random';
import { createScreens } from './desktop/screens';
import { createTransfer } from './desktop/transfer';
import { createTaskbar } from './desktop/taskbar';
import { createSoundFiles } from './desktop/sound-files';
import { createSpelling } from './desktop/spelling';
import { createStoreLauncher } from './desktop/store-launcher';
import { createSystem } from './desktop/system';
import { addTray } from './desktop/add-tray';
import { xmppLinkIn } from './desktop/xmpp-links';
import {
  everywhereATray,
  lateTrayHost,
  nowhereATray,
  watchTrayHost,
  type TrayHost,
} from './desktop/tray-host';
import { serveWindows, tellWindow } from './ipc/serve-windows';
import { createWindowFront } from './ipc/window-front';
import { createWindowHub } from './ipc/window-hub';
import type { Ports } from './ports';

export interface ComposeOptions {
  /** The folder that holds out/ and assets/. */
  readonly root: string;
  /** Start in the tray. */
  readonly hidden: boolean;
  /** Whether the user has just pressed something in a window of ours. */
  readonly wasPressed: () => boolean;
}
/** What main.ts hands on to. */
export interface Flint {
  show(): void;
  openLink(url: string): Promise<boolean>;
  /** A start of Flint was given these arguments: a link among them is shown to the user, who decides. */
  follow(argv: readonly string[]): void;
}

/** How long a start in the tray waits for a tray, while the desktop is still coming up. */
const TRAY_GRACE_MS = 10_000;

/** Puts the desktop round the core. After app's `ready`. */
export const compose = async ({ root, hidden, wasPressed }: ComposeOptions): Promise<Flint> => {
  const userData = app.getPath('userData');
  const log = createLog(join(userData, 'logs'), systemClock);
  watchErrors(log);
  log.info('start', { version: app.getVersion(), electron: process.versions.electron, hidden });
  let pictures: Core['picture'] = () => Promise.resolve(null);
  let media: Core['media'] = () => Promise.resolve(null);
  serveApp(join(root, 'out', 'renderer'), ownSounds(userData), (...which) => pictures(...which));
  serveMedia((...which) => media(...which));

  // A session bus that is slow, or hangs, must hold up neither the window nor signing in.
  const bus = process.platform === 'linux' ? connectSessionBus() : Promise.resolve(null);
  const keyring = createKeyring({ clock: systemClock, log });
  const ports = createPorts(root, userData, { log, bus, keyring, wasPressed });
  const trayHost = lateTrayHost(findTrayHost(bus));
  const core = createCore(ports);
  pictures = core.picture;
  media = core.media;
  core.setTray(trayHost.present());
  core.setVisible(!hidden);
  // Not waited for: the window loads while the disk is read.
  const ready = core.start();
  ready.catch((error: unknown) => {
    log.error('core-did-not-start', describeError(error));
  });

  let translate = translatorOf(matchLocale(ports.system.locales));
  const hub = createWindowHub((ms, run) => systemClock.after(ms, run));
  const front = createWindowFront({
    show: (what) => core.call('window.showing', what),
    setFront: core.setFront,
  });
  const common = {
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    icon: join(root, 'assets', 'icons', '256x256.png'),
    files: ports.files,
    clock: systemClock,
    log,
    onFront: front.focus,
    onVisible: () => {
      core.setVisible(window.isVisible() || chats.isAnyVisible());
    },
    onCreated: (one: BrowserWindow) => {
      tellWindow(one.webContents, () => !one.isDestroyed() && one.isVisible() && !one.isMinimized(), hub);
      addContextMenu(one, () => translate);
    },
  };
  const chats = await createChatWindows({
    ...common,
    onClosed: front.remove,
    onChange: core.setChatWindows,
  });
  const window: MainWindow = await createMainWindow({
    ...common,
    canHide: () => trayHost.present(),
    onClosedToTaskbar: () => {
      hub.tell({ topic: 'app', type: 'closed-to-taskbar' });
    },
  });
  serveWindows({
    core,
    hub,
    front,
    origin: APP_ORIGIN,
    isOwnWindow: (contents) => window.isOwn(contents) || chats.isOwn(contents),
    ready,
    onForbidden: () => {
      log.warn('call-forbidden');
    },
    onThrown: (call, error) => {
      log.error('call-threw', { call, ...describeError(error) });
    },
  });
  core.listen(({ event }) => {
    if (event.type === 'open-chat-window') chats.show(event);
    else if (event.type === 'show-chat' && chats.has(event.account, event.peer))
      chats.show({ ...event, message: event.message ?? null });
    else if (event.type === 'show-chat' || event.type === 'show-requests' || event.type === 'show-view')
      window.show();
    else if (event.topic === 'account' && event.type === 'removed') chats.closeAll();
  });
  addTray(root, core, window, trayHost, ready, {
    onTranslate: (t) => (translate = t),
    onRefused: (error) => {
      hub.tell({ topic: 'app', type: 'refused', error });
      window.show();
    },
  });
  if (!hidden) window.show();
  else systemClock.after(TRAY_GRACE_MS, () => trayHost.present() || window.keepInReach());
  quitInOrder(core, [window, chats], log, keyring);
  return {
    show: () => {
      window.show();
    },
    openLink: (url) => ports.opener.open(url),
    follow: (argv) => {
      const url = xmppLinkIn(argv);
      if (url !== null) hub.tell({ topic: 'app', type: 'xmpp-link', url });
    },
  };
};

/** Copies of the user's own sound files. */
const ownSounds = (userData: string): string => join(userData, 'sounds');

type Bus = ReturnType<typeof connectSessionBus>;

interface Parts {
  readonly log: RotatingLog;
  readonly bus: Bus;
  readonly keyring: Keyring;
  readonly wasPressed: () => boolean;
}

function createPorts(root: string, userData: string, { log, bus, keyring, wasPressed }: Parts): Ports {
  const icon = join(root, 'assets', 'icons', '256x256.png');
  // A daemon cannot read inside our archive; there the installed icon's name serves.
  const icons = { file: icon, forDaemon: app.isPackaged ? 'flint' : icon };
  const files = createFiles(userData);
  const parts = createExportParts(files, log);
  void parts.sweep();
  return {
    clock: systemClock,
    random: systemRandom,
    secrets: keyring,
    taskbar: createTaskbar(),
    screens: createScreens(wasPressed, systemClock, log),
    diagnostics: createDiagnostics(join(userData, 'logs')),
    sounds: createSoundFiles(ownSounds(userData)),
    spelling: createSpelling(session.defaultSession),
    notifier: lateNotifier(bus.then((found) => createNotifier(found, icons, log))),
    opener: createOpener((url) => shell.openExternal(url), log),
    http: createHttp(),
    files,
    exports: createExports(() => app.getPath('documents'), parts),
    paper: createPaper(),
    downloads: createDownloads(() => app.getPath('downloads'), parts),
    transfer: createTransfer(join(userData, 'uploads')),
    pictures: createPictureCache(join(userData, 'pictures'), systemClock),
    system: createSystem(bus),
    store: createStoreLauncher(join(root, 'out', 'main', 'store.js'), userData),
    log,
  };
}

async function findTrayHost(bus: Bus): Promise<TrayHost> {
  if (process.platform !== 'linux') return everywhereATray;
  const found = await bus;
  return (found && (await watchTrayHost(found).catch(() => null))) ?? nowhereATray;
}
