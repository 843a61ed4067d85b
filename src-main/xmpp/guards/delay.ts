/** XMPP was born in 1999: nothing was said before. */
const EARLIEST = Date.UTC(1999, 0, 4);

/** T12: a time that may be shown: never in the future nor before XMPP. */
export const sensibleTime = (at: number, now: number): number => (at < EARLIEST ? now : Math.min(at, now));

/** T12: whether the own server or the own account has set the stamp. */
const isTrustedStamp = (
  delay: { readonly from: string | null },
  own: { readonly bare: string; readonly domain: string },
): boolean => delay.from === own.domain || delay.from === own.bare;

const DAY_MS = 86_400_000;

/** T12: whether a message waited at the server. What a client stamps far ahead did not: no clock of a server is so wrong. */
export const hasWaited = (
  delay: { readonly from: string | null; readonly at: number } | null,
  own: { readonly bare: string; readonly domain: string },
  now: number,
): boolean => delay !== null && isTrustedStamp(delay, own) && delay.at <= now + DAY_MS;

/** T12: a time that a server's clock may well tell; null: none. One that is far ahead would put rows where nothing comes after. */
export const sensibleClock = (at: number | null, now: number): number | null =>
  at !== null && at >= EARLIEST && at <= now + DAY_MS ? at : null;

/**
 * T12: the time of what the own server alone has stamped: an entry of the archive, a copy. It may be ahead of a clock of ours that
 * is wrong (R11); what no clock of a server tells is now.
 */
export const serverTime = (at: number, now: number): number =>
  sensibleClock(at, now) ?? sensibleTime(at, now);

/**
 * T12: the time that a message is shown under: a stamp counts only when the own server or the own account set it.
 *
 * @param latest now by the clock that set it, where that is known
 */
export const trustedTime = (
  delay: { readonly from: string | null; readonly at: number } | null,
  own: { readonly bare: string; readonly domain: string },
  now: number,
  latest = now,
): number => (delay && isTrustedStamp(delay, own) ? sensibleTime(delay.at, latest) : now);
