/** Personal eventing, XEP-0163: how private data is kept at one's own account. */
import type { NodeOptions } from './0060-pubsub';

/** A client that lists this feature gets the events of the node (§4.3). */
export const notify = (node: string): string => `${node}+notify`;

/**
 * Options of a node that nobody else may read (T8; XEP-0223 §3). `maxItems` is `max`, or a number for servers that do
 * not know the word.
 */
export const privateNode = (maxItems: string): NodeOptions => ({
  persist_items: 'true',
  max_items: maxItems,
  send_last_published_item: 'never',
  access_model: 'whitelist',
});
