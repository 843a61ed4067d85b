/** Flexible retrieval of offline messages, XEP-0013: the server keeps them until each is told to go. */
import { attr, child, children, xml, type Element } from '../element';

export const OFFLINE = 'http://jabber.org/protocol/offline';
const DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';

/** One message that waits at the server: its name there, and who sent it (full JID). */
export interface OfflineItem {
  readonly node: string;
  readonly from: string;
}

/** XEP-0013 §2.3. Whoever asks gets no flood at the first presence (§2.2). */
export const offlineItemsGet = (): Element => xml('query', { xmlns: DISCO_ITEMS, node: OFFLINE });

/** Null when it is no answer to that. */
export const parseOfflineItems = (iq: Element): readonly OfflineItem[] | null => {
  const query = child(iq, 'query', DISCO_ITEMS);
  if (!query) return null;
  return children(query, 'item', DISCO_ITEMS).flatMap((item) => {
    const [node, from] = [attr(item, 'node'), attr(item, 'name')];
    return node === undefined || from === undefined ? [] : [{ node, from }];
  });
};

/** XEP-0013 §2.6: all of them come, and stay. */
export const offlineFetch = (): Element => xml('offline', { xmlns: OFFLINE }, xml('fetch', {}));

/** XEP-0013 §2.5. */
export const offlineRemove = (nodes: readonly string[]): Element =>
  xml('offline', { xmlns: OFFLINE }, ...nodes.map((node) => xml('item', { action: 'remove', node })));

/**
 * The name that a fetched message has at the server; null on any other. The last one counts: a message that Openfire took back
 * from a session which ended keeps the names that it had before.
 */
export const parseOfflineNode = (message: Element): string | null => {
  const offline = children(message, 'offline', OFFLINE).at(-1);
  const item = offline && child(offline, 'item', OFFLINE);
  return (item && attr(item, 'node')) ?? null;
};
