/** Why an address or a server URL cannot be used; each has words in the catalogues (`signIn.problem-…`). */
export type AddressProblem =
  | 'empty'
  | 'no-at' // only a server, or only a name
  | 'no-name'
  | 'no-server'
  | 'resource' // `/…` belongs under "More"
  | 'name-character' // RFC 7622 §3.3.1, or white space; params: the character
  | 'server-character'
  | 'too-long'; // RFC 7622 §3.2, §3.3: 1,023 bytes a part
export type ServerProblem = 'not-a-url' | 'scheme' | 'user-in-url' | 'fragment';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
/** White space, controls and what RFC 7622 §3.3.1 forbids in a localpart. */
const badInName = /[\s\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF"&'/:<>@]/u;
const badInServer = /[^\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61-]/u;

/** A domainpart as RFC 7622 §3.2 allows it: labels of at most 63 characters, an IPv4 address, or an IPv6 one in brackets. */
const serverProblem = (server: string): AddressProblem | null => {
  if (server === '') return 'no-server';
  if (bytes(server) > 1023) return 'too-long';
  if (server.startsWith('['))
    return /^\[[0-9a-f:.]+\]$/i.test(server) && URL.canParse(`http://${server}/`) ? null : 'server-character';
  if (badInServer.test(server)) return 'server-character';
  // RFC 7622 §3.2: a trailing dot is no part of the name.
  const labels = server.replace(/\.$/, '').split('.');
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-')))
    return 'server-character';
  return labels.some((label) => label.length > 63) || !URL.canParse(`http://${server}/`) ? 'too-long' : null;
};

/** What is wrong with a bare JID as typed (outer white space apart), or null. The core decides in the end (PRECIS). */
export const addressProblem = (typed: string): AddressProblem | null => {
  const address = typed.trim();
  if (address === '') return 'empty';
  const slash = address.indexOf('/');
  const bare = slash === -1 ? address : address.slice(0, slash);
  // RFC 7622 §3.1: the first `@` ends the localpart.
  const at = bare.indexOf('@');
  if (at === -1) return 'no-at';
  const name = bare.slice(0, at);
  if (name === '') return 'no-name';
  if (badInName.test(name)) return 'name-character';
  if (bytes(name) > 1023) return 'too-long';
  return serverProblem(bare.slice(at + 1)) ?? (slash === -1 ? null : 'resource');
};

/** A whole bare JID where names are looked for; null: what was typed is none. */
export const typedAddress = (typed: string): string | null => {
  const address = typed.trim().toLowerCase();
  return addressProblem(address) === null ? address : null;
};

/** The server addresses in what was typed, separated by white space or commas, in their order; none: "find it" (XEP-0156). */
export const typedServers = (typed: string | null): readonly string[] =>
  (typed ?? '').split(/[\s,]+/).filter((address) => address !== '');

/** What is wrong with the first server address that is wrong, or null. */
export const serverUrlProblem = (typed: string): ServerProblem | null => {
  for (const address of typedServers(typed)) {
    const problem = urlProblem(address);
    if (problem) return problem;
  }
  return null;
};

/** A host and perhaps a port, as other programs ask for them; null: it is something else. */
export const hostAndPort = (
  address: string,
): { readonly host: string; readonly port: number | null } | null => {
  const [, host = '', digits] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(address) ?? [];
  const port = digits === undefined ? null : Number(digits);
  const isPort = port === null || (port > 0 && port < 65_536);
  return isPort && serverProblem(host) === null ? { host, port } : null;
};

const urlProblem = (address: string): ServerProblem | null => {
  if (hostAndPort(address)) return null;
  if (!/^wss?:\/\//i.test(address)) return 'scheme';
  if (/\p{Cc}/u.test(address) || !URL.canParse(address)) return 'not-a-url';
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'user-in-url';
  return url.hash === '' ? null : 'fragment';
};

/** The server's part of an address as typed, or null while there is none. */
export const serverOf = (typed: string): string | null => {
  const server = typed.trim().split('/', 1)[0]?.split('@')[1] ?? '';
  return server === '' ? null : server;
};
