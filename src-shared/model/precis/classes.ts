/** The string classes of PRECIS: which code points may be in an identifier, and which in free text (RFC 8264 §4, §8, §9). */

/** What RFC 8264 §9.6 lists by hand, beside those that depend on their neighbours (context.ts). */
const exceptionallyValid = /^(?:\u00DF|\u03C2|\u06FD|\u06FE|\u0F0B|\u3007)$/u;
const exceptionallyDisallowed = /^(?:[\u0640\u07FA\u3031-\u3035\u303B]|\u302E|\u302F)$/u;
/** §9.6 and §9.8: allowed where their neighbours make sense of them. */
const contextual = /^[\u00B7\u0375\u05F3\u05F4\u30FB\u0660-\u0669\u06F0-\u06F9\u200C\u200D]$/u;
const ascii7 = /^[\u0021-\u007E]$/u;
/** §9.9, §9.12, §9.13: conjoining jamo, what draws nothing, controls; and code points that are none (§9.10). */
const neverAllowed =
  /^[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]$/u;
const letterOrDigit = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u;
const freeText = /^[\p{L}\p{M}\p{N}\p{Zs}\p{S}\p{P}\p{Cf}]$/u;

const hasCompat = (character: string): boolean => character.normalize('NFKC') !== character;

/** What every class says of a code point, or null where they differ. */
const common = (character: string): boolean | null => {
  if (exceptionallyValid.test(character) || contextual.test(character)) return true;
  if (exceptionallyDisallowed.test(character)) return false;
  if (ascii7.test(character)) return true;
  return neverAllowed.test(character) ? false : null;
};

/** IdentifierClass (§4.2): letters, digits and visible ASCII, none of them another way to write a different one. */
export const inIdentifier = (character: string): boolean =>
  common(character) ?? (!hasCompat(character) && letterOrDigit.test(character));

/** FreeformClass (§4.3): also spaces, symbols, punctuation and compatibility forms. */
export const inFreeform = (character: string): boolean =>
  common(character) ?? (hasCompat(character) || freeText.test(character));
