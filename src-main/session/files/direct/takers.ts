import type { ResourcePresence } from '../../../../src-shared/model/presence';
import type { Link } from '../../../xmpp/link';
import { infoGet, parseInfo } from '../../../xmpp/xep/0030-disco';
import type { Way } from './ways';

/** A client that stands idle in a corner is not asked for long. */
const ASK_MS = 10_000;
const MOST = 5;

/** The client of a contact that a file is offered to, by its full JID, and the way. */
export interface Taker {
  readonly jid: string;
  readonly way: Way;
}

/**
 * The strongest of the clients that can take a file, with the first of `ways` that it knows. Each is asked (XEP-0030), for
 * what its presence says of it may be known of another with the same hash only.
 */
export const findTaker = async (
  link: Link,
  bare: string,
  resources: readonly ResourcePresence[],
  ways: readonly Way[],
): Promise<Taker | 'nobody' | 'no-way'> => {
  const there = [...resources]
    .filter(({ kind, priority }) => kind !== 'offline' && priority >= 0)
    .sort((one, other) => other.priority - one.priority)
    .slice(0, MOST);
  if (there.length === 0) return 'nobody';
  for (const { resource } of there) {
    const jid = `${bare}/${resource}`;
    const answer = await link.iq('get', infoGet(), { to: jid, timeoutMs: ASK_MS });
    const info = answer.ok ? parseInfo(answer.iq) : null;
    const way = info && ways.find(({ features }) => features.every((one) => info.features.includes(one)));
    if (way) return { jid, way };
  }
  return 'no-way';
};
