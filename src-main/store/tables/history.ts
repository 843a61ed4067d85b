/** The history as a whole: how much of it is here, reading it from end to end, deleting it for good. */
import type { ExportRow } from '../../../src-shared/model/history';
import type { Connection } from '../driver';
import type { LeftBehind } from '../store';
import { recountUnread, refreshLast } from './conversations';
import { forgetDeleted, isLast, noteDeleted } from './deleted';
import { leftBehind, type Gone } from './left-behind';
import { deleteMessage, readAllOf } from './messages';
import { setMeta } from './meta';

/** Messages and their conversations, only those before a moment or (null) all; and the time of the oldest one. */
export function countHistory(
  db: Connection,
  before: number | null,
): { readonly messages: number; readonly chats: number; readonly oldest: number | null } {
  const counted = db.one<{ messages: number | null; chats: number; oldest: number | null }>(
    `SELECT sum(n) AS messages, count(*) FILTER (WHERE n > 0) AS chats, min(oldest) AS oldest FROM (
       SELECT (SELECT count(*) FROM messages m WHERE m.peer = c.peer AND m.at < ?) AS n,
         (SELECT min(at) FROM messages m WHERE m.peer = c.peer) AS oldest
       FROM conversations c)`,
    before ?? forever,
  );
  return { messages: counted?.messages ?? 0, chats: counted?.chats ?? 0, oldest: counted?.oldest ?? null };
}
const forever = Number.MAX_SAFE_INTEGER;

/** Messages of one conversation or (null) all, before a moment or (null) at any time. */
export function countMessages(db: Connection, peer: string | null, before: number | null): number {
  if (peer === null) return countHistory(db, before).messages;
  const sql = 'SELECT count(*) AS n FROM messages WHERE peer = ? AND at < ?';
  return db.one<{ n: number }>(sql, peer, before ?? forever)?.n ?? 0;
}

/** When the newest message of a conversation is from; null where there is none. */
export function newestAt(db: Connection, peer: string): number | null {
  return db.one<{ at: number | null }>('SELECT max(at) AS at FROM messages WHERE peer = ?', peer)?.at ?? null;
}

/** What an export has of one conversation or (null) all: what was said, not what happened in a room. */
export function countExport(db: Connection, peer: string | null): number {
  const sql = `SELECT count(*) AS n FROM messages WHERE (?1 IS NULL OR peer = ?1) AND kind <> 'event'`;
  return db.one<{ n: number }>(sql, peer)?.n ?? 0;
}

interface Row extends Omit<ExportRow, 'edited' | 'retracted' | 'nick'> {
  readonly nick: string | null;
  readonly edited: number;
  readonly retracted: number;
}

/**
 * At most `limit` rows after row `after` (null: from the start), in the order of the conversation; of all conversations
 * one after the other. A row deleted meanwhile is stood in for by the one stored before it.
 */
export function readExportPage(
  db: Connection,
  peer: string | null,
  after: number | null,
  limit: number,
): readonly ExportRow[] {
  const select =
    'SELECT id, peer, direction, kind, subject, nick, body, at, delivery, edited, retracted FROM messages WHERE';
  const order = 'ORDER BY peer, sort, id LIMIT ?';
  const from = after === null ? null : placeOf(db, peer, after);
  // The smallest place of all: no peer is the empty text.
  const [with_, sort, id] = from === null ? [peer ?? '', -1, 0] : [from.peer, from.sort, from.id];
  return db
    .all<Row>(
      peer === null
        ? `${select} (peer, sort, id) > (?, ?, ?) AND kind <> 'event' ${order}`
        : `${select} peer = ? AND (sort, id) > (?, ?) AND kind <> 'event' ${order}`,
      with_,
      sort,
      id,
      limit,
    )
    .map(({ nick, ...row }) => ({
      ...row,
      ...(nick === null ? {} : { nick }),
      edited: row.edited === 1,
      retracted: row.retracted === 1,
    }));
}

function placeOf(
  db: Connection,
  peer: string | null,
  id: number,
): { readonly peer: string; readonly sort: number; readonly id: number } | null {
  return db.one(
    `SELECT peer, sort, id FROM messages WHERE id <= ?1 ${peer === null ? '' : 'AND peer = ?2'}
     ORDER BY id DESC LIMIT 1`,
    id,
    ...(peer === null ? [] : [peer]),
  );
}

/**
 * Deletes at most `limit` rows, the oldest first, with their words, versions and amendments; what waits in the outbox stays.
 * Notes how far, so that the archive does not bring them back.
 * @returns how many went, of which conversations, and what is of no use without them
 */
export function deleteMessages(
  db: Connection,
  peer: string | null,
  before: number | null,
  limit: number,
): { readonly deleted: number; readonly peers: readonly string[]; readonly left: LeftBehind } {
  const rows = db.all<Gone & { id: number; peer: string; at: number }>(
    `SELECT m.id, c.peer, m.at, m.body, m.file FROM conversations c CROSS JOIN messages m ON m.peer = c.peer
     WHERE (?1 IS NULL OR c.peer = ?1) AND m.at < ?2 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message = m.id)
     ORDER BY c.peer, m.at LIMIT ?3`,
    peer,
    before ?? forever,
    limit,
  );
  const upTo = new Map<string, number>();
  for (const row of rows) upTo.set(row.peer, Math.max(upTo.get(row.peer) ?? row.at, row.at));
  for (const row of rows) {
    if (isLast(row.at, upTo.get(row.peer) ?? row.at)) noteDeleted(db, row.id);
    deleteMessage(db, row.id);
  }
  for (const [name, at] of upTo) {
    db.run(
      'UPDATE conversations SET deleted_upto = max(coalesce(deleted_upto, 0), ?1) WHERE peer = ?2',
      at,
      name,
    );
    forgetDeleted(db, name, at);
    // What was said of messages that never came.
    db.run('DELETE FROM amendments WHERE peer = ? AND message IS NULL AND at <= ?', name, at);
    mendEdges(db, name);
    refreshLast(db, name);
    recountUnread(db, name);
  }
  if (rows.length > 0) setMeta(db, 'erase', 'wanted');
  return { deleted: rows.length, peers: [...upTo.keys()], left: leftBehind(db, rows) };
}

/**
 * Deletes these rows of a conversation, with their words, versions and amendments; what waits in the outbox stays.
 * @returns which are not there any more, when this is repeated too (R27), and what is of no use without them
 */
export function deleteRows(
  db: Connection,
  peer: string,
  ids: readonly number[],
): { readonly gone: readonly number[]; readonly left: LeftBehind } {
  const rows = db.all<Gone & { id: number }>(
    `SELECT id, body, file FROM messages WHERE peer = ? AND id IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message = messages.id)`,
    peer,
    JSON.stringify(ids),
  );
  for (const { id } of rows) {
    noteDeleted(db, id);
    deleteMessage(db, id);
  }
  if (rows.length > 0) {
    closeUpEdges(db, peer);
    refreshLast(db, peer);
    recountUnread(db, peer);
    setMeta(db, 'erase', 'wanted');
  }
  const there = new Set(readAllOf(db, ids).map(({ id }) => id));
  return { gone: ids.filter((id) => !there.has(id)), left: leftBehind(db, rows) };
}

/** Like `mendEdges`, where any row may be gone: the next one that came with the same range takes its place. */
function closeUpEdges(db: Connection, peer: string): void {
  const broken = db.all<{ range: number }>(
    `SELECT range FROM range_edges WHERE peer = ? AND
       (SELECT count(*) FROM messages WHERE id IN (first_row, last_row)) < iif(first_row = last_row, 1, 2)`,
    peer,
  );
  const edge = (range: number, order: 'ASC' | 'DESC') =>
    db.one<{ id: number }>(
      `SELECT id FROM messages WHERE peer = ?1 AND EXISTS (
         SELECT 1 FROM archive_pages p WHERE p.range = ?2 AND p.id IN (page, page_with))
       ORDER BY sort ${order}, id ${order} LIMIT 1`,
      peer,
      range,
    );
  for (const { range } of broken) {
    const [first, last] = [edge(range, 'ASC'), edge(range, 'DESC')];
    if (first && last)
      db.run(
        'UPDATE range_edges SET first_row = ?, last_row = ? WHERE peer = ? AND range = ?',
        first.id,
        last.id,
        peer,
        range,
      );
    else db.run('DELETE FROM range_edges WHERE peer = ? AND range = ?', peer, range);
  }
}

/** The archive's ranges know their oldest and newest row of a conversation: those that went are stood in for. */
function mendEdges(db: Connection, peer: string): void {
  db.run(
    'DELETE FROM range_edges WHERE peer = ? AND NOT EXISTS (SELECT 1 FROM messages WHERE id = last_row)',
    peer,
  );
  db.run(
    `UPDATE range_edges SET first_row =
       (SELECT id FROM messages WHERE peer = ?1 ORDER BY sort, id LIMIT 1)
     WHERE peer = ?1 AND NOT EXISTS (SELECT 1 FROM messages WHERE id = first_row)`,
    peer,
  );
}
