/** What of the archive is here: pieces without a hole (XEP-0313). Only results of queries ever move them. */
import type { Connection } from '../driver';
import type { ArchivePage, ArchivePlace, ArchiveRange } from '../store';

export interface RangeRow {
  readonly id: number;
  readonly with_jid: string;
  readonly first_id: string;
  readonly first_at: number;
  readonly last_id: string;
  readonly last_at: number;
  readonly whole: number;
  readonly lost: number;
}

/** The key of the whole account's archive. */
const account = '';
export const rangeKey = (withPeer: string | null): string => withPeer ?? account;
const columns = 'id, with_jid, first_id, first_at, last_id, last_at, whole, lost';

export function toRange(row: RangeRow): ArchiveRange {
  return {
    with: row.with_jid === account ? null : row.with_jid,
    first: { id: row.first_id, at: row.first_at },
    last: { id: row.last_id, at: row.last_at },
    whole: row.whole === 1,
    lost: row.lost === 1,
  };
}

/** Oldest first. */
export function readRanges(db: Connection, withPeer: string | null): readonly ArchiveRange[] {
  return db
    .all<RangeRow>(
      `SELECT ${columns} FROM archive_ranges WHERE with_jid = ? ORDER BY first_at, last_at`,
      rangeKey(withPeer),
    )
    .map(toRange);
}

export function rangesEndingAt(db: Connection, id: string | null): readonly RangeRow[] {
  if (id === null) return [];
  return db.all(`SELECT ${columns} FROM archive_ranges WHERE last_id = ?`, id);
}
export function rangesStartingAt(db: Connection, id: string | null): readonly RangeRow[] {
  if (id === null) return [];
  return db.all(`SELECT ${columns} FROM archive_ranges WHERE first_id = ?`, id);
}

/** Ranges of the same archive that a page continues or overlaps. */
export interface Touched {
  /** They reach further back than the page, or further on. */
  readonly left: readonly RangeRow[];
  readonly right: readonly RangeRow[];
  /** All of it is in the page. */
  readonly inside: readonly RangeRow[];
  /** The page lies within this one: it says nothing new. */
  readonly around: RangeRow | null;
}

export function touchedBy(db: Connection, page: ArchivePage): Touched {
  const key = rangeKey(page.with);
  const ids = new Set(page.places.map(({ id }) => id));
  const [first, last] = [page.places[0], page.places.at(-1)];
  const left: RangeRow[] = [];
  const right: RangeRow[] = [];
  const inside: RangeRow[] = [];
  let around: RangeRow | null = null;
  for (const range of db.all<RangeRow>(
    `SELECT ${columns} FROM archive_ranges WHERE with_jid = ? ORDER BY first_at, last_at`,
    key,
  )) {
    const starts = ids.has(range.first_id);
    const ends = ids.has(range.last_id);
    if (starts && ends) inside.push(range);
    else if (ends || (page.after !== null && range.last_id === page.after)) left.push(range);
    else if (starts || (page.before !== null && range.first_id === page.before)) right.push(range);
    else if (first && last && range.first_at <= first.at && last.at <= range.last_at) {
      if (knownIn(db, range, page)) around = range;
    }
  }
  return { left, right, inside, around };
}

/** Whether all of a page is in a range: by what is in it, since a server's clock may have been set back; else by time. */
function knownIn(
  db: Connection,
  range: RangeRow,
  { with: peer, places, messages, amendments }: ArchivePage,
): boolean {
  // Receipts are not kept.
  const kept = amendments.filter(({ kind }) => kind === 'correct' || kind === 'retract');
  const ids = [messages, kept].flatMap((entries) => [entries[0], entries.at(-1)]);
  const tested = ids.flatMap((entry) => entry?.stanzaId ?? []);
  const [first, last] = [places[0], places.at(-1)];
  if (tested.length === 0) return !!first && !!last && range.first_at < first.at && last.at < range.last_at;
  return tested.every(
    (id) =>
      db.one(
        `SELECT 1 FROM archive_pages WHERE range = ?2 AND id IN (
           SELECT ${peer === null ? 'page' : 'page_with'} FROM messages INDEXED BY messages_stanza_id
             WHERE stanza_id = ?1
           UNION ALL SELECT page FROM amendments WHERE stanza_id = ?1)`,
        id,
        range.id,
      ) !== null,
  );
}

/** Makes one range of a page and all that it touches. */
export function mergeInto(db: Connection, page: ArchivePage, touched: Touched): RangeRow | null {
  const { left, right, inside, around } = touched;
  const [first, last] = [page.places[0], page.places.at(-1)];
  const pieces = [...left, ...inside, ...right];
  const [oldest, newest] = [left[0], right.at(-1)];
  if (pieces.length === 0 && around) return around;
  if (!first || !last) return mergeEmpty(db, page, touched);
  const start: ArchivePlace = oldest ? { id: oldest.first_id, at: oldest.first_at } : first;
  const end: ArchivePlace = newest ? { id: newest.last_id, at: newest.last_at } : last;
  const whole = page.whole || pieces.some((piece) => piece.whole === 1);
  // Of what lies before the new range only its oldest piece knows.
  const lost = oldest
    ? oldest.lost === 1
    : page.lost || inside.some((piece) => piece.first_id === first.id && piece.lost === 1);
  return join(db, rangeKey(page.with), pieces, { start, end, whole, lost });
}

/** Nothing is there: what the page was to follow and to precede touch each other, or nothing older is there. */
function mergeEmpty(db: Connection, page: ArchivePage, { left, right }: Touched): RangeRow | null {
  const [before, after] = [left.at(-1), right[0]];
  if (before && after) return joined(db, before, after);
  if (after && page.whole) {
    db.run('UPDATE archive_ranges SET whole = 1 WHERE id = ?', after.id);
    return { ...after, whole: 1 };
  }
  if (after && page.lost) {
    db.run('UPDATE archive_ranges SET lost = 1 WHERE id = ?', after.id);
    return { ...after, lost: 1 };
  }
  return before ?? after ?? null;
}

export function joined(db: Connection, left: RangeRow, right: RangeRow): RangeRow {
  return join(db, left.with_jid, [left, right], {
    start: { id: left.first_id, at: left.first_at },
    end: { id: right.last_id, at: right.last_at },
    whole: left.whole === 1 || right.whole === 1,
    lost: left.lost === 1,
  });
}

interface Extent {
  readonly start: ArchivePlace;
  readonly end: ArchivePlace;
  readonly whole: boolean;
  readonly lost: boolean;
}

/** @param pieces oldest first */
function join(db: Connection, key: string, pieces: readonly RangeRow[], extent: Extent): RangeRow {
  const { start, end, whole, lost } = extent;
  const values = [start.id, start.at, end.id, end.at, whole, lost] as const;
  const [kept, ...others] = pieces;
  if (!kept) {
    const made = db.one<RangeRow>(
      `INSERT INTO archive_ranges (with_jid, first_id, first_at, last_id, last_at, whole, lost)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING ${columns}`,
      key,
      ...values,
    );
    if (!made) throw new Error('INSERT … RETURNING gave no row');
    return made;
  }
  for (const other of others) {
    db.run(
      `INSERT INTO range_edges (range, peer, first_row, last_row)
         SELECT ?, peer, first_row, last_row FROM range_edges WHERE range = ?
       ON CONFLICT DO UPDATE SET last_row = excluded.last_row`,
      kept.id,
      other.id,
    );
    // After those of the one it joins, with room for a page between the two.
    db.run(
      `UPDATE archive_pages SET range = ?1, turn = turn + ?3 WHERE range = ?2`,
      kept.id,
      other.id,
      turns(db, kept.id).last + 2 - turns(db, other.id).first,
    );
    db.run('DELETE FROM range_edges WHERE range = ?', other.id);
    db.run('DELETE FROM archive_ranges WHERE id = ?', other.id);
  }
  const row = db.one<RangeRow>(
    `UPDATE archive_ranges SET first_id = ?, first_at = ?, last_id = ?, last_at = ?, whole = ?, lost = ?
     WHERE id = ? RETURNING ${columns}`,
    ...values,
    kept.id,
  );
  if (!row) throw new Error('UPDATE … RETURNING gave no row');
  return row;
}

function turns(db: Connection, range: number): { readonly first: number; readonly last: number } {
  const row = db.one<{ first: number | null; last: number | null }>(
    'SELECT min(turn) AS first, max(turn) AS last FROM archive_pages WHERE range = ?',
    range,
  );
  return { first: row?.first ?? 0, last: row?.last ?? 0 };
}

/** The turn of a page among those of the ranges that it touches, before they are joined. */
export function turnOf(db: Connection, { left, inside, right }: Touched): number {
  const before = left.at(-1) ?? inside.at(-1);
  if (before) return turns(db, left[0]?.id ?? before.id).last + 1;
  return right[0] ? turns(db, right[0].id).first - 1 : 0;
}

/** A page of this range, to be written beside its rows. */
export function newPage(db: Connection, range: number, turn: number): number {
  const row = db.one<{ id: number }>(
    'INSERT INTO archive_pages (range, turn) VALUES (?, ?) RETURNING id',
    range,
    turn,
  );
  if (!row) throw new Error('INSERT … RETURNING gave no row');
  return row.id;
}

/** Oldest and newest row of a conversation among those of a page and a range, by their places. */
export function widenEdges(db: Connection, range: number, peer: string, first: number, last: number): void {
  db.run(
    `INSERT INTO range_edges (range, peer, first_row, last_row) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET
       first_row = iif(coalesce((SELECT sort FROM messages WHERE id = first_row), 9e15)
         <= (SELECT sort FROM messages WHERE id = ?3), first_row, ?3),
       last_row = iif(coalesce((SELECT sort FROM messages WHERE id = last_row), 0)
         >= (SELECT sort FROM messages WHERE id = ?4), last_row, ?4)`,
    range,
    peer,
    first,
    last,
  );
}
