/** XMPP addresses, RFC 7622: `local@domain/resource`. Compared only in the normalised form that these functions give. */
export interface Jid {
  /** Null for a server or service. */
  readonly local: string | null;
  readonly domain: string;
  readonly resource: string | null;
  /** `local@domain`, or `domain`. */
  readonly bare: string;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const fits = (part: string): boolean => part !== '' && bytes(part) <= 1023;

/** RFC 7622 §3.3.1: excluded from a localpart; and space and controls. */
const badLocal = /["&'/:<>@\s\p{Cc}\p{Surrogate}]/u;
const badDomain = /[^\p{L}\p{M}\p{N}.\-:[\]_]/u;
const badResource = /[\p{Cc}\p{Surrogate}]/u;

/** Reads an address; null when it is not one. Localpart and domain are lower-cased and put into NFC. */
export const parseJid = (text: string): Jid | null => {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const resource = slash === -1 ? null : text.slice(slash + 1).normalize('NFC');
  const at = address.indexOf('@');
  const local = at === -1 ? null : address.slice(0, at).normalize('NFKC').toLowerCase();
  const domain = address
    .slice(at + 1)
    .normalize('NFC')
    .toLowerCase()
    .replace(/\.$/, '');
  if (local !== null && (!fits(local) || badLocal.test(local))) return null;
  if (!fits(domain) || badDomain.test(domain) || domain.startsWith('.') || domain.includes('..')) return null;
  if (resource !== null && (!fits(resource) || badResource.test(resource))) return null;
  return { local, domain, resource, bare: local === null ? domain : `${local}@${domain}` };
};

/** The bare JID of an address, or null. */
export const bareJid = (text: string): string | null => parseJid(text)?.bare ?? null;
