import type { Clock } from '../../ports';

/** What became of a bookmark in the newer form: whether its room is to be joined; undefined: it is gone. */
type Outcome = boolean | undefined;

/**
 * What was changed in the newer form of the bookmarks a moment ago, here or by another device.
 *
 * The older form is one text, read and then written as a whole, so that of two devices the slower puts back what the other has
 * just changed:
 *
 *   laptop: reads ─────────────────────────── writes what it read, with its own change
 *   here:            reads ── writes, without a room
 *
 * So for a moment the newer form alone is believed on such a bookmark, and whoever changed it writes the older one once more.
 */
export interface LatestChanges {
  note(jid: string, outcome: Outcome, by: 'us' | 'others'): void;
  /** Whether it was made that a moment ago. */
  has(jid: string, outcome: Outcome): boolean;
  /** Those that were changed here. */
  ours(): readonly string[];
}

/** Between reading and writing no device needs longer. */
const MOMENT_MS = 10_000;

export const createLatestChanges = (clock: Pick<Clock, 'monotonic'>): LatestChanges => {
  const changes = new Map<
    string,
    { readonly outcome: Outcome; readonly by: 'us' | 'others'; readonly until: number }
  >();
  const find = (jid: string) => {
    const found = changes.get(jid);
    if (!found || found.until > clock.monotonic()) return found;
    changes.delete(jid);
    return undefined;
  };
  return {
    note(jid, outcome, by) {
      // What is written once more, or told us of ours, is no other change.
      const known = find(jid);
      if (!known || known.outcome !== outcome)
        changes.set(jid, { outcome, by, until: clock.monotonic() + MOMENT_MS });
    },
    has: (jid, outcome) => {
      const found = find(jid);
      return found !== undefined && found.outcome === outcome;
    },
    ours: () => [...changes.keys()].filter((jid) => find(jid)?.by === 'us'),
  };
};
