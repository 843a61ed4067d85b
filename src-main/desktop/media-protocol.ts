import { protocol } from 'electron';
import type { Core } from '../core-api';
import { resolveMedia } from './app-files';
import { byteRange } from './byte-range';
import { MEDIA_HOST, MEDIA_SCHEME } from '../../src-shared/model/media-file';

/**
 * Gives the window what it plays, as much as it asks for at a time (RFC 9110 §14): of what was fetched and found good, nothing
 * else, and never from anywhere but this computer.
 */
export const serveMedia = (media: Core['media']): void => {
  protocol.handle(MEDIA_SCHEME, async (request) => {
    const asked = request.method === 'GET' ? resolveMedia(MEDIA_HOST, request.url) : null;
    const found = asked && (await media(asked.account, asked.name));
    if (!found) return new Response(null, { status: 404, headers: headers('text/plain') });
    const { bytes, type } = found;
    const range = byteRange(request.headers.get('range'), bytes.length);
    const size = String(bytes.length);
    if (range === 'none') {
      const refused = { ...headers(type), 'Content-Range': `bytes */${size}` };
      return new Response(null, { status: 416, headers: refused });
    }
    const [start, end] = range ?? [0, bytes.length];
    const about = {
      ...headers(type),
      'Accept-Ranges': 'bytes',
      'Content-Length': String(end - start),
      ...(range ? { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${size}` } : {}),
    };
    return new Response(Buffer.from(bytes.subarray(start, end)), {
      status: range ? 206 : 200,
      headers: about,
    });
  });
};

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
});
