import type { IqOutcome, Link } from '../../xmpp/link';
import { parseStorage, privateGet, storageIn } from '../../xmpp/xep/0048-private-bookmarks';
import { itemsGet, parseItems } from '../../xmpp/xep/0060-pubsub';
import { BOOKMARKS, BOOKMARKS_COMPAT, parseBookmark, type KeptBookmark } from '../../xmpp/xep/0402-bookmarks';
import type { LatestChanges } from './latest-changes';

/** Nobody has more rooms than this; of a longer list the rest is not looked at. */
export const MOST_BOOKMARKS = 250;

export interface FoundBookmarks {
  readonly newer: ReadonlyMap<string, KeptBookmark>;
  /** Of older clients; null: there is no place for them, or the server keeps them the same. */
  readonly older: ReadonlyMap<string, KeptBookmark> | null;
  /** There is no place for bookmarks yet: nothing can be missing from it. */
  readonly isNew: boolean;
}

const byJid = (list: readonly (KeptBookmark | null)[]): ReadonlyMap<string, KeptBookmark> =>
  new Map(list.flatMap((one) => (one ? [[one.jid, one] as const] : [])).slice(0, MOST_BOOKMARKS));

/** There is no such place; whatever else a server says, it does not say that there are no bookmarks (R19). */
export const isNowhere = (answer: IqOutcome): boolean =>
  !answer.ok &&
  ['item-not-found', 'service-unavailable', 'feature-not-implemented'].includes(answer.error.condition);

/** Both forms; null: nobody knows. */
export const readBookmarks = async (
  link: Link,
  own: string,
  features: ReadonlySet<string>,
): Promise<FoundBookmarks | null> => {
  const [items, stored] = await Promise.all([
    link.iq('get', itemsGet(BOOKMARKS), { to: own }),
    features.has(BOOKMARKS_COMPAT) ? null : link.iq('get', privateGet()),
  ]);
  const isUnknown = [items, stored].some((answer) => answer && !answer.ok && !isNowhere(answer));
  if (isUnknown) return null;
  const storage = stored?.ok ? storageIn(stored.iq) : null;
  return {
    newer: byJid(items.ok ? parseItems(items.iq, BOOKMARKS).map(parseBookmark) : []),
    older: storage && byJid(parseStorage(storage)),
    isNew: !items.ok && storage === null,
  };
};

export interface MergedBookmarks {
  readonly list: readonly KeptBookmark[];
  /** Where an older client had the last word: the newer form is to follow. */
  readonly lagging: readonly string[];
}

/**
 * One list out of both, in the order of the newer form. Where they differ, the one that was changed since they were seen last
 * is right, and the newer one where both were, or where that was made so a moment ago.
 */
export const mergeBookmarks = (
  { newer, older }: Pick<FoundBookmarks, 'newer' | 'older'>,
  seen: ReadonlyMap<string, boolean>,
  seenOlder: ReadonlyMap<string, boolean>,
  latest: Pick<LatestChanges, 'has'>,
): MergedBookmarks => {
  const list: KeptBookmark[] = [];
  const lagging: string[] = [];
  for (const jid of new Set([...newer.keys(), ...(older?.keys() ?? [])])) {
    const one = newer.get(jid);
    const old = older?.get(jid);
    const isLatest = latest.has(jid, one?.autojoin);
    const isOldNews = older !== null && old?.autojoin !== seenOlder.get(jid);
    const isNews = one?.autojoin !== seen.get(jid);
    const isNewer = isLatest || (one && (!isOldNews || isNews || old?.autojoin === one.autojoin));
    if (one && !isNewer) lagging.push(jid);
    // What else is in the older form is kept where it is.
    const right = isNewer ? one : old && { ...old, kept: one?.kept ?? null };
    if (right && list.length < MOST_BOOKMARKS) list.push(right);
  }
  return { list, lagging };
};
