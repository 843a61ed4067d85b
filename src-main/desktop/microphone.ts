import { systemPreferences, type WebContents } from 'electron';
import type { Clock } from '../ports';

/** How long after a press of the user's a page may ask for the microphone: others may have the machine meanwhile. */
const AFTER_PRESS_MS = 20_000;
const PRESSES: readonly string[] = [
  'mouseDown',
  'mouseUp',
  'rawKeyDown',
  'keyDown',
  'touchStart',
  'gestureTap',
];

/** Who may have the microphone: a page of ours in which the user has just pressed something. The page cannot make that up. */
export interface Microphone {
  watch(contents: WebContents): void;
  mayHear(contents: WebContents | null): boolean;
  /** Whether the user has just pressed something in any of our pages. */
  wasPressed(): boolean;
}

export const createMicrophone = (clock: Pick<Clock, 'monotonic'>): Microphone => {
  const pressed = new WeakMap<WebContents, number>();
  let last: number | null = null;
  return {
    watch(contents) {
      contents.on('input-event', (_, { type }) => {
        if (!PRESSES.includes(type)) return;
        last = clock.monotonic();
        pressed.set(contents, last);
      });
    },
    wasPressed: () => last !== null && clock.monotonic() - last < AFTER_PRESS_MS,
    mayHear(contents) {
      const at = contents ? pressed.get(contents) : undefined;
      return at !== undefined && clock.monotonic() - at < AFTER_PRESS_MS;
    },
  };
};

/** A Mac asks by itself, once. */
export const systemLetsHear = (): Promise<boolean> =>
  process.platform === 'darwin' ? systemPreferences.askForMediaAccess('microphone') : Promise.resolve(true);
