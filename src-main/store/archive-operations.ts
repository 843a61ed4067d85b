/** Pages of the archive: messages, their order, and what is proven to be whole, in one step. */
import type { Message } from '../../src-shared/model/conversation';
import { completeRow, insertRow, noteRow } from './add-operations';
import type { Connection } from './driver';
import type { Operations, Replay } from './operations';
import type { ArchivePage, ArchiveRange, ServerMessage } from './store';
import { putAmendment, reapply } from './tables/amendments';
import { deletedUpTo, readConversation, settleConversation } from './tables/conversations';
import { findDuplicate } from './tables/duplicates';
import { mustRead } from './tables/messages';
import { arrange, boundAfter, boundBefore, type Bound, type Placed } from './tables/places';
import {
  joined,
  mergeInto,
  newPage,
  turnOf,
  rangeKey,
  rangesEndingAt,
  rangesStartingAt,
  readRanges,
  touchedBy,
  toRange,
  widenEdges,
  type RangeRow,
  type Touched,
} from './tables/ranges';
import { startOf, type Side } from './tables/sequence';

export function archiveOperations(
  { reader, writer: db }: { readonly reader: Connection; readonly writer: Connection },
  replay: () => Replay,
): Pick<Operations, 'ranges' | 'addPage' | 'joinRanges'> {
  return {
    ranges: (withPeer) => readRanges(reader, withPeer),
    addPage: (page) => {
      const touched = touchedBy(db, page);
      const left = boundBefore(db, page.after, touched.left);
      const right = boundAfter(db, page.before, touched.right);
      const { fresh, rows } = addRows(db, page, replay().untold);
      for (const [peer, items] of rows) arrange(db, peer, items, left, right, sideOf(page));
      // Ranges that the page joins may not agree in other conversations.
      const between = left.ranges.length > 0 && right.ranges.length > 0 ? sharedBy(db, left, right) : [];
      const others = between.filter((peer) => !rows.has(peer));
      for (const peer of others) arrange(db, peer, [], left, right, 'follow');
      const { range, number } = extend(db, page, touched, rows);
      note(db, rows);
      const changed = [...amend(db, page, number), ...agree(db, touched.left, touched.right)];
      const peers = new Set([...rows.keys(), ...others, ...changed.map(({ peer }) => peer)]);
      for (const peer of peers) settleConversation(db, peer);
      return {
        range,
        fresh: fresh.map((id) => mustRead(db, id)),
        changed,
        chats: [...peers].map((peer) => readConversation(db, peer)),
      };
    },
    joinRanges: (withPeer, left, right) => {
      const key = rangeKey(withPeer);
      const before = rangesEndingAt(db, left).find(({ with_jid }) => with_jid === key);
      const after = rangesStartingAt(db, right).find(({ with_jid }) => with_jid === key);
      if (!before || !after || before.id === after.id) return;
      const early = { ranges: [before], id: null };
      const late = { ranges: [after], id: null };
      for (const peer of sharedBy(db, early, late)) {
        arrange(db, peer, [], early, late, 'follow');
        settleConversation(db, peer);
      }
      joined(db, before, after);
      agree(db, [before], [after]);
    },
  };
}

/** From which end the page is put at its times. */
const sideOf = ({ after }: ArchivePage): Side => (after === null ? 'precede' : 'follow');

interface PageRow extends Placed {
  /** Null: it was there. */
  readonly added: ServerMessage | null;
}
type Rows = ReadonlyMap<string, readonly PageRow[]>;

/** The messages of a page, new ones at their time for now; and all of them by conversation, in archive order. */
function addRows(
  db: Connection,
  page: ArchivePage,
  untold: (id: number) => boolean,
): { readonly fresh: readonly number[]; readonly rows: Rows } {
  const fresh: number[] = [];
  const rows = new Map<string, PageRow[]>();
  for (const message of page.messages) {
    const known = findDuplicate(db, message);
    const row = known === null ? insert(db, message) : placed(db, known);
    if (row === null) continue;
    const arrived = known !== null && completeRow(db, known, message);
    if (known === null || arrived || untold(row.id)) fresh.push(row.id);
    const chat = rows.get(message.peer);
    if (chat) chat.push(row);
    else rows.set(message.peer, [row]);
  }
  return { fresh, rows };
}

function insert(db: Connection, message: ServerMessage): PageRow | null {
  const deleted = deletedUpTo(db, message.peer);
  // Deleted history stays deleted.
  if (deleted !== null && message.at <= deleted) return null;
  const id = insertRow(db, message, startOf(message.at));
  return { id, sort: null, at: message.at, pinned: false, added: message };
}

function placed(db: Connection, id: number): PageRow | null {
  const row = db.one<{ sort: number; at: number; pinned: number }>(
    'SELECT sort, at, page IS NOT NULL OR page_with IS NOT NULL AS pinned FROM messages WHERE id = ?',
    id,
  );
  return row && { id, sort: row.sort, at: row.at, pinned: row.pinned === 1, added: null };
}

/** New rows have their places now. */
function note(db: Connection, rows: Rows): void {
  for (const items of rows.values()) {
    for (const { id, added } of items) {
      const place = added && db.one<{ sort: number }>('SELECT sort FROM messages WHERE id = ?', id);
      if (place) noteRow(db, added, id, place.sort);
    }
  }
}

/** @returns the rows that are changed by what the page says of them */
function amend(db: Connection, page: ArchivePage, number: number | null): readonly Message[] {
  const changed = new Set<number>();
  page.amendments.forEach((amendment, spot) => {
    const id = putAmendment(db, amendment, number === null ? null : { page: number, spot });
    if (id !== null) changed.add(id);
  });
  return [...changed].map((id) => mustRead(db, id));
}

/** Two ranges that were joined: corrections with one stamp, some on each side, are in order now. */
function agree(db: Connection, left: readonly RangeRow[], right: readonly RangeRow[]): readonly Message[] {
  const [before, after] = [left.at(-1), right[0]];
  return before && after ? reapply(db, after.first_at, before.last_at).map((id) => mustRead(db, id)) : [];
}

/** Conversations with rows on both sides. */
function sharedBy(db: Connection, left: Bound, right: Bound): readonly string[] {
  const ids = ({ ranges }: Bound) => JSON.stringify(ranges.map(({ id }) => id));
  return db
    .all<{ peer: string }>(
      `SELECT DISTINCT a.peer FROM range_edges a JOIN range_edges b ON b.peer = a.peer
       WHERE a.range IN (SELECT value FROM json_each(?)) AND b.range IN (SELECT value FROM json_each(?))`,
      ids(left),
      ids(right),
    )
    .map(({ peer }) => peer);
}

/**
 * Notes what the page proves.
 * @returns its range, and its number in there; null where it proves nothing
 */
function extend(
  db: Connection,
  page: ArchivePage,
  touched: Touched,
  rows: Rows,
): { readonly range: ArchiveRange | null; readonly number: number | null } {
  const turn = turnOf(db, touched);
  const range = mergeInto(db, page, touched);
  if (range === null) return { range: null, number: null };
  // What lies within a range has its place there already.
  if (range === touched.around || page.places.length === 0) return { range: toRange(range), number: null };
  const number = newPage(db, range.id, turn);
  const column = page.with === null ? 'page' : 'page_with';
  for (const [peer, items] of rows) {
    for (const { id } of items) db.run(`UPDATE messages SET ${column} = ? WHERE id = ?`, number, id);
    const [first, last] = [items[0], items.at(-1)];
    if (first && last) widenEdges(db, range.id, peer, first.id, last.id);
  }
  return { range: toRange(range), number };
}
