import { app, BrowserWindow, screen, type WebContents } from 'electron';
import type { Clock, Files, Log, Timer } from '../ports';
import { APP_URL } from './app-protocol';
import { MIN_SIZE, parsePlace, placeOn, type WindowPlace } from './window-place';

const PLACE_FILE = 'window.json';
const REFOCUS_MS = 150;
const SAVE_MS = 500;
/** A page that crashes more often than this in a minute is left alone for the rest of it. */
const RELOADS_A_MINUTE = 3;
const MINUTE_MS = 60_000;

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a hidden window can be had back: else closing minimises. */
  readonly canHide: () => boolean;
  readonly onFront: (front: boolean) => void;
  /** Whether it can be seen at all: neither hidden nor minimised. */
  readonly onVisible: (visible: boolean) => void;
  /** Closing has minimised for the first time: the user wants to know why. */
  readonly onClosedToTaskbar: () => void;
  /** Each page of the window, before it loads. */
  readonly onCreated: (window: BrowserWindow) => void;
}

/** The one window. It is made when it is first wanted and then only hidden: closing it does not sign out. */
export interface MainWindow {
  /** In front, whatever it was before. */
  show(): void;
  /** On the task bar at least: for a start in the tray where there is no tray, and for a tray that went away. */
  keepInReach(): void;
  isOwn(contents: WebContents): boolean;
  /** From now on closing closes. Resolves when the place is kept. */
  leave(): Promise<void>;
}

export const createMainWindow = async (options: MainWindowOptions): Promise<MainWindow> => {
  const { files, clock, log } = options;
  let place: WindowPlace = parsePlace(await files.read(PLACE_FILE).catch(() => null));
  let window: BrowserWindow | null = null;
  let leaving = false;
  let saving: Timer | null = null;
  let crashes: readonly number[] = [];
  let painted = false;
  let toDo: (() => void) | null = null;

  const save = async (): Promise<void> => {
    saving?.cancel();
    saving = null;
    await files.write(PLACE_FILE, JSON.stringify(place)).catch(() => {
      log.warn('window-place-not-kept');
    });
  };
  const note = (one: BrowserWindow): void => {
    if (one.isDestroyed() || one.isMinimized() || !one.isVisible()) return;
    place = { ...place, bounds: one.getNormalBounds(), maximized: one.isMaximized() };
    saving ??= clock.after(SAVE_MS, () => void save());
  };
  const onClose = (one: BrowserWindow, event: { preventDefault(): void }): void => {
    note(one);
    if (leaving) return;
    event.preventDefault();
    toDo = null;
    if (options.canHide()) {
      one.hide();
      return;
    }
    if (!place.toldTaskbar) {
      place = { ...place, toldTaskbar: true };
      void save();
      options.onClosedToTaskbar();
    }
    one.minimize();
  };
  /** R24: the session lives in main, so a new page is all that is needed. */
  const onGone = (one: BrowserWindow, reason: string): void => {
    if (leaving || one.isDestroyed()) return;
    const now = clock.monotonic();
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now];
    log.error('window-gone', { reason, crashes: crashes.length });
    const wait = crashes.length > RELOADS_A_MINUTE ? MINUTE_MS : 0;
    clock.after(wait, () => {
      if (!one.isDestroyed() && !leaving) one.webContents.reload();
    });
  };

  const create = (): BrowserWindow => {
    const one = new BrowserWindow({
      ...placeOn(areas(), place.bounds),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      title: 'Flint',
      autoHideMenuBar: true,
      ...(process.platform === 'darwin' ? {} : { icon: options.icon }),
      webPreferences: securePreferences(options.preload),
    });
    options.onCreated(one);
    one.on('close', (event) => {
      onClose(one, event);
    });
    one.on('closed', () => (window = null));
    const onPainted = (): void => {
      if (painted) return;
      painted = true;
      if (place.maximized) one.maximize();
      toDo?.();
      toDo = null;
    };
    one.on('ready-to-show', onPainted);
    // An empty window is still one that can be closed.
    one.webContents.on('did-fail-load', onPainted);
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
      (one as NodeJS.EventEmitter).on(event, () => {
        note(one);
      });
    }
    const front = (): void => {
      options.onFront(one.isFocused());
      options.onVisible(one.isVisible() && !one.isMinimized());
    };
    for (const event of ['focus', 'blur', 'hide', 'minimize', 'restore', 'show'] as const) {
      (one as NodeJS.EventEmitter).on(event, front);
    }
    one.webContents.on('render-process-gone', (_, { reason }) => {
      onGone(one, reason);
    });
    one.webContents.on('before-input-event', (_, input) => {
      // Elsewhere the menu bar has it.
      if (process.platform === 'darwin' || input.type !== 'keyDown') return;
      if (input.control && !input.alt && !input.shift && input.key.toLowerCase() === 'q') app.quit();
    });
    void one.loadURL(APP_URL).catch(() => {
      log.error('window-not-loaded');
    });
    return one;
  };
  /** A window is not shown before it has something to show. */
  const present = (how: () => void): void => {
    if (painted) how();
    else toDo = how;
  };

  return {
    show: () => {
      window ??= create();
      const one = window;
      present(() => {
        if (one.isMinimized()) one.restore();
        one.show();
        one.focus();
        // A window manager that has not mapped it yet takes no notice of the first wish.
        options.clock.after(REFOCUS_MS, () => {
          if (!one.isDestroyed() && one.isVisible() && !one.isFocused()) one.focus();
        });
      });
    },
    keepInReach: () => {
      if (window?.isVisible() || window?.isMinimized()) return;
      window ??= create();
      const one = window;
      present(() => {
        one.showInactive();
        one.minimize();
        // As above: one that is not mapped yet cannot be minimised.
        options.clock.after(REFOCUS_MS, () => {
          if (!one.isDestroyed() && !one.isMinimized() && !one.isFocused()) one.minimize();
        });
      });
    },
    isOwn: (contents) => window?.webContents === contents,
    leave: async () => {
      leaving = true;
      if (saving) await save();
    },
  };
};

const areas = (): Electron.Rectangle[] => {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
};

/** Most of these are Electron's defaults; a reader should not need to know that (T32). */
const securePreferences = (preload: string): Electron.WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // A page cannot learn it later: whether anything is checked is the session's to say (spelling.ts).
  spellcheck: true,
  // A message is heard before anybody has touched the window.
  autoplayPolicy: 'no-user-gesture-required',
  devTools: !app.isPackaged,
});
