import type { Log, Opener } from '../ports';

const MAX_LENGTH = 8192;
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'xmpp:']);
/** White space, controls (C0, C1, bidi, zero width) and what shells and command lines of other programs read as more. */
const UNSAFE = /[\s\p{Cc}\p{Cf}"<>\\^`{|}]/u;

/**
 * The one gate through which a link leaves the app (T23).
 *
 * @returns the address as it will be opened, written the way URLs are, or null when it is refused
 */
export const gateLink = (text: string): string | null => {
  if (text.length > MAX_LENGTH || UNSAFE.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol)) return null;
  // The text must name its scheme itself and not lean on a parser's leniency (https:/host, https:host).
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    // user@host shows one host and opens another.
    const plain = /^https?:\/\/[^/]/i.test(text) && url.username === '' && url.password === '';
    return plain && url.hostname !== '' ? url.href : null;
  }
  return url.pathname === '' ? null : url.href;
};

/** @param openExternal hands an address to the system (Electron's shell) */
export const createOpener = (openExternal: (url: string) => Promise<void>, log: Log): Opener => ({
  open: async (text) => {
    const url = gateLink(text);
    if (url === null) {
      log.warn('link-refused');
      return false;
    }
    try {
      await openExternal(url);
    } catch {
      // No program for it on this system; the system has said so itself, where it does.
      log.warn('link-not-opened');
    }
    return true;
  },
});
