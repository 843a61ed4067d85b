/** The two profiles of PRECIS that addresses are made of (RFC 8265, RFC 7622 §3.3 and §3.4). */
import { bidiHolds } from './bidi';
import { inFreeform, inIdentifier } from './classes';
import { contextsHold } from './context';

/** Fullwidth and halfwidth forms become the ordinary ones (RFC 8264 §5.2.1). */
export const mapWidth = (text: string): string =>
  text.replace(/[\u3000\uFF01-\uFFEE]/gu, (character) => character.normalize('NFKC'));

/** How often a profile may be applied until nothing changes any more (RFC 8264 §7). */
const mostRounds = 4;

const stable = (text: string, round: (text: string) => string | null): string | null => {
  let current = text;
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    const next = round(current);
    if (next === null || next === current) return next;
    current = next;
  }
  return null;
};

/**
 * UsernameCaseMapped (RFC 8265 §3.3): one way of writing for all that count as the same name; null when it is none.
 */
export const usernameCaseMapped = (text: string): string | null =>
  stable(text, (current) => {
    const wide = mapWidth(current);
    if (wide === '' || ![...wide].every(inIdentifier)) return null;
    const mapped = wide.toLowerCase().normalize('NFC');
    return contextsHold(mapped) && bidiHolds(mapped) ? mapped : null;
  });

/** OpaqueString (RFC 8265 §4.2): case and width stay, every kind of space becomes U+0020; null when it is none. */
export const opaqueString = (text: string): string | null =>
  stable(text, (current) => {
    if (current === '' || ![...current].every(inFreeform)) return null;
    const mapped = current.replace(/\p{Zs}/gu, ' ').normalize('NFC');
    return contextsHold(mapped) ? mapped : null;
  });
