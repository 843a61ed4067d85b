import { addressProblem } from './address';

const MAX_LOCAL = 60;
/** A channel has its name for address, as far as addresses allow (RFC 7622 §3.3). */
export const localOf = (name: string): string =>
  [
    ...name
      .trim()
      .toLocaleLowerCase('en')
      .replace(/[\s"&'/:<>@]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  ]
    .slice(0, MAX_LOCAL)
    .join('');

/**
 * The address that is meant by what was typed: a name alone is one of the service's rooms, whose address was made of it where it
 * cannot be one itself.
 */
export const typedRoom = (typed: string, service: string | null): string => {
  const text = typed.trim();
  if (text === '' || text.includes('@') || service === null) return text;
  const address = `${text}@${service}`;
  return addressProblem(address) === null ? address : `${localOf(text)}@${service}`;
};
