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
