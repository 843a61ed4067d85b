/** Where something may be missing in a conversation: what no range of an archive proves (XEP-0313). */
import type { Message } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';
import type { ArchivePlace, StoredGap, StoredPage } from '../store';

/** A range as one conversation sees it. */
interface Seen {
  readonly first: ArchivePlace;
  readonly last: ArchivePlace;
  readonly whole: boolean;
  readonly lost: boolean;
  /** Places of its oldest and newest row here; null where it has none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly firstRow: number | null;
}

/** An account-wide range proves every chat, one `with` a peer its own (XEP-0313 §4.1.1); what is said in a room is in the room's archive alone. */
function rangesSeenBy(db: Connection, peer: string): readonly Seen[] {
  return db
    .all<{
      first_id: string;
      first_at: number;
      last_id: string;
      last_at: number;
      whole: number;
      lost: number;
      from: number | null;
      to: number | null;
      firstRow: number | null;
    }>(
      `SELECT r.first_id, r.first_at, r.last_id, r.last_at, r.whole, r.lost,
         f.sort AS "from", l.sort AS "to", f.id AS firstRow
       FROM archive_ranges r
       LEFT JOIN range_edges e ON e.peer = ?1 AND e.range = r.id
       LEFT JOIN messages f ON f.id = e.first_row
       LEFT JOIN messages l ON l.id = e.last_row
       WHERE r.with_jid = ?1 OR (r.with_jid = '' AND NOT EXISTS (SELECT 1 FROM rooms WHERE jid = ?1)) ORDER BY r.first_at`,
      peer,
    )
    .map((row) => ({
      first: { id: row.first_id, at: row.first_at },
      last: { id: row.last_id, at: row.last_at },
      whole: row.whole === 1,
      lost: row.lost === 1,
      from: row.from,
      to: row.to,
      firstRow: row.firstRow,
    }));
}

/**
 * The gaps of one page: a hole is always before the oldest row that a range has here, unless the range begins the archive
 * or another one reaches across. What came live and was not asked for yet is no gap.
 * @param older whether rows come before the page
 */
export function readGaps(
  db: Connection,
  peer: string,
  messages: readonly Message[],
  older: boolean,
): Pick<StoredPage, 'gaps' | 'whole' | 'top'> {
  const ranges = rangesSeenBy(db, peer);
  const deepest = deepestOf(ranges);
  const whole = isWhole(ranges, deepest);
  const gaps: StoredGap[] = [];
  messages.forEach(({ id }, index) => {
    if (index === 0 && !older) return;
    const starting = ranges.filter(({ firstRow }) => firstRow === id);
    const right = starting[0];
    const place = right?.from;
    if (right === undefined || place === undefined || place === null) return;
    if (starting.some((range) => range.whole)) return;
    const across = ranges.some(({ from, to }) => from !== null && to !== null && from < place && place <= to);
    if (across || starting.some((range) => leadsTo(ranges, range))) return;
    const left = ranges
      .filter((range) => !starting.includes(range) && range.last.at <= right.first.at)
      .reduce<ArchivePlace | null>((found, { last }) => (found && found.at > last.at ? found : last), null);
    gaps.push({ before: id, left, right: right.first, lost: right.lost });
  });
  return { gaps, whole, top: whole ? null : (deepest[0]?.first ?? null) };
}

/** Those that have the oldest row that any of them has; none where no range has any. */
function deepestOf(ranges: readonly Seen[]): readonly Seen[] {
  const oldest = ranges.reduce<number | null>(
    (least, { from }) => (from !== null && (least === null || from < least) ? from : least),
    null,
  );
  return oldest === null ? [] : ranges.filter(({ from }) => from === oldest);
}

/** Whether nothing older than the oldest row is in the archive. */
function isWhole(ranges: readonly Seen[], deepest: readonly Seen[]): boolean {
  const whole = ranges.filter((range) => range.whole);
  if (deepest.length === 0) return whole.length > 0 && ranges.length === whole.length;
  return deepest.some((range) => range.whole || leadsTo(whole, range));
}

/** Whether another one of these ends exactly where that one begins: what was asked for as "before that place" with one peer. */
function leadsTo(ranges: readonly Seen[], that: Seen): boolean {
  return ranges.some(
    (range) => range !== that && range.last.id === that.first.id && (range.whole || range.from !== null),
  );
}
