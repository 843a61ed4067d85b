import type { System } from '../ports';

/** What the desktop can be told of how many messages are unread. */
export interface BadgeParts {
  readonly platform: System['platform'];
  /** A number beside the app's name: launchers on Linux, the dock on macOS. */
  setCount(count: number): void;
  /** A small picture over the button in the task bar (Windows), with words for who cannot see it; null: none. */
  setOverlay(picture: string | null, words: string): void;
}

/** The pictures there are, in assets/tray/count. */
export const overlayNames = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+'] as const;

const overlayOf = (count: number): string | null =>
  count <= 0 ? null : (overlayNames[Math.min(count, overlayNames.length) - 1] ?? null);

/** Says how much is unread where this desktop shows it. Windows has no number for an app, but a picture of one. */
export const createUnreadBadge = (parts: BadgeParts): ((count: number, words: string) => void) => {
  return (count, words) => {
    if (parts.platform === 'win32') parts.setOverlay(overlayOf(count), count > 0 ? words : '');
    else parts.setCount(count);
  };
};
