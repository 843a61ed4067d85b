import type { ChatMarks, ChatRule } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';

export interface MarkRow {
  readonly pinned: number | null;
  readonly mutedUntil: number | null;
  readonly archived: number | null;
  readonly rule: ChatRule | null;
  readonly markedUnread: number | null;
}

/** Columns of a `conversations c` that may be missing (null). */
export const markColumns = `c.pinned, c.muted_until AS mutedUntil, c.archived, c.rule, c.marked_unread AS markedUnread`;

export const marksOf = (row: MarkRow): ChatMarks => ({
  pinned: row.pinned === 1,
  mutedUntil: row.mutedUntil,
  archived: row.archived === 1,
  rule: row.rule ?? 'default',
  unread: row.markedUnread === 1,
});

/** Sets what the patch names, and makes the conversation when there is none. One pinned is in the list, one archived is not. */
export function setMarks(db: Connection, peer: string, patch: Partial<ChatMarks>): void {
  db.run('INSERT INTO conversations (peer, uninvited) VALUES (?, 1) ON CONFLICT DO NOTHING', peer);
  const set = (column: string, value: string | number | null): void => {
    db.run(`UPDATE conversations SET ${column} = ?1 WHERE peer = ?2`, value, peer);
  };
  if (patch.pinned !== undefined) set('pinned', Number(patch.pinned));
  if (patch.pinned === true) set('archived', 0);
  if (patch.archived !== undefined) set('archived', Number(patch.archived));
  if (patch.archived === true) set('pinned', 0);
  if (patch.mutedUntil !== undefined) set('muted_until', patch.mutedUntil);
  if (patch.rule !== undefined) set('rule', patch.rule);
  if (patch.unread !== undefined) set('marked_unread', Number(patch.unread));
}

/** @returns whether it was marked */
export const clearUnreadMark = (db: Connection, peer: string): boolean =>
  db.run('UPDATE conversations SET marked_unread = 0 WHERE peer = ? AND marked_unread', peer) > 0;

/** Those for which something is set, for a database that takes the place of a damaged one. */
export const readAllMarks = (
  db: Connection,
): readonly { readonly peer: string; readonly marks: ChatMarks }[] =>
  db
    .all<MarkRow & { readonly peer: string }>(
      `SELECT c.peer, ${markColumns} FROM conversations c
       WHERE c.pinned OR c.muted_until IS NOT NULL OR c.archived OR c.rule <> 'default' OR c.marked_unread`,
    )
    .map((row) => ({ peer: row.peer, marks: marksOf(row) }));
