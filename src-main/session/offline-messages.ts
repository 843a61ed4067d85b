import { attr, type Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import {
  OFFLINE,
  offlineFetch,
  offlineItemsGet,
  offlineRemove,
  parseOfflineItems,
  parseOfflineNode,
  type OfflineItem,
} from '../xmpp/xep/0013-offline';
import { MAM } from '../xmpp/xep/0313-archive';
import type { SessionContext } from './context';

/**
 * Messages that wait at a server without an archive (XEP-0160), fetched one list at a time (XEP-0013). Left to itself
 * Openfire reads them at the first presence and then deletes all that is there: what came in between is gone, unseen.
 * Here each is deleted by its name, once it is kept (persist, then act):
 *
 *   list (so no flood) ──▶ presence ──▶ fetch ──▶ kept ──▶ remove what was on the list ──▶ list … until it is empty
 */
export interface OfflineMessages {
  /** Before the first presence of a stream. Never rejects. */
  hold(link: Link): Promise<void>;
  /** After it. */
  wentOnline(link: Link): void;
  /** A message was committed. */
  kept(message: Element): void;
}

/** What was on its way to us while we came may have been put there after the last look. */
const LATER_MS = 3_000;
/** What was fetched and is not kept by then comes again another time. */
const KEPT_MS = 10_000;
const MOST_LISTS = 20;

export const createOfflineMessages = (context: SessionContext): OfflineMessages => {
  const { clock, log } = context.ports;
  /** The list of this stream's server as it was before presence; null: it does as it likes. */
  let held: { readonly link: Link; readonly items: readonly OfflineItem[] } | null = null;
  /** How many messages came and were kept under each name, of those who sent them. */
  let kept = new Map<string, number>();
  let whenKept: (() => void) | null = null;

  const keyOf = ({ node, from }: OfflineItem): string => JSON.stringify([node, from]);
  const list = async (link: Link): Promise<readonly OfflineItem[] | null> => {
    const answer = await link.iq('get', offlineItemsGet());
    return answer.ok ? parseOfflineItems(answer.iq) : null;
  };

  /** Two that came in the same moment have one name. */
  const allKept = (items: readonly OfflineItem[]): boolean =>
    items.every((item) => {
      const same = items.filter(({ node, from }) => node === item.node && from === item.from).length;
      return (kept.get(keyOf(item)) ?? 0) >= same;
    });
  const waitUntilKept = async (items: readonly OfflineItem[]): Promise<void> => {
    const patience = new AbortController();
    const timer = clock.after(KEPT_MS, () => {
      patience.abort();
      whenKept?.();
    });
    while (!allKept(items) && !patience.signal.aborted) {
      await new Promise<void>((resolve) => (whenKept = resolve));
    }
    timer.cancel();
  };

  /** One list: fetched, kept, removed. False when there is nothing to go on with. */
  const take = async (link: Link, items: readonly OfflineItem[]): Promise<boolean> => {
    kept = new Map();
    if (!(await link.iq('get', offlineFetch())).ok) return false;
    await waitUntilKept(items);
    // A name goes only when everything under it is kept: it stands for all of them.
    const names = new Set(items.map(({ node }) => node));
    const safe = [...names].filter((name) => allKept(items.filter(({ node }) => node === name)));
    return safe.length > 0 && (await link.iq('set', offlineRemove(safe))).ok;
  };

  const takeAll = async (link: Link, first: readonly OfflineItem[] | null): Promise<void> => {
    let items = first ?? (await list(link));
    for (let n = 0; n < MOST_LISTS && items && items.length > 0 && context.link() === link; n++) {
      if (!(await take(link, items))) return;
      items = await list(link);
    }
  };
  const begin = (link: Link, first: readonly OfflineItem[] | null): Promise<void> =>
    takeAll(link, first).catch((error: unknown) => {
      log.error('offline-messages', { reason: error instanceof Error ? error.name : 'unknown' });
    });

  return {
    async hold(link) {
      held = null;
      // An archive has all of it anyway.
      if (!context.features().has(OFFLINE) || context.features().has(MAM)) return;
      const items = await list(link);
      if (items) held = { link, items };
    },
    wentOnline(link) {
      if (held?.link !== link) return;
      void begin(link, held.items).then(() => {
        clock.after(LATER_MS, () => {
          if (context.link() === link) void begin(link, null);
        });
      });
    },
    kept(message) {
      const node = parseOfflineNode(message);
      if (node === null) return;
      // A contact can write any name into a message, but no other sender: it can remove its own alone.
      const key = keyOf({ node, from: attr(message, 'from') ?? '' });
      kept.set(key, (kept.get(key) ?? 0) + 1);
      whenKept?.();
    },
  };
};
