import { isLoopbackHost } from '../../../src-shared/model/file';
import type { Reach } from '../../ports';
import { isPlainAllowed } from '../../xmpp/guards/upload-slot';

/** Where files of this account may be put to and fetched from. */
export interface FileReach {
  /** See `isPlainAllowed`: of the last stream, while there is none. */
  plain(): boolean;
  /** For what the own server has named. */
  own(): Omit<Reach, 'mayBePrivate'>;
  /** For what somebody else has named: networks that are not the internet only where the own server is. */
  others(): Reach;
  /** For pages that links lead to, and what those name (T17): the internet alone, or this very computer where the server is. */
  pages(): Reach;
  isHome(host: string): boolean;
  useEndpoint(endpoint: string): void;
}

export interface ReachParts {
  readonly domain: string;
  /** host:port → fingerprint that the user trusts (T29). */
  pins(): Readonly<Record<string, string>>;
  /** A host from which the server's upload has given files. */
  isUploadHost(host: string): boolean;
}

export const createReach = ({ domain, pins, isUploadHost }: ReachParts): FileReach => {
  let endpoint: string | null = null;
  const plain = (): boolean => isPlainAllowed(endpoint);
  const isHome = (host: string): boolean =>
    host === domain ||
    host.endsWith(`.${domain}`) ||
    (endpoint !== null && new URL(endpoint).hostname === host) ||
    isUploadHost(host);
  const own = (): Omit<Reach, 'mayBePrivate'> => ({
    plain: plain(),
    pins: (host) =>
      Object.entries(pins()).flatMap(([address, fingerprint]) =>
        address.replace(/:\d+$/u, '') === host ? [fingerprint] : [],
      ),
  });
  return {
    plain,
    own,
    pages: () => ({ ...own(), mayBePrivate: (host) => plain() && isLoopbackHost(host) }),
    others: () => ({ ...own(), mayBePrivate: isHome }),
    isHome,
    useEndpoint(next) {
      if (URL.canParse(next)) endpoint = next;
    },
  };
};
