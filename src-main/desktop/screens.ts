import { desktopCapturer, screen, systemPreferences, type NativeImage } from 'electron';
import type { ScreenSource } from '../../src-shared/model/screen';
import type { Clock, Log, Screens, Timer } from '../ports';

const PREVIEW_WIDTH = 320;
const PREVIEW_QUALITY = 70;
/** More windows than that nobody looks through. */
const MOST = 24;
/** How long what was shown to be chosen from is kept where no window says that the choice is over. */
const KEEP_MS = 120_000;

/**
 * Screens and windows as they look when the user asks for one: what is chosen is what was shown, and on Wayland the desktop's own
 * question comes once.
 *
 * @param mayLook whether the user has just pressed something in a window of ours: no page looks by itself
 */
export const createScreens = (mayLook: () => boolean, clock: Clock, log: Log): Screens => {
  let shown = new Map<string, NativeImage>();
  let end: Timer | null = null;
  const forget = (): void => {
    end?.cancel();
    end = null;
    shown = new Map();
  };
  const size = (): { readonly width: number; readonly height: number } => {
    const all = screen.getAllDisplays().map((one) => ({
      width: Math.round(one.size.width * one.scaleFactor),
      height: Math.round(one.size.height * one.scaleFactor),
    }));
    return {
      width: Math.max(...all.map(({ width }) => width)),
      height: Math.max(...all.map(({ height }) => height)),
    };
  };
  return {
    async list() {
      forget();
      if (!mayLook()) return null;
      if (process.platform === 'darwin' && systemPreferences.getMediaAccessStatus('screen') === 'denied')
        return null;
      try {
        const found = await desktopCapturer.getSources({
          types: ['screen', 'window'],
          thumbnailSize: size(),
        });
        const drawn = found.filter(({ thumbnail }) => !thumbnail.isEmpty()).slice(0, MOST);
        if (drawn.length === 0) return null;
        shown = new Map(drawn.map(({ id, thumbnail }) => [id, thumbnail]));
        end = clock.after(KEEP_MS, forget);
        return drawn.map(({ id, name, thumbnail }): ScreenSource => {
          const preview = thumbnail.resize({ width: PREVIEW_WIDTH }).toJPEG(PREVIEW_QUALITY);
          const kind = id.startsWith('screen:') ? 'screen' : 'window';
          return { id, name, kind, preview: `data:image/jpeg;base64,${preview.toString('base64')}` };
        });
      } catch {
        log.warn('no-screens');
        return null;
      }
    },
    take(id) {
      const bytes = shown.get(id)?.toPNG() ?? null;
      forget();
      return Promise.resolve(bytes);
    },
    forget,
  };
};
