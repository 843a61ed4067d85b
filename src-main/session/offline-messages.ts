import type { Timer } from '../ports';
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
import { parseDelay } from '../xmpp/xep/0203-delay';
import { MAM } from '../xmpp/xep/0313-archive';
import type { SessionContext } from './context';

/**
 * Messages that wait at a server without an archive (XEP-0160), fetched one list at a time (XEP-0013). Left to itself
 * Openfire reads them at the first presence and then deletes all that is there: what came in between is gone, unseen.
 * Here each is deleted by its name, once it is kept (persist, then act):
 *
 *   list (so no flood) ──▶ fetch ──▶ kept ──▶ remove what was on the list ──▶ list … until it is empty ──▶ presence
 */
export interface OfflineMessages {
  /** Before the first presence of a stream, so that what waited comes before what is new. Never rejects. */
  begin(link: Link): Promise<void>;
  /** After it: what came on the way between the two. */
  wentOnline(link: Link): void;
  /** Runs what commits a message; of those that were fetched the one that waited longest first. */
  inOrder(message: Element, commit: () => Promise<void>): Promise<void>;
}

/** What was on its way to us while we came may have been put there after the last look. */
const LATER_MS = 3_000;
/** What was fetched and is not kept by then comes again another time. */
const KEPT_MS = 10_000;
/** What is on a list and does not come holds up nobody for longer. */
const GATHER_MS = 500;
/** So many are gathered at most: as many as a stream hands over side by side. */
const MOST = 50;
const MOST_LISTS = 20;
/** What came live waits so long, and so many of them, for what had waited before it. */
const LIVE_MS = 2_000;
const MOST_LIVE = 25;

interface Gathered {
  readonly at: number;
  readonly run: () => void;
}

export const createOfflineMessages = (context: SessionContext): OfflineMessages => {
  const { clock, log } = context.ports;
  let held: Link | null = null;
  /** How many messages of the present list have come, and were kept, under each name, of those who sent them. */
  let came = new Map<string, number>();
  let kept = new Map<string, number>();
  let expected: ReadonlyMap<string, number> = new Map();
  const gathered: Gathered[] = [];
  let gathering: Timer | null = null;
  let whenKept: (() => void) | null = null;
  /** What came live since the first presence, until it is known what waited on the way before it; null: nothing has to wait. */
  let live: (() => void)[] | null = null;
  let liveTimer: Timer | null = null;

  const keyOf = ({ node, from }: OfflineItem): string => JSON.stringify([node, from]);
  const more = (counts: Map<string, number>, key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const sum = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((all, count) => all + count, 0);

  const list = async (link: Link): Promise<readonly OfflineItem[] | null> => {
    const answer = await link.iq('get', offlineItemsGet());
    return answer.ok ? parseOfflineItems(answer.iq) : null;
  };
  /** Openfire gives what an ended session left behind after what came later; the stamps, all of its clock, tell. */
  const release = (): void => {
    gathering?.cancel();
    gathering = null;
    for (const { run } of gathered.splice(0).sort((a, b) => a.at - b.at)) run();
  };

  /** Two that came in the same moment have one name. */
  const allKept = (items: readonly OfflineItem[]): boolean =>
    items.every((item) => (kept.get(keyOf(item)) ?? 0) >= (expected.get(keyOf(item)) ?? 0));
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
    came = new Map();
    kept = new Map();
    const counts = new Map<string, number>();
    for (const item of items) more(counts, keyOf(item));
    expected = counts;
    const fetched = await link.iq('get', offlineFetch());
    if (fetched.ok) await waitUntilKept(items);
    release();
    expected = new Map();
    // A name goes only when everything under it is kept: it stands for all of them.
    const names = new Set(items.map(({ node }) => node));
    const safe = [...names].filter((name) => allOf(items, counts, name));
    return fetched.ok && safe.length > 0 && (await link.iq('set', offlineRemove(safe))).ok;
  };
  const allOf = (items: readonly OfflineItem[], counts: ReadonlyMap<string, number>, name: string): boolean =>
    items
      .filter(({ node }) => node === name)
      .every((item) => (kept.get(keyOf(item)) ?? 0) >= (counts.get(keyOf(item)) ?? 0));

  const takeAll = async (link: Link): Promise<void> => {
    let items = await list(link);
    // From the first list on the server holds them back.
    if (items) held = link;
    for (let n = 0; n < MOST_LISTS && items && items.length > 0 && context.link() === link; n++) {
      if (!(await take(link, items))) return;
      items = await list(link);
    }
  };
  const holds = (link: Link): boolean => held === link;
  const letLive = (): void => {
    liveTimer?.cancel();
    liveTimer = null;
    const waiting = live ?? [];
    live = null;
    for (const run of waiting) run();
  };
  const holdLive = (): void => {
    letLive();
    live = [];
    liveTimer = clock.after(LIVE_MS, letLive);
  };
  const queued = (queue: (() => void)[], commit: () => Promise<void>): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      queue.push(() => void commit().then(resolve, reject));
      if (queue.length >= MOST_LIVE) letLive();
    });
  let work: Promise<void> = Promise.resolve();
  const lookAgain = (link: Link): Promise<void> => {
    work = work
      .then(() => takeAll(link))
      .catch((error: unknown) => {
        log.error('offline-messages', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    return work;
  };

  return {
    async begin(link) {
      held = null;
      // An archive has all of it anyway.
      if (!context.features().has(OFFLINE) || context.features().has(MAM)) return;
      await lookAgain(link);
      if (holds(link)) holdLive();
    },
    wentOnline(link) {
      if (!holds(link)) return;
      void lookAgain(link).then(() => {
        letLive();
        clock.after(LATER_MS, () => {
          if (context.link() === link) void lookAgain(link);
        });
      });
    },
    inOrder(message, commit) {
      const node = parseOfflineNode(message);
      // A contact can write any name into a message, but no other sender: it can remove its own alone.
      const key = node === null ? null : keyOf({ node, from: attr(message, 'from') ?? '' });
      if (key === null) return live ? queued(live, commit) : commit();
      if ((came.get(key) ?? 0) >= (expected.get(key) ?? 0)) return commit();
      more(came, key);
      const committed = new Promise<void>((resolve, reject) => {
        const at = parseDelay(message)?.at ?? 0;
        gathered.push({ at, run: () => void commit().then(resolve, reject) });
      });
      if (gathered.length >= MOST || sum(came) >= sum(expected)) release();
      else gathering ??= clock.after(GATHER_MS, release);
      return committed.then(() => {
        more(kept, key);
        whenKept?.();
      });
    },
  };
};
