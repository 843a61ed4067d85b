import { attr, type Element } from '../element';

/** T1: only the own account makes copies of our messages; anybody can send what looks like one (XEP-0280 §11, CVE-2017-5589). */
export const isOwnCarbon = (message: Element, ownBare: string): boolean => attr(message, 'from') === ownBare;
