/** The own server's word, and that of services under its domain, is one word; that of any other domain is somebody else's (T31). */
export const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);
