import type { Connection } from '../driver';

/** What was typed and not sent, the row that it is to answer, and the hint that covers it; without all three it is removed. */
export function setDraft(
  db: Connection,
  peer: string,
  text: string,
  answers: number | null = null,
  spoiler: string | null = null,
): void {
  if (text === '' && answers === null && spoiler === null) db.run('DELETE FROM drafts WHERE peer = ?', peer);
  else
    db.run(
      `INSERT INTO drafts (peer, text, reply, spoiler) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET text = excluded.text, reply = excluded.reply, spoiler = excluded.spoiler`,
      peer,
      text,
      answers,
      spoiler,
    );
}

interface Draft {
  readonly peer: string;
  readonly text: string;
  readonly reply?: number | null;
  readonly spoiler?: string | null;
}

/** All there is: earlier versions had less. */
export function readDrafts(db: Connection): readonly Draft[] {
  return db.all('SELECT * FROM drafts');
}
