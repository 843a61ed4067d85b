import { bareJid } from '../../../src-shared/model/jid';
import type { Element } from '../element';
import { parseStanzaIds } from '../xep/0359-stanza-ids';

/**
 * T9: the message's id in the own archive. It counts only when the own account put it there and the server says that it
 * takes away forged ones (XEP-0359 §5); two of them are one too many, so neither counts.
 */
export const trustedStanzaId = (
  message: Element,
  own: { readonly bare: string; readonly advertised: boolean },
): string | null => {
  if (!own.advertised) return null;
  const ours = parseStanzaIds(message).filter(({ by }) => by !== undefined && bareJid(by) === own.bare);
  return ours.length === 1 ? (ours[0]?.id ?? null) : null;
};
