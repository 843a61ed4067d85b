/** Last user interaction in presence, XEP-0319. */
import { attr, child, xml, type Element } from '../element';

const IDLE = 'urn:xmpp:idle:1';

/** §3. @param since epoch milliseconds; told in whole seconds */
export const idleElement = (since: number): Element =>
  xml('idle', {
    xmlns: IDLE,
    since: `${new Date(since).toISOString().slice(0, 19)}Z`,
  });

/** Since when nobody has touched the computer that a presence comes from, epoch milliseconds; null when it does not say. */
export const parseIdle = (presence: Element): number | null => {
  const idle = child(presence, 'idle', IDLE);
  const at = Date.parse((idle && attr(idle, 'since')) ?? '');
  return Number.isNaN(at) ? null : at;
};
