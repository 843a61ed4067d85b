/**
 * Where a redirect of the upgrade leads, when it may be followed: the same host, a scheme no worse, and another port only
 * with a better scheme. Null otherwise. Jetty, so Openfire, answers `/ws` with 302 and `http://host:7070/ws/`.
 */
export const followed = (from: URL, location: string): URL | null => {
  let to: URL;
  try {
    to = new URL(location.replace(/^http(s?):/i, 'ws$1:'), from);
  } catch {
    return null;
  }
  const better = from.protocol === 'ws:' && to.protocol === 'wss:';
  const same = from.protocol === to.protocol && from.port === to.port;
  return to.hostname === from.hostname && (better || same) && to.href !== from.href ? to : null;
};
