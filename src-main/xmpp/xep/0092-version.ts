/** Software version, XEP-0092. */
import { child, childText, xml, type Element } from '../element';

const VERSION = 'jabber:iq:version';

export const versionGet = (): Element => xml('query', { xmlns: VERSION });

export const isVersionRequest = (iq: Element): boolean => child(iq, 'query', VERSION) !== undefined;

/** Our name and version; the operating system stays our own business. */
export const versionAnswer = (version: string): Element =>
  xml('query', { xmlns: VERSION }, xml('name', {}, 'Flint'), xml('version', {}, version));

/** Name and version of an answer, at most 100 characters; null when it says neither. */
export const parseVersion = (iq: Element): string | null => {
  const query = child(iq, 'query', VERSION);
  if (!query) return null;
  const parts = [childText(query, 'name', VERSION), childText(query, 'version', VERSION)];
  return (
    parts
      .filter((part) => part)
      .join(' ')
      .slice(0, 100) || null
  );
};
