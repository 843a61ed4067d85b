import { isLoopbackHost } from '../../../src-shared/model/file';
import type { GivenSlot } from '../xep/0363-upload';

const MAX_URL = 8_192;
const MAX_VALUE = 8_192;

/** Whether http may go to this very computer instead of https: the session itself goes there, over ws://. */
export const isPlainAllowed = (endpoint: string | null): boolean => {
  if (endpoint === null || !URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'ws:' && isLoopbackHost(hostname);
};

/** T18, T20: an address that a file may be fetched from or put to, as it is asked for; null: it may not. */
export const safeFileUrl = (text: string, plainAllowed: boolean): string | null => {
  if (text.length > MAX_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === 'http:' && plainAllowed && isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !plain) return null;
  // A name and a password in an address are nobody's business, and a way to make it look like another.
  return url.username === '' && url.password === '' ? text : null;
};

export interface UploadSlot {
  readonly put: string;
  readonly get: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** XEP-0363 §5: no others are to be sent. */
const HEADERS: readonly string[] = ['authorization', 'cookie', 'expires'];

/**
 * T18: a slot as it may be used, or null. Both addresses are https (or see `isPlainAllowed`); of the headers only three are
 * taken, in one line each.
 */
export const checkSlot = (slot: GivenSlot, plainAllowed: boolean): UploadSlot | null => {
  const put = safeFileUrl(slot.put, plainAllowed);
  const get = safeFileUrl(slot.get, plainAllowed);
  if (put === null || get === null) return null;
  const headers = slot.headers.flatMap(({ name, value }) => {
    const line = value.replace(/[\r\n]+/gu, '');
    const good =
      HEADERS.includes(name.toLowerCase()) && line.length <= MAX_VALUE && /^[\t\x20-\x7e]*$/.test(line);
    return good ? [[name.toLowerCase(), line] as const] : [];
  });
  return { put, get, headers: Object.fromEntries(headers) };
};
