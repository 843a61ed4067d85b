/** Blocking, XEP-0191. */
import { attr, child, children, xml, type Element } from '../element';

export const BLOCKING = 'urn:xmpp:blocking';

export const blockListGet = (): Element => xml('blocklist', { xmlns: BLOCKING });
export const block = (jid: string): Element => xml('block', { xmlns: BLOCKING }, xml('item', { jid }));
export const unblock = (jid: string): Element => xml('unblock', { xmlns: BLOCKING }, xml('item', { jid }));

const jidsIn = (list: Element): readonly string[] =>
  children(list, 'item', BLOCKING).flatMap((item) => attr(item, 'jid') ?? []);

export const parseBlockList = (iq: Element): readonly string[] => {
  const list = child(iq, 'blocklist', BLOCKING);
  return list ? jidsIn(list) : [];
};

export interface BlockPush {
  readonly type: 'block' | 'unblock';
  /** For `unblock`, none means everybody (§3.5). */
  readonly jids: readonly string[];
}

/** §3.3, §3.4: another device changed the list; null when the request is none of that. */
export const parseBlockPush = (iq: Element): BlockPush | null => {
  for (const type of ['block', 'unblock'] as const) {
    const change = child(iq, type, BLOCKING);
    if (change) return { type, jids: jidsIn(change) };
  }
  return null;
};
