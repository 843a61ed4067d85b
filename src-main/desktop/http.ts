import { get as httpsGet } from 'node:https';
import * as tls from 'node:tls';
import type { Http, HttpOutcome } from '../ports';

const MAX_REDIRECTS = 5;

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}
type Answer = HttpOutcome | { readonly redirect: string };

/** What TLS trusts, as options of node:tls. */
export interface Trust {
  readonly ca?: string[];
}

/**
 * GET over https; the time-out holds for all redirects together.
 *
 * @param trust which certificates are good: those that this system trusts
 */
export const createHttp = (trust: () => Trust = systemTrust): Http => ({
  get: async (url, limits) => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort();
    }, limits.timeoutMs);
    try {
      let next = url;
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const answer = await getOnce(next, limits, abort.signal, trust());
        if (!('redirect' in answer)) return answer;
        next = answer.redirect;
      }
      return refused('too many redirects');
    } finally {
      clearTimeout(timer);
    }
  },
});

const refused = (reason: string): HttpOutcome => ({ ok: false, reason });

function getOnce(url: string, limits: Limits, signal: AbortSignal, trust: Trust): Promise<Answer> {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target?.protocol !== 'https:') return Promise.resolve(refused('not an https address'));
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      resolve(refused(signal.aborted ? 'timeout' : (error.code ?? error.name)));
    };
    const options = { signal, agent: false, ...trust };
    const request = httpsGet(target, options, (response) => {
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, target.href)) {
        response.resume();
        resolve({ redirect: new URL(location, target.href).href });
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= limits.maxBytes) chunks.push(chunk);
        else {
          resolve(refused('too large'));
          request.destroy();
        }
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve({ ok: true, status, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.on('error', fail);
  });
}

type ReadCertificates = (store: 'system' | 'default') => string[];

/** Offices trust authorities of their own through the system's store. Electron 33's Node cannot read that store. */
export function systemTrust(): Trust {
  const { getCACertificates } = tls as { readonly getCACertificates?: ReadCertificates };
  return getCACertificates ? { ca: [...getCACertificates('default'), ...getCACertificates('system')] } : {};
}
