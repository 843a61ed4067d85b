/** Personal eventing, XEP-0163: how private data is kept at one's own account. */

/** Options of a node by their names without `pubsub#` (XEP-0060 §16.4). */
export type NodeOptions = Readonly<Record<string, string>>;

/** A client that lists this feature gets the events of the node (§4.3). */
export const notify = (node: string): string => `${node}+notify`;

/** Nobody else may read the node (T8): the least that has to hold where something private is written. */
export const closed: NodeOptions = { access_model: 'whitelist' };

/** A node for private things that are all kept (XEP-0223 §3); `maxItems`: a number where the word `max` is not understood. */
export const privateNode = (maxItems: string): NodeOptions => ({
  ...closed,
  persist_items: 'true',
  send_last_published_item: 'never',
  max_items: maxItems,
});
