/** T8: private data goes only where the server promises to keep the node closed in the same step (XEP-0060 §7.1.5, CVE-2018-6591). */
export const mayPublishPrivately = (features: ReadonlySet<string>): boolean =>
  features.has('http://jabber.org/protocol/pubsub#publish-options');
