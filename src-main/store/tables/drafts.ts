import type { Connection } from '../driver';

/** What was typed and not sent, and the row that it is to answer; without both it is removed. */
export function setDraft(db: Connection, peer: string, text: string, answers: number | null = null): void {
  if (text === '' && answers === null) db.run('DELETE FROM drafts WHERE peer = ?', peer);
  else
    db.run(
      `INSERT INTO drafts (peer, text, reply) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET text = excluded.text, reply = excluded.reply`,
      peer,
      text,
      answers,
    );
}

interface Draft {
  readonly peer: string;
  readonly text: string;
  readonly reply?: number | null;
}

/** All there is: earlier versions had less. */
export function readDrafts(db: Connection): readonly Draft[] {
  return db.all('SELECT * FROM drafts');
}
