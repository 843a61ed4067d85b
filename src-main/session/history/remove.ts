import type { Conversation } from '../../../src-shared/model/conversation';
import type { LeftBehind } from '../../store/store';
import type { SessionContext } from '../context';
import type { Work } from './work';

/** So few that a message to be sent need not wait. */
const rowsAtOnce = 100;

export interface RemoveParts {
  /** Of the account's files, what is of no use without what was deleted. */
  forget(left: LeftBehind): Promise<void>;
  /** Messages of this conversation are gone. */
  removed(peer: string): void;
}

export interface Removal {
  /** Each conversation, and how many messages go. */
  readonly chats: readonly Removable[];
}
/** What goes of a conversation. */
export interface Removable {
  readonly peer: string;
  readonly rows: number;
  /** Epoch milliseconds: what is older. */
  readonly before: number;
  /** All of it, and what was begun to be written there. */
  readonly whole: boolean;
}

/**
 * Deletes for good what is no newer than what was there when it was counted: what is said meanwhile stays, what an archive tells
 * meanwhile of the time before goes with it.
 */
export async function removeHistory(
  context: SessionContext,
  { chats }: Removal,
  work: Work,
  parts: RemoveParts,
): Promise<void> {
  const { store } = context;
  for (const { peer, rows, before, whole } of chats) {
    let left = rows;
    let changed = false;
    while (!work.stopped) {
      const { deleted, left: behind } = await store.deleteHistory(peer, before, rowsAtOnce);
      if (deleted === 0) break;
      await parts.forget(behind);
      changed = true;
      work.advance(Math.min(deleted, left));
      left -= Math.min(deleted, left);
    }
    if (whole && !work.stopped) await store.setDraft(peer, '');
    if (changed) parts.removed(peer);
    if (changed) await tellRemoved(context, peer);
    if (work.stopped) break;
  }
}

/** Deletes single messages of a conversation for good. @returns how many are gone */
export async function removeMessages(
  context: SessionContext,
  peer: string,
  ids: readonly number[],
  parts: RemoveParts,
): Promise<number> {
  const { account, hub, store } = context;
  let deleted = 0;
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const { gone, left } = await store.deleteRows(peer, ids.slice(from, from + rowsAtOnce));
    await parts.forget(left);
    deleted += gone.length;
    for (const id of gone) hub.emit({ topic: 'messages', type: 'discarded', account, peer, id });
  }
  if (deleted > 0) parts.removed(peer);
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

/** What is there by now, or (not null) of it what is older than a moment. Messages that wait to be sent stay. */
export async function removable(
  { store }: SessionContext,
  peer: string,
  limit: number | null,
): Promise<Removable> {
  const before = Math.min(limit ?? Infinity, ((await store.newestAt(peer)) ?? 0) + 1);
  const waiting = (await store.outbox()).filter((row) => row.peer === peer && row.at < before);
  return {
    peer,
    before,
    whole: limit === null,
    rows: Math.max(0, (await store.count(peer, before)) - waiting.length),
  };
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
