/** Pages of the archive: messages, their order, and what is proven to be whole, in one step. */
import type { Message } from '../../src-shared/model/conversation';
import { asRow, completeRow } from './add-operations';
import type { Connection } from './driver';
import type { Operations, Replay } from './operations';
import type { AddedPage, ArchivePage, ArchiveRange, ServerMessage } from './store';
import { amends, applyPending, putCalling, reapply } from './tables/amendments';
import { deletedUpTo, noteMessage, readConversation, settleConversation } from './tables/conversations';
import { wasDeleted } from './tables/deleted';
import { findDuplicate, isSecondCopy, withOwner } from './tables/duplicates';
import { insertMessage, readAllOf } from './tables/messages';
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
import { keepArrival, keepOwnOrder } from './tables/keep-order';
import { applyPendingRead } from './tables/read-place';
import { answersTo } from './tables/replies';
import { preferred, type Side } from './tables/sequence';
import { withoutFaulty } from './without-faulty';

export function archiveOperations(
  { reader, writer: db }: { readonly reader: Connection; readonly writer: Connection },
  replay: () => Replay,
): Pick<Operations, 'ranges' | 'addPage' | 'joinRanges'> {
  return {
    ranges: (withPeer) => readRanges(reader, withPeer),
    addPage: (given) => withoutFaulty(db, given, (page) => addPage(db, page, replay().untold)),
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

function addPage(db: Connection, given: ArchivePage, untold: (id: number) => boolean): AddedPage {
  const page = withCorrections(db, given);
  if (page.late) return addLate(db, page, untold);
  const touched = touchedBy(db, page);
  const left = boundBefore(db, page.after, touched.left);
  const right = boundAfter(db, page.before, touched.right);
  const { fresh, rows } = addRows(db, page, untold);
  for (const [peer, items] of rows) {
    arrange(db, peer, items, left, right, sideOf(page));
    keepOwnOrder(db, peer, items);
    keepArrival(db, peer, items);
  }
  // Ranges that the page joins may not agree in other conversations.
  const between = left.ranges.length > 0 && right.ranges.length > 0 ? sharedBy(db, left, right) : [];
  const others = between.filter((peer) => !rows.has(peer));
  for (const peer of others) arrange(db, peer, [], left, right, 'follow');
  const { range, number } = extend(db, page, touched, rows);
  note(db, rows);
  const { amended, called } = amend(db, page, number);
  const changed = [...amended, ...agree(db, touched.left, touched.right), ...answering(db, fresh)];
  const peers = new Set([...rows.keys(), ...others, ...changed.map(({ peer }) => peer)]);
  for (const peer of peers) settleConversation(db, peer);
  return {
    range,
    fresh: readAllOf(db, fresh),
    changed,
    called,
    chats: [...peers].map((peer) => readConversation(db, peer)),
  };
}

/** Of what says that it corrects something, those are corrections that are known as such, whoever said them (see withOwnAuthor). */
function withCorrections(db: Connection, page: ArchivePage): ArchivePage {
  const known = page.messages.filter(({ corrects }) => corrects && amends(db, corrects) !== null);
  if (known.length === 0) return page;
  return {
    ...page,
    messages: page.messages.filter((message) => !known.includes(message)),
    amendments: [...page.amendments, ...known.flatMap(({ corrects }) => corrects ?? [])],
  };
}

/**
 * What the archive has put in before what was known to be its end: between the messages that stand there. It may be here,
 * where it came live, and no page has had it yet.
 */
function addLate(db: Connection, page: ArchivePage, untold: (id: number) => boolean): AddedPage {
  const { fresh, rows } = addRows(db, page, untold);
  const peers = [...rows].filter(([, items]) => items.some(({ pinned }) => !pinned)).map(([peer]) => peer);
  const nothing = { ranges: [], id: null };
  for (const peer of peers) arrange(db, peer, rows.get(peer) ?? [], nothing, nothing, 'follow');
  note(db, rows);
  const { amended, called } = amend(db, page, null);
  const changed = [...amended, ...answering(db, fresh)];
  const all = new Set([
    ...peers,
    ...changed.map(({ peer }) => peer),
    ...readAllOf(db, fresh).map(({ peer }) => peer),
  ]);
  for (const peer of all) settleConversation(db, peer);
  const chats = [...all].map((peer) => readConversation(db, peer));
  return { range: null, fresh: readAllOf(db, fresh), changed, called, chats };
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
  const deleted = new Map<string, number>();
  const rows = new Map<string, PageRow[]>();
  for (const given of page.messages) {
    const message = withOwner(db, given);
    const known = findDuplicate(db, message);
    const row = known === null ? insert(db, message, sideOf(page), deleted) : placed(db, known);
    if (row === null) continue;
    // Its first copy says where it belongs.
    const elsewhere = known !== null && isSecondCopy(db, known, message);
    const arrived = known !== null && completeRow(db, known, message);
    if (known === null || arrived || untold(row.id)) fresh.push(row.id);
    if (elsewhere) continue;
    const chat = rows.get(message.peer);
    if (chat) chat.push(row);
    else rows.set(message.peer, [row]);
  }
  return { fresh, rows };
}

/** @param deleted of each conversation that was met: up to when its history was deleted */
function insert(
  db: Connection,
  message: ServerMessage,
  side: Side,
  deleted: Map<string, number>,
): PageRow | null {
  const { peer, at } = message;
  const upTo = deleted.get(peer) ?? deletedUpTo(db, peer) ?? -Infinity;
  deleted.set(peer, upTo);
  // Deleted history stays deleted.
  if (at <= upTo || wasDeleted(db, message)) return null;
  const now = preferred(at, side);
  return { id: insertMessage(db, asRow(message, now)), sort: null, at, pinned: false, now, added: message };
}

function placed(db: Connection, id: number): PageRow | null {
  const row = db.one<{ sort: number; at: number; pinned: number }>(
    'SELECT sort, at, page IS NOT NULL OR page_with IS NOT NULL AS pinned FROM messages WHERE id = ?',
    id,
  );
  return row && { id, sort: row.sort, at: row.at, pinned: row.pinned === 1, added: null };
}

/** New rows have their places now: of each conversation those count that can change anything. */
function note(db: Connection, rows: Rows): void {
  for (const [peer, items] of rows) {
    const added = items.filter((row) => row.added !== null);
    const telling = [
      added[0],
      added.find((row) => row.added?.direction === 'out'),
      added.findLast((row) => row.added?.direction === 'in' && row.added.seen),
    ];
    for (const row of new Set(telling)) {
      const place = row && db.one<{ sort: number }>('SELECT sort FROM messages WHERE id = ?', row.id);
      if (row?.added && place) noteMessage(db, { ...row.added, id: row.id, sort: place.sort });
    }
    for (const { id } of added) applyPending(db, peer, id);
    applyPendingRead(db, peer);
  }
}

/** @returns the rows that are changed by what the page says of them, and those that name us by that */
function amend(
  db: Connection,
  page: ArchivePage,
  number: number | null,
): { readonly amended: readonly Message[]; readonly called: readonly Message[] } {
  const changed = new Set<number>();
  const called = new Set<number>();
  page.amendments.forEach((amendment, spot) => {
    const { id, calls } = putCalling(db, amendment, number === null ? null : { page: number, spot });
    if (id !== null) changed.add(id);
    if (id !== null && calls) called.add(id);
  });
  const amended = readAllOf(db, [...changed]);
  return { amended, called: amended.filter((one) => called.has(one.id) && one.mention) };
}

/** Answers that were here before what they answer: they can show it now. */
function answering(db: Connection, fresh: readonly number[]): readonly Message[] {
  const added = new Set(fresh);
  return readAllOf(
    db,
    answersTo(db, fresh).filter((id) => !added.has(id)),
  );
}

/** Two ranges that were joined: corrections with one stamp, some on each side, are in order now. */
function agree(db: Connection, left: readonly RangeRow[], right: readonly RangeRow[]): readonly Message[] {
  const [before, after] = [left.at(-1), right[0]];
  return before && after ? readAllOf(db, reapply(db, after.first_at, before.last_at)) : [];
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
    db.run(
      `UPDATE messages SET ${column} = ? WHERE id IN (SELECT value FROM json_each(?))`,
      number,
      JSON.stringify(items.map(({ id }) => id)),
    );
    const [first, last] = [items[0], items.at(-1)];
    if (first && last) widenEdges(db, range.id, peer, first.id, last.id);
  }
  return { range: toRange(range), number };
}
