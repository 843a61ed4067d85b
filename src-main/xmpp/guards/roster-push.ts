import { attr, type Element } from '../element';

/** T2: a roster push counts only without `from` or from the own bare JID (RFC 6121 §2.1.6, CVE-2015-8688). */
export const isOwnRosterPush = (push: Element, ownBare: string): boolean => {
  const from = attr(push, 'from');
  return from === undefined || from === ownBare;
};
