import { hostAndPort } from '../../../src-shared/model/address';

/** A typed server address as an endpoint: ws:// or wss://, a host, no credentials, no fragment. Null when it is none. */
export const parseEndpoint = (text: string): URL | null => {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const right = url.protocol === 'ws:' || url.protocol === 'wss:';
  return right && url.hostname !== '' && url.username === '' && url.password === '' && url.hash === ''
    ? url
    : null;
};

/** What servers come with, where a domain announces nothing: Openfire, Prosody, ejabberd. Never ws:// (T26). */
export const usualEndpoints = (domain: string): readonly string[] => [
  `wss://${domain}:7443/ws/`,
  `wss://${domain}:5281/xmpp-websocket`,
  `wss://${domain}:5443/ws`,
];

/** Where to look at what was typed; of a host without a scheme: where servers usually are there, encrypted (T26). */
export const endpointsOf = (
  typed: string,
  usual: (host: string) => readonly string[] = usualEndpoints,
): readonly (URL | null)[] => {
  const named = hostAndPort(typed);
  if (!named) return [parseEndpoint(typed)];
  const { host, port } = named;
  const paths = ['/ws/', '/xmpp-websocket', '/ws'];
  const hrefs = port === null ? usual(host) : paths.map((path) => `wss://${host}:${String(port)}${path}`);
  return hrefs.map(parseEndpoint);
};
