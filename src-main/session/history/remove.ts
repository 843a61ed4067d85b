import type { Conversation } from '../../../src-shared/model/conversation';
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

/** Deletes single messages of a conversation for good. @returns how many are gone */
export async function removeMessages(
  context: SessionContext,
  peer: string,
  ids: readonly number[],
): Promise<number> {
  const { account, hub, store } = context;
  let deleted = 0;
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const gone = await store.deleteRows(peer, ids.slice(from, from + rowsAtOnce));
    deleted += gone.length;
    for (const id of gone) hub.emit({ topic: 'messages', type: 'discarded', account, peer, id });
  }
  if (deleted > 0) tellChat(context, await store.chat(peer));
  return deleted;
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

/** Gives the search what it knows of newer messages of older ones too, step by step like that. */
export async function indexRest({ store }: SessionContext, closing: () => boolean): Promise<void> {
  while (!closing() && (await store.reindex()));
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

async function tellRemoved(context: SessionContext, peer: string): Promise<void> {
  const chat = await context.store.chat(peer);
  context.hub.emit({ topic: 'messages', type: 'filled', account: context.account, peer });
  tellChat(context, chat);
}

/** A conversation that nothing is left of goes out of the list. */
function tellChat({ account, hub }: SessionContext, chat: Conversation): void {
  const gone = chat.last === null && chat.draft === '' && !chat.marks.pinned;
  hub.emit(
    gone
      ? { topic: 'chats', type: 'chat-gone', account, peer: chat.peer }
      : { topic: 'chats', type: 'chat', account, chat },
  );
}
