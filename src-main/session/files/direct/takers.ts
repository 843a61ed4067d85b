import type { ResourcePresence } from '../../../../src-shared/model/presence';
import type { Link } from '../../../xmpp/link';
import { infoGet, parseInfo } from '../../../xmpp/xep/0030-disco';
import { IBB } from '../../../xmpp/xep/0047-bytestreams';
import { SI, SI_FILE } from '../../../xmpp/xep/0096-file-offers';

/** A client that stands idle in a corner is not asked for long. */
const ASK_MS = 10_000;
const MOST = 5;
const WAYS = [SI, SI_FILE, IBB];

/**
 * The full JID of the client that a file is offered to: the strongest of those that can take one. Each is asked (XEP-0030),
 * for what its presence says of it may be known of another with the same hash only.
 */
export const findTaker = async (
  link: Link,
  bare: string,
  resources: readonly ResourcePresence[],
): Promise<{ readonly jid: string } | 'nobody' | 'no-way'> => {
  const there = [...resources]
    .filter(({ kind, priority }) => kind !== 'offline' && priority >= 0)
    .sort((one, other) => other.priority - one.priority)
    .slice(0, MOST);
  if (there.length === 0) return 'nobody';
  for (const { resource } of there) {
    const jid = `${bare}/${resource}`;
    const answer = await link.iq('get', infoGet(), { to: jid, timeoutMs: ASK_MS });
    const info = answer.ok ? parseInfo(answer.iq) : null;
    if (info && WAYS.every((way) => info.features.includes(way))) return { jid };
  }
  return 'no-way';
};
