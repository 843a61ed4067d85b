/** The two halves of a bare JID. */
export interface AccountAddress {
  readonly local: string;
  readonly domain: string;
  readonly bare: string;
}

/** Splits a JID that was checked where it was typed (RFC 7622 §3.1: the resource first, then the local part). */
export const accountAddress = (jid: string): AccountAddress => {
  const bare = jid.split('/', 1)[0] ?? '';
  const at = bare.indexOf('@');
  return { local: bare.slice(0, Math.max(at, 0)), domain: bare.slice(at + 1).toLowerCase(), bare };
};
