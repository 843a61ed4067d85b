import type { Connection } from '../driver';

/** What was typed and not sent; an empty text removes it. */
export function setDraft(db: Connection, peer: string, text: string): void {
  if (text === '') db.run('DELETE FROM drafts WHERE peer = ?', peer);
  else db.run('INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text', peer, text);
}

export function readDrafts(db: Connection): readonly { readonly peer: string; readonly text: string }[] {
  return db.all('SELECT peer, text FROM drafts');
}
