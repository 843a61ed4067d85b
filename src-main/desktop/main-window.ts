import { BrowserWindow, type NativeImage, type WebContents } from 'electron';
import type { Clock, Files, Log, Timer } from '../ports';
import { APP_URL } from './app-protocol';
import { onEach, quitByKey, reloadWhenGone, securePreferences, workAreas } from './window-parts';
import { MIN_SIZE, parsePlace, placeOn, type WindowPlace } from './window-place';

const PLACE_FILE = 'window.json';
const REFOCUS_MS = 150;
const SAVE_MS = 500;

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a hidden window can be had back: else closing minimises. */
  readonly canHide: () => boolean;
  /** Whether it is in front of all others; by the id of its contents. */
  readonly onFront: (id: number, front: boolean) => void;
  /** Whether it can be seen may have changed. */
  readonly onVisible: () => void;
  /** Closing has minimised for the first time: the user wants to know why. */
  readonly onClosedToTaskbar: () => void;
  /** Each page of the window, before it loads. */
  readonly onCreated: (window: BrowserWindow) => void;
}

/** The main window. It is made when it is first wanted and then only hidden: closing it does not sign out. */
export interface MainWindow {
  /** In front, whatever it was before. */
  show(): void;
  /** On the task bar at least: for a start in the tray where there is no tray, and for a tray that went away. */
  keepInReach(): void;
  /** A picture over its button in the task bar (Windows alone has that), now and whenever it is made anew. */
  setOverlay(picture: NativeImage | null, words: string): void;
  isOwn(contents: WebContents): boolean;
  /** Neither hidden nor minimised. */
  isVisible(): boolean;
  /** From now on closing closes. Resolves when the place is kept. */
  leave(): Promise<void>;
}

export const createMainWindow = async (options: MainWindowOptions): Promise<MainWindow> => {
  const { files, clock, log } = options;
  let place: WindowPlace = parsePlace(await files.read(PLACE_FILE).catch(() => null));
  let window: BrowserWindow | null = null;
  let leaving = false;
  let saving: Timer | null = null;
  let painted = false;
  let toDo: (() => void) | null = null;
  let overlay: { readonly picture: NativeImage | null; readonly words: string } = {
    picture: null,
    words: '',
  };

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

  const create = (): BrowserWindow => {
    const one = new BrowserWindow({
      ...placeOn(workAreas(), place.bounds),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      title: 'Flint',
      autoHideMenuBar: true,
      ...(process.platform === 'darwin' ? {} : { icon: options.icon }),
      webPreferences: securePreferences(options.preload),
    });
    options.onCreated(one);
    if (overlay.picture) one.setOverlayIcon(overlay.picture, overlay.words);
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
    onEach(one, ['resize', 'move', 'maximize', 'unmaximize'], () => {
      note(one);
    });
    onEach(one, ['focus', 'blur', 'hide', 'minimize', 'restore', 'show'], () => {
      options.onFront(one.webContents.id, one.isFocused());
      options.onVisible();
    });
    reloadWhenGone(one, { clock, log, isLeaving: () => leaving });
    quitByKey(one);
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
    setOverlay: (picture, words) => {
      overlay = { picture, words };
      window?.setOverlayIcon(picture, words);
    },
    isOwn: (contents) => window?.webContents === contents,
    isVisible: () => window !== null && window.isVisible() && !window.isMinimized(),
    leave: async () => {
      leaving = true;
      if (saving) await save();
    },
  };
};
