import { attr, type Element } from '../element';

/** T7: data of the own account comes from the own account alone; others publish at nodes of the same names (CVE-2023-28686). */
export const isOwnEvent = (message: Element, ownBare: string): boolean => {
  const from = attr(message, 'from');
  return from === undefined || from === ownBare;
};
