import {
  noMarks,
  type Conversation,
  type Delivery,
  type FirstStanding,
  type Standing,
} from '../../../src-shared/model/conversation';
import { fileNameOf, type SharedFile } from '../../../src-shared/model/file';
import type { Connection } from '../driver';
import { marksOf, markColumns, type MarkRow } from './chat-marks';
import { quotedColumns, toQuoted } from './replies';

interface Row extends MarkRow {
  readonly peer: string;
  readonly standing: Standing;
  readonly uninvited: number | null;
  readonly unread: number;
  readonly mentions: number;
  readonly nick: string | null;
  readonly draft: string;
  readonly draft_spoiler: string | null;
  readonly answering: string | null;
  readonly direction: 'in' | 'out' | null;
  readonly text: string | null;
  readonly at: number | null;
  readonly delivery: Delivery | null;
  readonly retracted: number | null;
  readonly buzz: number | null;
  readonly file: string | null;
  readonly spoiler: string | null;
}

// substr counts characters, so that no surrogate pair is cut in two. Requests are not counted (T31).
const select = (peers: string) => `
  SELECT p.peer, coalesce(c.standing, 'open') AS standing, c.uninvited,
         iif(c.standing = 'open', c.unread, 0) AS unread, coalesce(d.text, '') AS draft, d.spoiler AS draft_spoiler,
         (SELECT count(*) FROM messages n INDEXED BY messages_mentions
           WHERE n.peer = c.peer AND n.mention = 1 AND n.sort > c.read_sort AND n.direction = 'in') AS mentions,
         iif(r.id IS NULL, NULL, ${quotedColumns('r')}) AS answering,
         m.direction, m.nick, m.spoiler, iif(m.spoiler IS NULL, substr(m.body, 1, 200), '') AS text, m.at, m.delivery, m.retracted,
         m.kind = 'buzz' AS buzz,
         iif(m.edited OR m.retracted, NULL, m.file) AS file,
         ${markColumns}
  FROM (${peers}) p
  LEFT JOIN conversations c ON c.peer = p.peer
  LEFT JOIN drafts d ON d.peer = p.peer
  LEFT JOIN messages r ON r.id = d.reply AND r.peer = p.peer AND r.retracted = 0
  LEFT JOIN messages m ON m.id = c.last_id`;

/** Every conversation with a message or a draft, and those pinned, newest first. */
export function readConversations(db: Connection): readonly Conversation[] {
  return db
    .all<Row>(
      `${select('SELECT peer FROM conversations UNION SELECT peer FROM drafts')}
       WHERE m.id IS NOT NULL OR d.text IS NOT NULL OR c.pinned ORDER BY c.last_sort DESC, p.peer`,
    )
    .map(toConversation);
}

/** Put together once: a statement is looked up by its text. */
const one = select('SELECT ? AS peer');

/** One conversation; an empty one when nothing is known of it. */
export function readConversation(db: Connection, peer: string): Conversation {
  const row = db.one<Row>(one, peer);
  return row
    ? toConversation(row)
    : { peer, standing: 'open', unread: 0, draft: '', last: null, marks: noMarks };
}

function toConversation(row: Row): Conversation {
  const { peer, standing, unread, mentions, draft, direction, nick, text, at, delivery } = row;
  const last =
    direction === null || text === null || at === null
      ? null
      : {
          ...{ direction, text, at, delivery },
          ...(nick === null ? {} : { nick }),
          ...(row.retracted === 1 ? { retracted: true } : {}),
          ...(row.buzz === 1 ? { buzz: true as const } : {}),
          ...(row.spoiler === null ? {} : { spoiler: row.spoiler }),
          ...(row.file === null ? {} : { file: fileNameOf(JSON.parse(row.file) as SharedFile) }),
        };
  return {
    ...{ peer, standing, unread, draft, last, marks: marksOf(row) },
    ...(row.uninvited === 1 ? { uninvited: true } : {}),
    ...(mentions > 0 ? { mentions } : {}),
    ...(row.draft_spoiler === null ? {} : { draftSpoiler: row.draft_spoiler }),
    ...(row.answering === null ? {} : { answering: toQuoted(row.answering) }),
  };
}

/** The place of the last message, or null in an empty conversation. */
export function lastPlace(db: Connection, peer: string): Place | null {
  return db.one<Place>(
    'SELECT last_id AS id, last_sort AS sort FROM conversations WHERE peer = ? AND last_id IS NOT NULL',
    peer,
  );
}

/** A row that was just stored. */
export interface NotedMessage {
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly id: number;
  readonly sort: number;
  /** The user sees it, and so all before it. */
  readonly seen: boolean;
  /** Of a conversation that is not there yet, or where nobody was let in (T31). */
  readonly standing: FirstStanding;
}

/** Something new brings a conversation back into the list, unless it is muted. */
const stillArchived = 'archived AND muted_until IS NOT NULL';

/** Notes a message just stored: it becomes the last one unless a later one is there, and counts while it is not read. */
export function noteMessage(db: Connection, message: NotedMessage): void {
  const { peer, direction, id, sort, seen, standing } = message;
  const incoming = direction === 'in';
  // One of ours, from whatever device: who writes has accepted. Who only told something has not been let in by that.
  db.run(
    `INSERT INTO conversations (peer, standing, uninvited, unread, last_id, last_sort)
       VALUES (?1, iif(?2 AND ?3 <> 'notice', ?3, 'open'), ?2 AND ?3 = 'notice', iif(?2 AND NOT ?4, 1, 0), ?5, ?6)
     ON CONFLICT DO UPDATE SET
       standing = CASE
         WHEN NOT ?2 AND standing = 'request' THEN 'open'
         WHEN ?2 AND ?3 = 'request' AND standing = 'open' AND uninvited
           AND NOT EXISTS (SELECT 1 FROM messages WHERE peer = ?1 AND direction = 'out') THEN 'request'
         ELSE standing END,
       uninvited = iif(?2, uninvited, 0),
       unread = unread + iif(?2 AND NOT ?4 AND ?6 > read_sort, 1, 0),
       archived = iif(last_sort IS NULL OR ?6 > last_sort, ${stillArchived}, archived),
       last_id = iif(last_sort IS NULL OR ?6 >= last_sort, ?5, last_id),
       last_sort = iif(last_sort IS NULL OR ?6 >= last_sort, ?6, last_sort)`,
    peer,
    incoming,
    standing,
    seen,
    id,
    sort,
  );
  if (incoming && seen) raiseReadPlace(db, peer, { id, sort });
}

export interface Place {
  readonly id: number;
  readonly sort: number;
}

/** Everything up to this row is read; never backwards. @returns whether that changed anything */
export function raiseReadPlace(db: Connection, peer: string, { id, sort }: Place): boolean {
  const moved = db.run(
    'UPDATE conversations SET read_row = ?1, read_sort = ?2 WHERE peer = ?3 AND read_sort < ?2',
    id,
    sort,
    peer,
  );
  if (moved > 0) recountUnread(db, peer);
  return moved > 0;
}

/** Rows were added or moved: finds the last message again, and what comes after the row that is read. */
export function settleConversation(db: Connection, peer: string): void {
  const before = lastPlace(db, peer);
  refreshLast(db, peer);
  db.run(
    `UPDATE conversations SET archived = ${stillArchived} WHERE peer = ? AND archived AND last_sort > ?`,
    peer,
    before?.sort ?? 0,
  );
  db.run(
    `UPDATE conversations SET read_sort = coalesce((SELECT sort FROM messages WHERE id = read_row), read_sort)
     WHERE peer = ?`,
    peer,
  );
  recountUnread(db, peer);
}

/** Counts again what comes after the place that is read. */
export function recountUnread(db: Connection, peer: string): void {
  db.run(
    `UPDATE conversations SET unread =
       (SELECT count(*) FROM messages INDEXED BY messages_incoming
        WHERE peer = ?1 AND direction = 'in' AND sort > conversations.read_sort AND kind <> 'event')
     WHERE peer = ?1`,
    peer,
  );
}

/** Finds the last message again, after rows were deleted or moved. */
export function refreshLast(db: Connection, peer: string): void {
  db.run(
    `UPDATE conversations SET (last_id, last_sort) =
       (SELECT id, sort FROM messages WHERE peer = ?1 AND kind <> 'event' ORDER BY sort DESC, id DESC LIMIT 1)
     WHERE peer = ?1`,
    peer,
  );
}

/** Whoever the user had let in is no longer: of an open conversation he learns nothing more (T31). */
export function disinvite(db: Connection, peer: string): void {
  db.run('UPDATE conversations SET uninvited = 1 WHERE peer = ?', peer);
}

/** Makes the conversation when there is none. One that is opened is open to whoever is at its other side. */
export function setStanding(db: Connection, peer: string, standing: Standing): void {
  db.run(
    `INSERT INTO conversations (peer, standing) VALUES (?1, ?2)
     ON CONFLICT DO UPDATE SET standing = excluded.standing, uninvited = iif(?2 = 'open', 0, uninvited)`,
    peer,
    standing,
  );
}

/** Epoch milliseconds of the newest message that was deleted; null: none was. */
export function deletedUpTo(db: Connection, peer: string): number | null {
  return (
    db.one<{ at: number | null }>('SELECT deleted_upto AS at FROM conversations WHERE peer = ?', peer)?.at ??
    null
  );
}
