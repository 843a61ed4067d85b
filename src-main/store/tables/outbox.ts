import type { SharedFile } from '../../../src-shared/model/file';
import type { ReplyTo } from '../../../src-shared/model/quoted';
import type { Connection } from '../driver';
import type { OutboxRow, StreamPlace } from '../store';

/** Of what waits: the row of a message (its id) or of an amendment (its `entry`), in `outbox o`. */
const isEntry = (n: number): string =>
  `o.position = (SELECT position FROM outbox WHERE message = ?${n} AND amendment IS NULL
     UNION ALL SELECT x.position FROM outbox x JOIN amendments a ON a.id = x.amendment WHERE a.entry = ?${n})`;

/** What a message that waits says on the wire: its own text, whatever corrections of it wait behind it. */
const ownText = `coalesce((SELECT v.body FROM versions v WHERE v.message = m.id), m.body)`;

interface Row {
  readonly id: number;
  readonly peer: string;
  readonly body: string;
  readonly originId: string;
  readonly at: number;
  readonly written: number;
  readonly kind: NonNullable<OutboxRow['amends']>['kind'] | null;
  readonly target: string | null;
  readonly file: string | null;
  readonly buzz: number;
  readonly reply: string | null;
  readonly spoiler: string | null;
  readonly about: string | null;
  readonly whom: string | null;
}

/** What waits for the server's acknowledgement, first in first out. */
export function readOutbox(db: Connection): readonly OutboxRow[] {
  return db
    .all<Row>(
      `SELECT coalesce(a.entry, m.id) AS id, m.peer, iif(a.id IS NULL, ${ownText}, coalesce(a.body, iif(a.kind = 'react', '[]', ''))) AS body,
         iif(a.id IS NULL, m.origin_id, a.message_id) AS originId, coalesce(a.at, m.at) AS at, o.written, a.kind, a.target,
         iif(a.id IS NULL AND m.edited = 0, m.file, NULL) AS file, a.id IS NULL AND m.kind = 'buzz' AS buzz,
         iif(m.reply_id IS NOT NULL AND coalesce(a.kind, 'correct') = 'correct',
           json_object('id', m.reply_id, 'to', m.reply_to, 'words', m.reply_words), NULL) AS reply,
         iif(coalesce(a.kind, 'correct') = 'correct', m.spoiler, NULL) AS spoiler,
         iif(a.kind = 'react', iif(m.nick IS NULL, '', m.nick || ':' || char(10)) || coalesce(m.spoiler, m.body), NULL) AS about, m.author AS whom
       FROM outbox o JOIN messages m ON m.id = o.message LEFT JOIN amendments a ON a.id = o.amendment
       ORDER BY o.position`,
    )
    .map(({ kind, target, written, file, buzz, reply, spoiler, about, whom, ...row }) => ({
      ...row,
      written: written === 1,
      ...(file === null ? {} : { file: JSON.parse(file) as SharedFile }),
      ...(buzz === 1 ? { buzz: true } : {}),
      ...(reply === null ? {} : { reply: JSON.parse(reply) as ReplyTo }),
      ...(spoiler === null ? {} : { spoiler }),
      ...(about === null ? {} : { about }),
      ...(whom === null ? {} : { whom }),
      ...(kind !== null && target !== null ? { amends: { kind, target } } : {}),
    }));
}

/** Puts a message at the end of the queue, or leaves it where it stands. */
export function enqueue(db: Connection, message: number, written: boolean): void {
  db.run('INSERT INTO outbox (message, written) VALUES (?, ?) ON CONFLICT DO NOTHING', message, written);
}

/** The same for one that failed: it was handed to a stream before, and may be in the archive from then. */
export function enqueueAgain(db: Connection, message: number, amendment: number | null = null): void {
  db.run(
    'INSERT INTO outbox (message, amendment, written, again) VALUES (?, ?, 1, 1) ON CONFLICT DO NOTHING',
    message,
    amendment,
  );
}

/**
 * One that the server wants later waits in the place in which it was written, and in no session: before what was written after
 * it in its conversation, though it had left the queue (R9, R19). It too may be in the archive from before.
 */
export function enqueueInPlace(
  db: Connection,
  entry: number,
  message: number,
  amendment: number | null,
): void {
  const waits = db.run(
    `UPDATE outbox AS o SET written = 1, again = 1, session = NULL, number = NULL WHERE ${isEntry(1)}`,
    entry,
  );
  if (waits > 0) return;
  enqueueAgain(db, message, amendment);
  const [own, ...behind] = db.all<{ position: number }>(
    `WITH chat AS (
       SELECT o.position, coalesce(a.entry, o.message) AS entry FROM outbox o
       JOIN messages m ON m.id = o.message LEFT JOIN amendments a ON a.id = o.amendment
       WHERE m.peer = (SELECT peer FROM messages WHERE id = ?2))
     SELECT position FROM chat
     WHERE position >= (SELECT min(position) FROM chat WHERE entry >= ?1) ORDER BY position DESC`,
    entry,
    message,
  );
  if (!own) return;
  const move = (from: number, to: number): void => {
    db.run('UPDATE outbox SET position = ?2 WHERE position = ?1', from, to);
  };
  // Each of those behind it goes one place back, from the last on; 0 is nobody's place.
  move(own.position, 0);
  let free = own.position;
  for (const { position } of behind) {
    move(position, free);
    free = position;
  }
  move(0, free);
}

/** What is said of a message, at the end of the queue. */
export function enqueueAmendment(db: Connection, message: number, amendment: number): void {
  db.run(
    'INSERT INTO outbox (message, amendment, written) VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
    message,
    amendment,
  );
}

/** Whether it waits a second time, after it had failed. */
export function waitsAgain(db: Connection, message: number): boolean {
  return (
    db.one('SELECT 1 FROM outbox WHERE message = ? AND amendment IS NULL AND again = 1', message) !== null
  );
}

/** @returns whether it was still there, and said that */
export function setWritten(
  db: Connection,
  entry: number,
  place: StreamPlace | null,
  body: string | null = null,
): boolean {
  return (
    db.run(
      `UPDATE outbox AS o SET written = 1, session = ?2, number = ?3 WHERE ${isEntry(1)}
         AND (?4 IS NULL OR o.amendment IS NOT NULL OR ?4 = (SELECT ${ownText} FROM messages m WHERE m.id = o.message))`,
      entry,
      place?.session ?? null,
      place?.number ?? null,
      body,
    ) > 0
  );
}

/** Whether it waits and no stream was ever given it. */
export function neverWritten(db: Connection, message: number): boolean {
  return (
    db.one('SELECT 1 FROM outbox WHERE message = ? AND amendment IS NULL AND written = 0', message) !== null
  );
}

/**
 * Entries that the server had when it counted up to `handled` in that session. Numbers are modulo 2^32 (XEP-0198 §4): one
 * that is less than half of that behind is behind, the others are ahead.
 */
export function handledBy(db: Connection, { session, number: handled }: StreamPlace): readonly number[] {
  return db
    .all<{ entry: number }>(
      `SELECT coalesce(a.entry, o.message) AS entry FROM outbox o LEFT JOIN amendments a ON a.id = o.amendment
       WHERE o.session = ?1 AND o.number IS NOT NULL
         AND ((?2 - o.number) & 4294967295) < 2147483648 ORDER BY o.position`,
      session,
      handled,
    )
    .map(({ entry }) => entry);
}

/** That session's numbers mean other stanzas from now on: what it had not got is in none. */
export function forgetPlaces(db: Connection, session: string): void {
  db.run('UPDATE outbox SET session = NULL, number = NULL WHERE session = ?', session);
}

/** The message itself; what is said of it waits on. */
export function dequeue(db: Connection, message: number): void {
  db.run('DELETE FROM outbox WHERE message = ? AND amendment IS NULL', message);
}

/** Something said of a message. @returns whether it had waited */
export function dequeueAmendment(db: Connection, amendment: number): boolean {
  return db.run('DELETE FROM outbox WHERE amendment = ?', amendment) > 0;
}

/** The archive has it. The first copy of one that failed is of the try that failed. @returns whether it had waited */
export function foundAmendment(db: Connection, amendment: number): boolean {
  return db.run('DELETE FROM outbox WHERE amendment = ? AND again = 0', amendment) > 0;
}
