import { extname, join, sep } from 'node:path';
import { OWN_SOUND } from '../../src-shared/model/sounds';

/** What the renderer's build consists of; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
};

export interface AppFile {
  readonly path: string;
  readonly type: string;
}

/**
 * The file that an app:// address means, which is always one inside `dir`.
 *
 * @param dir absolute, without a separator at its end
 * @returns null for another host, for every way out of the folder (encoded or not) and for unknown kinds of files
 */
export const resolveAppFile = (dir: string, host: string, url: string): AppFile | null => {
  if (!URL.canParse(url)) return null;
  const { host: asked, pathname } = new URL(url);
  if (asked !== host) return null;
  const segments = decode(pathname === '/' ? '/index.html' : pathname)
    ?.split('/')
    .slice(1);
  if (!segments?.every(isPlain)) return null;
  const path = join(dir, ...segments);
  const type = TYPES[extname(path)];
  return path.startsWith(dir + sep) && type !== undefined ? { path, type } : null;
};

/** One of the user's own sounds, `/own-sounds/FILE`: null for any name that is not one of those that main gives. */
export const resolveOwnSound = (dir: string, host: string, url: string): AppFile | null => {
  if (!URL.canParse(url)) return null;
  const { host: asked, pathname } = new URL(url);
  const [, folder, file = '', ...more] = pathname.split('/');
  if (asked !== host || folder !== 'own-sounds' || more.length > 0 || !OWN_SOUND.test(file)) return null;
  const type = TYPES[extname(file)];
  return type === undefined ? null : { path: join(dir, file), type };
};

/** A picture that was fetched for a message, `/pictures/ACCOUNT/NAME`; null for any other address. */
export const resolvePicture = (
  host: string,
  url: string,
): { readonly account: string; readonly name: string } | null => {
  if (!URL.canParse(url)) return null;
  const { host: asked, pathname } = new URL(url);
  const found = /^\/pictures\/([0-9a-f]{32})\/([0-9a-f]{64})$/u.exec(pathname);
  return asked === host && found?.[1] && found[2] ? { account: found[1], name: found[2] } : null;
};

/** What is played, `/ACCOUNT/NAME`; null for any other address. */
export const resolveMedia = (
  host: string,
  url: string,
): { readonly account: string; readonly name: string } | null => {
  if (!URL.canParse(url)) return null;
  const { host: asked, pathname } = new URL(url);
  const found = /^\/([0-9a-f]{32})\/([0-9a-f]{64})$/u.exec(pathname);
  return asked === host && found?.[1] && found[2] ? { account: found[1], name: found[2] } : null;
};

/** Dots would go up, a backslash or a colon is a way out on Windows, a NUL ends the name in C. */
const isPlain = (segment: string): boolean => /^[^\\:\0]+$/.test(segment) && !/^\.+$/.test(segment);

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
