import type { ContactRequest } from '../../../src-shared/model/contact';
import type { Connection } from '../driver';

/** Subscription requests that wait for the user, oldest first. */
export function readRequests(db: Connection): readonly ContactRequest[] {
  return db.all<ContactRequest>('SELECT jid, nick, message, at FROM requests ORDER BY at, jid');
}

/** One for each address: a new one replaces the old. */
export function putRequest(db: Connection, request: ContactRequest): void {
  db.run(
    `INSERT INTO requests (jid, nick, message, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET nick = excluded.nick, message = excluded.message, at = excluded.at`,
    request.jid,
    request.nick,
    request.message,
    request.at,
  );
}

export function removeRequest(db: Connection, jid: string): void {
  db.run('DELETE FROM requests WHERE jid = ?', jid);
}
