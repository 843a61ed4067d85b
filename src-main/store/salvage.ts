import type { Standing } from '../../src-shared/model/conversation';
import { openConnection, type Connection, type Value } from './driver';
import { readAllMarks, setMarks } from './tables/chat-marks';
import { disinvite, noteMessage, recountUnread, setStanding } from './tables/conversations';
import { readDrafts, setDraft } from './tables/drafts';
import { raiseMessageId, readMessage } from './tables/messages';
import { putSetting } from './tables/saved';
import { indexMessage } from './tables/search-index';

/** A whole row, whatever columns its version has. */
type Row = Readonly<Record<string, Value>>;

/** Since when entries of the account's archive, and of a room's, are news. What was kept of them is gone, so all of it is read anew. */
const historyEndOf = (room: string): string =>
  room === '' ? 'archive-history-end' : `room-history-end:${room}`;
/** And until when the user was told of them: what of these is unread comes again, and is no news a second time. */
const toldEndOf = (room: string): string => (room === '' ? 'archive-told-end' : `room-told-end:${room}`);
const isHistoryEnd = (key: string): boolean => /^(?:archive-history-end$|room-history-end:)/u.test(key);

/**
 * Takes from a damaged database what no server has (R13): messages that wait and what waits to be said of others, those that
 * are kept at hand, files on their way, invitations, drafts, settings, whose conversation belongs where, how far it was read,
 * what is set for it and what was deleted, each as far as it can still be read. Messages keep their ids, since an acknowledgement may be under way; new ones
 * get ids never used before.
 */
export function salvage(damaged: string, key: string, into: Connection, now: Date): void {
  const from = attempt(() => openConnection(damaged, key));
  const read = <T>(work: (db: Connection) => readonly T[]): readonly T[] =>
    (from && attempt(() => work(from))) ?? [];
  const all = (sql: string, ...values: readonly Value[]): readonly Row[] =>
    read((db) => db.all<Row>(sql, ...values));
  const outbox = all('SELECT * FROM outbox ORDER BY position');
  const ids = [
    ...outbox.map(({ message }) => message),
    ...all('SELECT id FROM messages WHERE pinned_at IS NOT NULL').map(({ id }) => id),
  ].filter((id) => typeof id === 'number');
  // One by one: the damage may be in any of them.
  const each = (table: string, column: string, values: readonly (Value | undefined)[]): readonly Row[] =>
    [...new Set(values)].flatMap((value) =>
      typeof value === 'number' ? all(`SELECT * FROM ${table} WHERE ${column} = ?`, value) : [],
    );
  const messages = each('messages', 'id', ids);
  const versions = each('versions', 'message', ids);
  const amendments = each(
    'amendments',
    'id',
    outbox.map(({ amendment }) => amendment),
  );
  // In the first version places were milliseconds.
  const old = Number(all('PRAGMA user_version')[0]?.['user_version'] ?? 1) < 2;
  const rows = ['deleted', 'uploads', 'invitations'].map(
    (table) => [table, all(`SELECT * FROM ${table}`)] as const,
  );
  const drafts = read(readDrafts);
  const settings = read((db) => db.all<{ key: string; value: string }>('SELECT key, value FROM settings'));
  const archives = read((db) =>
    db.all<{ jid: string; at: number }>(
      'SELECT with_jid AS jid, max(last_at) AS at FROM archive_ranges GROUP BY with_jid',
    ),
  );
  const news = read((db) =>
    db.all<{ jid: string; since: number }>(
      `SELECT iif(m.nick IS NULL, '', m.peer) AS jid, min(m.at) AS since FROM conversations c
         JOIN messages m ON m.peer = c.peer AND m.direction = 'in' AND m.sort > c.read_sort
       WHERE m.kind <> 'event' GROUP BY jid`,
    ),
  );
  const newest = read((db) =>
    db.all<{ jid: string; at: number }>(
      `SELECT iif(nick IS NULL, '', peer) AS jid, max(at) AS at FROM messages WHERE direction = 'in' GROUP BY jid`,
    ),
  );
  const standings = read((db) =>
    db.all<{ peer: string; standing: Standing }>('SELECT peer, standing FROM conversations'),
  );
  const uninvited = all('SELECT peer FROM conversations WHERE uninvited');
  const places = read((db) =>
    db.all<{ peer: string; sort: number }>('SELECT peer, read_sort AS sort FROM conversations'),
  );
  const emptied = all('SELECT peer, deleted_upto FROM conversations WHERE deleted_upto IS NOT NULL');
  const marks = read(readAllMarks);
  if (from) attempt(() => from.close());
  into.transaction(() => {
    for (const row of messages) putBack(into, old ? { ...row, sort: Number(row['sort']) * 1_000 } : row);
    const isIn = (table: string, id: Value | undefined): boolean =>
      into.one(`SELECT 1 FROM ${table} WHERE id = ?`, id ?? null) !== null;
    const ofThese = (about: readonly Row[]): readonly Row[] =>
      about.filter(({ message }) => isIn('messages', message));
    copy(into, 'versions', ofThese(versions));
    copy(into, 'amendments', ofThese(amendments).map(withoutPage));
    const waits = ({ amendment = null }: Row): boolean => amendment === null || isIn('amendments', amendment);
    copy(into, 'outbox', ofThese(outbox).filter(waits));
    for (const [table, kept] of rows) copy(into, table, kept);
    for (const { peer, text, reply, spoiler } of drafts) {
      const answers = typeof reply === 'number' && readMessage(into, reply) ? reply : null;
      setDraft(into, peer, text, answers, typeof spoiler === 'string' ? spoiler : null);
    }
    for (const { key: name, value } of settings) if (!isHistoryEnd(name)) putSetting(into, name, value);
    for (const { jid, at } of archives) {
      // Those of one contact alone have no end of their own.
      if (jid !== '' && !settings.some(({ key: name }) => name === historyEndOf(jid))) continue;
      // What was here and read is no news; where that cannot be told, nothing in the archive is.
      const since = news.find((one) => one.jid === jid)?.since ?? Infinity;
      putSetting(into, historyEndOf(jid), String(Math.min(at, since - 1)));
      const last = newest.find((one) => one.jid === jid)?.at ?? at;
      putSetting(into, toldEndOf(jid), String(Math.max(at, last)));
    }
    for (const { peer, standing } of standings) setStanding(into, peer, standing);
    for (const { peer = '' } of uninvited) disinvite(into, String(peer));
    for (const { peer, sort } of places) setReadPlace(into, peer, sort);
    for (const { peer, marks: kept } of marks) setMarks(into, peer, kept);
    for (const { peer = '', deleted_upto: upTo = 0 } of emptied)
      into.run(
        `INSERT INTO conversations (peer, deleted_upto) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET deleted_upto = excluded.deleted_upto`,
        peer,
        upTo,
      );
    // Seconds since 1970 are above every id of a history that grew by less than a message a second.
    raiseMessageId(into, Math.floor(now.getTime() / 1000));
  });
}

/** A message as it was, but for its page of the archive, of which nothing is known any more. */
function putBack(into: Connection, row: Row): void {
  const { id, peer, sort, direction } = row;
  if (typeof id !== 'number' || typeof sort !== 'number' || typeof peer !== 'string') return;
  copy(into, 'messages', [{ ...withoutPage(row), page_with: null, search_key: null }]);
  if (!readMessage(into, id)) return;
  const written = direction === 'in' ? 'in' : 'out';
  noteMessage(into, { peer, id, sort, direction: written, seen: true, standing: 'open' });
  into.beforeCommit(() => {
    indexMessage(into, id);
  });
}

/** The rows are gone, their places stay: what comes again from the archive stands before or after. */
function setReadPlace(into: Connection, peer: string, sort: number): void {
  into.run('UPDATE conversations SET read_row = NULL, read_sort = ? WHERE peer = ?', sort, peer);
  recountUnread(into, peer);
}

const withoutPage = (row: Row): Row => ({ ...row, page: null, spot: null });

/** Adds rows with those of their columns that the table has; what makes no sense there, or is there already, is left out. */
function copy(into: Connection, table: string, rows: readonly Row[]): void {
  const columns = into
    .all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table)
    .map(({ name }) => name);
  for (const row of rows) {
    const names = columns.filter((name) => row[name] !== undefined);
    into.run(
      `INSERT OR IGNORE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`,
      ...names.map((name) => row[name] ?? null),
    );
  }
}

/** Null where the damage is. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
