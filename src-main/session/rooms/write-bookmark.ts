import { mayPublishPrivately } from '../../xmpp/guards/private-publish';
import type { IqOutcome, Link } from '../../xmpp/link';
import { privateGet, privateSet, storageIn } from '../../xmpp/xep/0048-private-bookmarks';
import { configure, create, publish, retract } from '../../xmpp/xep/0060-pubsub';
import { closed, privateNode } from '../../xmpp/xep/0163-pep';
import { bookmark, BOOKMARKS, BOOKMARKS_COMPAT, type KeptBookmark } from '../../xmpp/xep/0402-bookmarks';
import { isNowhere } from './read-bookmarks';

/** `in-part`: not where older clients look; `refused`: the server does not want it; `lost`: nobody knows. */
export type Written = 'written' | 'in-part' | 'refused' | 'lost';

/** A number, for Openfire knows no `max`, and one that Prosody takes as it is installed. */
const ALL = privateNode('250');

const isLost = (answer: IqOutcome): boolean =>
  !answer.ok && ['timeout', 'lost'].includes(answer.error.condition);
const conditionOf = (answer: IqOutcome): string | null => (answer.ok ? null : answer.error.condition);

/**
 * T8: who may read goes with every item, so that a node that is open to others is never written to.
 *
 *   with all options ──taken──▶ done
 *     ├─ conflict: with the one that matters ──taken──▶ done: another client made the node, closed
 *     └─ refused (ejabberd 23.01 knows few options), and the rest: the node is made, or made so, first. One that the server makes
 *        by itself would keep a single item, and each bookmark would put the one before it away.
 */
const publishOne = async (link: Link, one: KeptBookmark): Promise<IqOutcome> => {
  const attempt = (options: typeof ALL) =>
    link.iq('set', publish(BOOKMARKS, one.jid, bookmark(one), options));
  const first = await attempt(ALL);
  if (first.ok || isLost(first)) return first;
  if (conditionOf(first) === 'conflict') {
    const second = await attempt(closed);
    if (second.ok || isLost(second)) return second;
  }
  const made = await link.iq('set', create(BOOKMARKS, ALL));
  if (conditionOf(made) === 'conflict') await link.iq('set', configure(BOOKMARKS, ALL));
  return attempt(closed);
};

const writeNode = async (link: Link, jid: string, next: KeptBookmark | null): Promise<IqOutcome> => {
  if (next) return publishOne(link, next);
  const gone = await link.iq('set', retract(BOOKMARKS, jid));
  return conditionOf(gone) === 'item-not-found' ? { ok: true, iq: privateGet() } : gone;
};

/** What is there is read right before it is written, for it can only be written as a whole. Null: there is no such place. */
const writeStorage = async (
  link: Link,
  jid: string,
  next: KeptBookmark | null,
): Promise<IqOutcome | null> => {
  const found = await link.iq('get', privateGet());
  if (!found.ok) return isNowhere(found) ? null : found;
  const storage = storageIn(found.iq);
  if (!storage) return { ok: false, error: { condition: 'undefined-condition', type: null, text: null } };
  return link.iq('set', privateSet(storage, jid, next));
};

/**
 * Makes a bookmark what it is to be (null: none), in each of the places where the server has them.
 *
 * @param behind the newer form alone is not so yet
 */
export const writeBookmark = async (
  link: Link,
  features: ReadonlySet<string>,
  jid: string,
  next: KeptBookmark | null,
  behind = false,
): Promise<Written> => {
  const hasOlder = !behind && (!mayPublishPrivately(features) || !features.has(BOOKMARKS_COMPAT));
  const newer = mayPublishPrivately(features) ? await writeNode(link, jid, next) : null;
  const older = hasOlder ? await writeStorage(link, jid, next) : null;
  if ([newer, older].some((answer) => answer && isLost(answer))) return 'lost';
  const last = older ?? newer;
  if (last ? last.ok : behind) return 'written';
  return newer?.ok ? 'in-part' : 'refused';
};
