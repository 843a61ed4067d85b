import type { AppEvent } from '../../../src-shared/ipc/contract';
import type { SessionContext } from '../context';
import type { Work } from './work';

/** So few that a message to be sent need not wait. */
const rowsAtOnce = 100;

export interface Removal {
  /** Each conversation, and how many messages go. */
  readonly chats: readonly { readonly peer: string; readonly rows: number }[];
  /** Epoch milliseconds; null: everything. */
  readonly before: number | null;
}

/**
 * Deletes for good what was there when it was counted: what has come since stays, since each conversation gives up as many
 * rows as it had, the oldest first.
 */
export async function removeHistory(
  context: SessionContext,
  { chats, before }: Removal,
  work: Work,
): Promise<void> {
  const { store } = context;
  for (const { peer, rows } of chats) {
    let left = rows;
    let changed = false;
    while (left > 0 && !work.stopped) {
      const { deleted } = await store.deleteHistory(peer, before, Math.min(left, rowsAtOnce));
      if (deleted === 0) break;
      changed = true;
      left -= deleted;
      work.advance(deleted);
    }
    if (changed) await tellRemoved(context, peer);
    if (work.stopped) break;
  }
}

/**
 * Overwrites in the file what deleted messages left behind, step by step. What the end of the app cuts short is done at the
 * next start.
 */
export async function eraseRest(
  { store }: SessionContext,
  work: Pick<Work, 'due'> | null,
  closing: () => boolean,
): Promise<void> {
  while (!closing() && (await store.erase())) work?.due();
}

/** Messages that wait to be sent stay. */
export async function removableRows(
  { store }: SessionContext,
  peer: string,
  before: number | null,
): Promise<number> {
  const waiting = (await store.outbox()).filter(
    (row) => row.peer === peer && (before === null || row.at < before),
  );
  return Math.max(0, (await store.count(peer, before)) - waiting.length);
}

async function tellRemoved({ account, hub, store }: SessionContext, peer: string): Promise<void> {
  const chat = await store.chat(peer);
  const gone = chat.last === null && chat.draft === '' && !chat.marks.pinned;
  const events: readonly AppEvent[] = [
    { topic: 'messages', type: 'filled', account, peer },
    gone
      ? { topic: 'chats', type: 'chat-gone', account, peer }
      : { topic: 'chats', type: 'chat', account, chat },
  ];
  for (const event of events) hub.emit(event);
}
