/** Last user interaction in presence, XEP-0319. */
import { xml, type Element } from '../element';

/** §3. @param since epoch milliseconds; told in whole seconds */
export const idleElement = (since: number): Element =>
  xml('idle', {
    xmlns: 'urn:xmpp:idle:1',
    since: `${new Date(since).toISOString().slice(0, 19)}Z`,
  });
