import { openConnection, type Connection } from './driver';
import { noteMessage } from './tables/conversations';
import { readDrafts, setDraft } from './tables/drafts';
import { insertMessage, raiseMessageId, readMessage } from './tables/messages';
import { enqueue } from './tables/outbox';

interface Waiting {
  readonly id: number;
  readonly peer: string;
  readonly body: string;
  readonly at: number;
  readonly sort: number;
  readonly origin_id: string;
  readonly written: number;
}

/**
 * Takes from a damaged database what no server has (R13): messages that wait and drafts, each as far as it can still
 * be read. Messages keep their ids, since an acknowledgement may be under way; new ones get ids never used before.
 */
export function salvage(damaged: string, key: string, into: Connection, now: Date): void {
  const from = attempt(() => openConnection(damaged, key));
  const waiting = (from && attempt(() => readWaiting(from))) ?? [];
  const drafts = (from && attempt(() => readDrafts(from))) ?? [];
  if (from) attempt(() => from.close());
  into.transaction(() => {
    for (const { id, peer, body, at, sort, origin_id: originId, written } of waiting) {
      // Taken over before, by a process that was killed then.
      if (readMessage(into, id)) continue;
      const ids = { stanzaId: null, originId, messageId: originId };
      insertMessage(into, { id, peer, body, at, sort, direction: 'out', delivery: 'waiting', ...ids });
      noteMessage(into, { peer, id, sort, unread: false });
      enqueue(into, id, written === 1);
    }
    for (const { peer, text } of drafts) setDraft(into, peer, text);
    // Seconds since 1970 are above every id of a history that grew by less than a message a second.
    raiseMessageId(into, Math.floor(now.getTime() / 1000));
  });
}

function readWaiting(from: Connection): readonly Waiting[] {
  return from
    .all<{ message: number; written: number }>('SELECT message, written FROM outbox ORDER BY position')
    .flatMap(({ message, written }) => {
      const sql = 'SELECT id, peer, body, at, sort, origin_id FROM messages WHERE id = ?';
      const row = attempt(() => from.one<Omit<Waiting, 'written'>>(sql, message));
      return row ? [{ ...row, written }] : [];
    });
}

/** Null where the damage is. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
