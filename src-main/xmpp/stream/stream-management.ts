/** The elements that begin and resume counting (XEP-0198 §3 and §5). */
import type { Resumption } from '../link';
import { countOf } from './acknowledgements';
import { xml, type Element } from './xml';

export interface Enabled {
  readonly version: string;
  /** Null: without resumption. */
  readonly resume: Pick<Resumption, 'id' | 'max' | 'location'> | null;
}

export const enableElement = (version: string, resumable: boolean): Element =>
  xml('enable', { xmlns: version, ...(resumable ? { resume: 'true' } : {}) });

export const resumeElement = ({ version, id, handled }: Resumption): Element =>
  xml('resume', { xmlns: version, previd: id, h: String(handled) });

/** `<enabled/>` on a stream over `endpoint`. */
export const enabledIn = (enabled: Element, endpoint: URL): Enabled => {
  const { id, resume, max, location } = enabled.attrs as Readonly<Record<string, string | undefined>>;
  const resumable = (resume === 'true' || resume === '1') && id !== undefined && id !== '';
  return {
    version: enabled.getNS() ?? '',
    resume: resumable ? { id, max: countOf(max), location: usableLocation(location, endpoint) } : null,
  };
};

/**
 * Where the server wants the session resumed. XEP-0198 has host and port there, and a WebSocket needs the rest: that of the
 * endpoint. One without TLS is never taken where there was TLS (T26).
 */
const usableLocation = (location: string | undefined, endpoint: URL): string | null => {
  if (location === undefined) return null;
  const isUrl = /^[a-z]+:\/\//i.test(location);
  const text = isUrl ? location : `${endpoint.protocol}//${location}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!isUrl) {
    if (url.port === '' && !/:\d+$/.test(location)) url.port = endpoint.port;
    url.pathname = endpoint.pathname;
  }
  const safe = url.protocol === 'wss:' || (url.protocol === 'ws:' && endpoint.protocol === 'ws:');
  return safe && url.username === '' && url.hash === '' && url.href !== endpoint.href ? url.href : null;
};

/** How the server answered `<resume/>`. */
export type ResumeAnswer =
  | { readonly kind: 'resumed'; readonly handled: number }
  | { readonly kind: 'refused'; readonly handled: number | null }
  /** Another session than the one that was asked for, or no count. */
  | { readonly kind: 'malformed' };

export const isResumeAnswer = (element: Element, { version }: Resumption): boolean =>
  element.is('resumed', version) || element.is('failed', version);

export const resumeAnswer = (element: Element, { id }: Resumption): ResumeAnswer => {
  const handled = countOf(element.attrs['h']);
  if (element.getName() === 'failed') return { kind: 'refused', handled };
  return element.attrs['previd'] === id && handled !== null
    ? { kind: 'resumed', handled }
    : { kind: 'malformed' };
};
