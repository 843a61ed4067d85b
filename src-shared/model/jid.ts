/** XMPP addresses, RFC 7622: `local@domain/resource`. Compared only in the normalised form that these functions give (T16). */
import { domainPart } from './precis/domain';
import { opaqueString, usernameCaseMapped } from './precis/profiles';

export interface Jid {
  /** Null for a server or service. */
  readonly local: string | null;
  readonly domain: string;
  readonly resource: string | null;
  /** `local@domain`, or `domain`. */
  readonly bare: string;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;
/** §3.2 to §3.4: 1,023 octets a part. */
const fits = (part: string | null): part is string => part !== null && part !== '' && bytes(part) <= 1023;

/** §3.3.1: characters that are excluded from a localpart. */
const badLocal = /["&'/:<>@]/;
const badResource = /[\p{Cc}\p{Surrogate}]/u;
/** Nearly all there are: these parts are their own normal form. */
const plain = /^[a-z0-9._-]{1,63}$/;
const plainDomain = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

const localPart = (text: string): string | null => {
  if (plain.test(text)) return text;
  const local = badLocal.test(text) ? null : usernameCaseMapped(text);
  return fits(local) && !badLocal.test(local) ? local : null;
};

const domain = (text: string): string | null => {
  if (text.length <= 63 && plainDomain.test(text) && !text.includes('--')) return text;
  const found = domainPart(text);
  return fits(found) ? found : null;
};

/**
 * OpaqueString where it is one. Servers older than PRECIS hand out resources that are none (emoji that are put together, say);
 * a resource names a device or an occupant and no account, so what they wrote stands as it is, and nothing of theirs is lost.
 */
const resourcePart = (text: string): string | null => {
  const resource = opaqueString(text) ?? text.normalize('NFC');
  return fits(resource) && !badResource.test(resource) ? resource : null;
};

/**
 * Reads an address; null when it is not one. The localpart becomes UsernameCaseMapped (RFC 8265 §3.3), the domain U-labels in
 * lower case, so that two addresses are the same exactly when their texts are.
 */
export const parseJid = (text: string): Jid | null => {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  // §3.1: the first `@` ends the localpart.
  const at = address.indexOf('@');
  const local = at === -1 ? null : localPart(address.slice(0, at));
  const host = domain(address.slice(at + 1));
  const resource = slash === -1 ? null : resourcePart(text.slice(slash + 1));
  if (host === null || (at !== -1 && local === null) || (slash !== -1 && resource === null)) return null;
  return { local, domain: host, resource, bare: local === null ? host : `${local}@${host}` };
};

/** The bare JID of an address, or null. */
/** The whole address as text. */
export const addressOf = ({ bare, resource }: Pick<Jid, 'bare' | 'resource'>): string =>
  resource === null ? bare : `${bare}/${resource}`;

export const bareJid = (text: string): string | null => parseJid(text)?.bare ?? null;
