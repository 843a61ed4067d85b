import { net, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { MEDIA_SCHEME } from '../../src-shared/model/media-file';
import type { Core } from '../core-api';
import { resolveAppFile, resolveOwnSound, resolvePicture } from './app-files';
import { devServer } from './dev-server';

const SCHEME = 'app';
const HOST = 'flint';
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_URL = `${APP_ORIGIN}/`;

/** The window loads its own files and nothing else: it cannot talk to the network at all, main does that. */
const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'media-src': `'self' ${MEDIA_SCHEME}:`,
  'connect-src': "'none'",
  'object-src': "'none'",
  'frame-src': "'none'",
  'worker-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The picture that an account's cache has under a name. */
type Pictures = Core['picture'];

/** Call before app's `ready`. */
export const registerSchemes = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: MEDIA_SCHEME, privileges: { standard: true, secure: true, stream: true } },
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
};

/**
 * @param dir the built renderer
 * @param sounds where the user's own sounds are kept
 * @param pictures those that were fetched for messages
 */
export const serveApp = (dir: string, sounds: string, pictures: Pictures): void => {
  protocol.handle(SCHEME, async (request) => {
    const picture = request.method === 'GET' ? resolvePicture(HOST, request.url) : null;
    if (picture) {
      const found = await pictures(picture.account, picture.name);
      return found
        ? new Response(Buffer.from(found.bytes), { headers: headers(found.type, policy(POLICY)) })
        : notFound();
    }
    const own = request.method === 'GET' ? resolveOwnSound(sounds, HOST, request.url) : null;
    if (!own && devServer !== null) return fromDevServer(devServer, request);
    const file = own ?? (request.method === 'GET' ? resolveAppFile(dir, HOST, request.url) : null);
    if (!file) return notFound();
    try {
      return new Response(await readFile(file.path), { headers: headers(file.type, policy(POLICY)) });
    } catch {
      return notFound();
    }
  });
};

const notFound = (): Response =>
  new Response(null, { status: 404, headers: headers('text/plain', policy(POLICY)) });

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

const headers = (type: string, csp: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': csp,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

/** The same origin and nearly the same policy as in a build; hot reload needs its socket and its style elements. */
async function fromDevServer(server: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const answer = await net.fetch(new URL(pathname + search, server).href);
  const csp = policy({
    ...POLICY,
    'style-src': "'self' 'unsafe-inline'",
    'connect-src': `'self' ${server.replace(/^http/, 'ws')}`,
  });
  const type = answer.headers.get('content-type') ?? 'text/plain';
  return new Response(answer.body, { status: answer.status, headers: headers(type, csp) });
}
