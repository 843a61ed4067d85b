import { app, screen, type BrowserWindow, type Rectangle, type WebPreferences } from 'electron';
import { keyOf } from '../../src-shared/model/keyboard';
import type { Clock, Log } from '../ports';

/** A page that crashes more often than this in a minute is left alone for the rest of it. */
const RELOADS_A_MINUTE = 3;
const MINUTE_MS = 60_000;

/** The work areas of all screens, the primary one first. */
export const workAreas = (): Rectangle[] => {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
};

/** Most of these are Electron's defaults; a reader should not need to know that (T32). */
export const securePreferences = (preload: string): WebPreferences => ({
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

/** R24: the session lives in main, so a new page is all that is needed where one crashed. */
export const reloadWhenGone = (
  window: BrowserWindow,
  { clock, log, isLeaving }: { readonly clock: Clock; readonly log: Log; readonly isLeaving: () => boolean },
): void => {
  let crashes: readonly number[] = [];
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (isLeaving() || window.isDestroyed()) return;
    const now = clock.monotonic();
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now];
    log.error('window-gone', { reason, crashes: crashes.length });
    const wait = crashes.length > RELOADS_A_MINUTE ? MINUTE_MS : 0;
    clock.after(wait, () => {
      if (!window.isDestroyed() && !isLeaving()) window.webContents.reload();
    });
  });
};

/** Ctrl+Q quits from every window; on a Mac the menu bar has it. */
export const quitByKey = (window: BrowserWindow): void => {
  window.webContents.on('before-input-event', (_, input) => {
    if (process.platform === 'darwin' || input.type !== 'keyDown') return;
    if (input.control && !input.alt && !input.shift && keyOf(input) === 'q') app.quit();
  });
};

type Look = 'focus' | 'blur' | 'hide' | 'minimize' | 'restore' | 'show' | 'resize' | 'move';
/** Electron's types have a signature for each event alone. */
export const onEach = (
  window: BrowserWindow,
  events: readonly (Look | 'maximize' | 'unmaximize')[],
  run: () => void,
): void => {
  for (const event of events) (window as NodeJS.EventEmitter).on(event, run);
};
