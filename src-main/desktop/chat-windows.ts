import { BrowserWindow, type WebContents } from 'electron';
import type { Clock, Files, Log, Timer } from '../ports';
import { APP_URL } from './app-protocol';
import { onEach, quitByKey, reloadWhenGone, securePreferences, workAreas } from './window-parts';
import { besides, CHAT_SIZE, MIN_SIZE, noPlace, parsePlace, placeOn } from './window-place';

/** One place for all of them: whom one writes to is not told to the disk outside of the encrypted history. */
const PLACE_FILE = 'chat-window.json';
const SAVE_MS = 500;

/** A conversation, and a message of it to go to. */
export interface WindowChat {
  readonly account: string;
  readonly peer: string;
  readonly message: number | null;
}

export interface ChatWindowsOptions {
  readonly preload: string;
  readonly icon: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFront: (id: number, front: boolean) => void;
  /** Whether any can be seen may have changed. */
  readonly onVisible: () => void;
  readonly onCreated: (window: BrowserWindow) => void;
  readonly onClosed: (id: number) => void;
  /** Which conversations have one now. */
  readonly onChange: (peers: readonly string[]) => void;
}

/** Conversations in windows of their own: the same page behind the same walls as the main window (T32), with one chat in it. */
export interface ChatWindows {
  /** In front, made where there is none. */
  show(chat: WindowChat): void;
  has(account: string, peer: string): boolean;
  isOwn(contents: WebContents): boolean;
  isAnyVisible(): boolean;
  /** Nobody is signed in any more. */
  closeAll(): void;
  /** Resolves when the place is kept. */
  leave(): Promise<void>;
}

export const createChatWindows = async (options: ChatWindowsOptions): Promise<ChatWindows> => {
  const { files, clock, log } = options;
  let { bounds } = parsePlace(await files.read(PLACE_FILE).catch(() => null));
  const windows = new Map<string, { readonly peer: string; readonly window: BrowserWindow }>();
  let saving: Timer | null = null;
  let leaving = false;

  const keyOf = (account: string, peer: string): string => `${account} ${peer}`;
  const all = (): BrowserWindow[] => [...windows.values()].map(({ window }) => window);
  const tell = (): void => {
    options.onChange([...windows.values()].map(({ peer }) => peer));
  };
  const save = async (): Promise<void> => {
    saving?.cancel();
    saving = null;
    await files.write(PLACE_FILE, JSON.stringify({ ...noPlace, bounds })).catch(() => {
      log.warn('window-place-not-kept');
    });
  };
  const note = (window: BrowserWindow): void => {
    if (window.isDestroyed() || window.isMinimized() || window.isMaximized() || !window.isVisible()) return;
    bounds = window.getNormalBounds();
    saving ??= clock.after(SAVE_MS, () => void save());
  };

  const create = ({ account, peer, message }: WindowChat): BrowserWindow => {
    const areas = workAreas();
    const others = all().map((other) => other.getNormalBounds());
    const window = new BrowserWindow({
      // Once more through placeOn: a step aside may lead off the screen.
      ...placeOn(areas, besides(placeOn(areas, bounds, CHAT_SIZE), others), CHAT_SIZE),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      title: 'Flint',
      autoHideMenuBar: true,
      ...(process.platform === 'darwin' ? {} : { icon: options.icon }),
      webPreferences: securePreferences(options.preload),
    });
    const { id } = window.webContents;
    options.onCreated(window);
    window.once('ready-to-show', () => {
      window.show();
      window.focus();
    });
    window.on('close', () => {
      note(window);
    });
    window.on('closed', () => {
      windows.delete(keyOf(account, peer));
      options.onClosed(id);
      options.onVisible();
      if (!leaving) tell();
    });
    onEach(window, ['resize', 'move'], () => {
      note(window);
    });
    onEach(window, ['focus', 'blur', 'hide', 'minimize', 'restore', 'show'], () => {
      options.onFront(id, window.isFocused());
      options.onVisible();
    });
    reloadWhenGone(window, { clock, log, isLeaving: () => leaving });
    quitByKey(window);
    const what = new URLSearchParams({
      account,
      peer,
      ...(message === null ? {} : { message: String(message) }),
    });
    void window.loadURL(`${APP_URL}#${what.toString()}`).catch(() => {
      log.error('window-not-loaded');
    });
    return window;
  };

  return {
    show: (chat) => {
      const key = keyOf(chat.account, chat.peer);
      const known = windows.get(key)?.window;
      if (known) {
        if (known.isMinimized()) known.restore();
        known.show();
        known.focus();
        return;
      }
      windows.set(key, { peer: chat.peer, window: create(chat) });
      tell();
    },
    has: (account, peer) => windows.has(keyOf(account, peer)),
    isOwn: (contents) => all().some(({ webContents }) => webContents === contents),
    isAnyVisible: () => all().some((window) => window.isVisible() && !window.isMinimized()),
    closeAll: () => {
      for (const window of all()) window.destroy();
    },
    leave: async () => {
      leaving = true;
      if (saving) await save();
    },
  };
};
