/** Personal eventing, XEP-0163: how private data is kept at one's own account. */

/** Options of a node by their names without `pubsub#` (XEP-0060 §16.4). */
export type NodeOptions = Readonly<Record<string, string>>;

/** A client that lists this feature gets the events of the node (§4.3). */
export const notify = (node: string): string => `${node}+notify`;

/** A node that nobody else may read (T8; XEP-0223 §3). */
export const privateNode: NodeOptions = {
  persist_items: 'true',
  send_last_published_item: 'never',
  access_model: 'whitelist',
};

/** How many items a node keeps: `max`, or a number. Not every server takes it beside an item. */
export const maxItems = (count: string): NodeOptions => ({ max_items: count });
