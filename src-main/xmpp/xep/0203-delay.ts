/** Delayed delivery, XEP-0203. */
import { attr, child, xml, type Element } from '../element';

const DELAY = 'urn:xmpp:delay';

/** Who stamped a stanza and when (epoch milliseconds). */
export interface Delay {
  readonly from: string | null;
  readonly at: number;
}

/** A stamp of our own: the message was written at that time, and goes only now (§2). */
export const delayed = (from: string, at: number): Element =>
  xml('delay', { xmlns: DELAY, from, stamp: new Date(at).toISOString() });

/**
 * Reads the stamp of a stanza; null without a readable one. One without fractions names a whole second: its end is taken,
 * for its start would put the message before those that came earlier in the same second.
 */
export const parseDelay = (stanza: Element): Delay | null => {
  const read = readDelay(stanza);
  return read && { from: read.from, at: read.exact ? read.at : read.at + 999 };
};

/** The stamp of a forwarded stanza (XEP-0297 §3), as it is written. */
export const parseStamp = (forwarded: Element): Delay | null => {
  const read = readDelay(forwarded);
  return read && { from: read.from, at: read.at };
};

const readDelay = (stanza: Element): (Delay & { readonly exact: boolean }) | null => {
  const delay = child(stanza, 'delay', DELAY);
  const stamp = (delay && attr(delay, 'stamp')) ?? '';
  const at = Date.parse(stamp);
  if (!delay || Number.isNaN(at)) return null;
  return { from: attr(delay, 'from') ?? null, at, exact: stamp.includes('.') };
};
