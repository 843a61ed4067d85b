/** XMPP was born in 1999: nothing was said before. */
const EARLIEST = Date.UTC(1999, 0, 4);

/**
 * T12: the time that a message is shown under. A stamp counts only when the own server or the own account set it, and
 * never points into the future or before XMPP.
 */
export const trustedTime = (
  delay: { readonly from: string | null; readonly at: number } | null,
  own: { readonly bare: string; readonly domain: string },
  now: number,
): number => {
  if (!delay || (delay.from !== own.domain && delay.from !== own.bare)) return now;
  return delay.at < EARLIEST ? now : Math.min(delay.at, now);
};
