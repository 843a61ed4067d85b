import { isLoopbackHost } from '../../../src-shared/model/file';
import type { Reach } from '../../ports';
import { isPlainAllowed } from '../../xmpp/guards/upload-slot';

/** Where files of this account may be put to and fetched from. */
export interface FileReach {
  /** See `isPlainAllowed`: of the last stream, while there is none. */
  plain(): boolean;
  /** For what the own server has named. */
  own(): Omit<Reach, 'mayBePrivate'>;
  /**
   * For what somebody else has named: networks that are not the internet only where the own server is.
   *
   * @param homeOnly nothing but the own server, wherever it leads (T31)
   */
  others(homeOnly: boolean): Reach;
  /** For pages that links lead to, and what those name (T17): the internet alone, or this very computer where the server is. */
  pages(homeOnly: boolean): Reach;
  isHome(host: string): boolean;
  useEndpoint(endpoint: string): void;
}

export interface ReachParts {
  readonly domain: string;
  /** host:port → fingerprint that the user trusts (T29). */
  pins(): Readonly<Record<string, string>>;
  /** The server's upload itself, or a host from which it has given files. */
  isUploadHost(host: string): boolean;
}

export const createReach = ({ domain, pins, isUploadHost }: ReachParts): FileReach => {
  let endpoint: string | null = null;
  const plain = (): boolean => isPlainAllowed(endpoint);
  /** Other hosts under its domain are none of its own: they may stand inside a network, and do something when they are asked. */
  const isHome = (host: string): boolean =>
    host === domain || (endpoint !== null && new URL(endpoint).hostname === host) || isUploadHost(host);
  const own = (): Omit<Reach, 'mayBePrivate'> => ({
    plain: plain(),
    mayGo: () => true,
    pins: (host) =>
      Object.entries(pins()).flatMap(([address, fingerprint]) =>
        address.replace(/:\d+$/u, '') === host ? [fingerprint] : [],
      ),
  });
  const within = (homeOnly: boolean): Omit<Reach, 'mayBePrivate'> =>
    homeOnly ? { ...own(), mayGo: isHome } : own();
  return {
    plain,
    own,
    pages: (homeOnly) => ({
      ...within(homeOnly),
      mayBePrivate: (host) => plain() && isLoopbackHost(host),
    }),
    others: (homeOnly) => ({ ...within(homeOnly), mayBePrivate: isHome }),
    isHome,
    useEndpoint(next) {
      if (URL.canParse(next)) endpoint = next;
    },
  };
};
