import { bareJid } from '../../../src-shared/model/jid';
import { attr, type Element } from '../element';

/** T11: whose messages a receipt is about: those that went to its sender. Null for one of our own. */
export const receiptedPeer = (message: Element, ownBare: string): string | null => {
  const from = bareJid(attr(message, 'from') ?? ownBare);
  const to = bareJid(attr(message, 'to') ?? ownBare);
  // To ourselves (note to self) it is about our own conversation; from another device to somebody else about nothing here.
  return from === ownBare && to !== ownBare ? null : from;
};
