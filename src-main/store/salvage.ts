import type { SharedFile } from '../../src-shared/model/file';
import { openConnection, type Connection } from './driver';
import { readAllMarks, setMarks } from './tables/chat-marks';
import { noteMessage, setStanding } from './tables/conversations';
import { readDrafts, setDraft } from './tables/drafts';
import { insertMessage, raiseMessageId, readMessage } from './tables/messages';
import { enqueue, setWritten } from './tables/outbox';
import { putSetting } from './tables/saved';

interface Waiting {
  readonly id: number;
  readonly peer: string;
  readonly body: string;
  readonly at: number;
  readonly sort: number;
  readonly origin_id: string;
  readonly reply_id?: string | null;
  readonly reply_to?: string | null;
  readonly reply_words?: string | null;
  readonly kind?: string;
  readonly nick?: string | null;
  readonly spoiler?: string | null;
  /** JSON. */
  readonly file?: string | null;
  readonly edited?: number;
}
interface Queued {
  readonly message: number;
  /** What was said of a message goes with the message that is no more. */
  readonly amendment?: number | null;
  readonly written: number;
  readonly session?: string | null;
  readonly number?: number | null;
}

/**
 * Takes from a damaged database what no server has (R13): messages that wait, drafts, settings, who was ignored and what is set for conversations, each as
 * far as it can still be read. Messages keep their ids, since an acknowledgement may be under way; new ones get ids never
 * used before.
 */
export function salvage(damaged: string, key: string, into: Connection, now: Date): void {
  const from = attempt(() => openConnection(damaged, key));
  const read = <T>(work: (db: Connection) => readonly T[]): readonly T[] =>
    (from && attempt(() => work(from))) ?? [];
  const waiting = read(readWaiting);
  const drafts = read(readDrafts);
  const settings = read((db) => db.all<{ key: string; value: string }>('SELECT key, value FROM settings'));
  const standings = read((db) =>
    db.all<{ peer: string; standing: 'ignored' | 'blocked' }>(
      `SELECT peer, standing FROM conversations WHERE standing IN ('ignored', 'blocked')`,
    ),
  );
  const marks = read(readAllMarks);
  if (from) attempt(() => from.close());
  into.transaction(() => {
    for (const { row, queued } of waiting) {
      const { id, peer, body, at, sort, origin_id: originId, reply_id: replyId } = row;
      // Taken over before, by a process that was killed then.
      if (readMessage(into, id)) continue;
      insertMessage(into, {
        ...{ id, peer, body, at, sort, direction: 'out', subject: null, delivery: 'waiting' },
        ...{ stanzaId: null, originId, messageId: originId, markable: false, nick: row.nick ?? null },
        kind: row.kind === 'buzz' ? 'buzz' : 'chat',
        ...fileOf(row),
        // What was to be covered is not sent in the open.
        ...(typeof row.spoiler === 'string' ? { spoiler: row.spoiler } : {}),
        ...(replyId
          ? { reply: { id: replyId, to: row.reply_to ?? null, words: row.reply_words ?? null } }
          : {}),
      });
      noteMessage(into, { peer, id, sort, direction: 'out', seen: true, standing: 'open' });
      enqueue(into, id, false);
      const { session, number } = queued;
      const place = typeof session === 'string' && typeof number === 'number' ? { session, number } : null;
      if (queued.written === 1) setWritten(into, id, place);
    }
    for (const { peer, text, reply, spoiler } of drafts) {
      const answers = typeof reply === 'number' && readMessage(into, reply) ? reply : null;
      setDraft(into, peer, text, answers, typeof spoiler === 'string' ? spoiler : null);
    }
    for (const { key: name, value } of settings) putSetting(into, name, value);
    for (const { peer, standing } of standings) setStanding(into, peer, standing);
    for (const { peer, marks: kept } of marks) setMarks(into, peer, kept);
    // Seconds since 1970 are above every id of a history that grew by less than a message a second.
    raiseMessageId(into, Math.floor(now.getTime() / 1000));
  });
}

function readWaiting(from: Connection): readonly { readonly row: Waiting; readonly queued: Queued }[] {
  // In the first version places were milliseconds, and the outbox had no more than this.
  const first = attempt(() => from.one('PRAGMA user_version')) ?? { user_version: 1 };
  const old = 'user_version' in first && Number(first.user_version) < 2;
  return from.all<Queued>('SELECT * FROM outbox ORDER BY position').flatMap((queued) => {
    if (typeof queued.amendment === 'number') return [];
    // All there is: earlier versions had less.
    const sql = 'SELECT * FROM messages WHERE id = ?';
    const row = attempt(() => from.one<Waiting>(sql, queued.message));
    return row ? [{ row: { ...row, sort: old ? row.sort * 1000 : row.sort }, queued }] : [];
  });
}

/** Whoever corrected it has made a text of it. */
function fileOf({ file, edited }: Waiting): { readonly file?: SharedFile } {
  const kept =
    typeof file === 'string' && edited !== 1 ? attempt(() => JSON.parse(file) as SharedFile) : null;
  return kept ? { file: kept } : {};
}

/** Null where the damage is. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
