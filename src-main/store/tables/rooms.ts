import type { Connection } from '../driver';
import type { RoomRow } from '../store';

interface Row extends Omit<RoomRow, 'wanted' | 'exit' | 'open' | 'membersOnly'> {
  readonly wanted: number;
  readonly exit: string | null;
  readonly open: number;
  readonly membersOnly: number;
}

export function readRooms(db: Connection): readonly RoomRow[] {
  return db
    .all<Row>(
      `SELECT jid, nick, name, subject, password, wanted, exit, open, members_only AS membersOnly
       FROM rooms ORDER BY jid`,
    )
    .map(({ wanted, exit, open, membersOnly, ...row }) => ({
      ...row,
      wanted: wanted === 1,
      exit: exit === null ? null : (JSON.parse(exit) as RoomRow['exit']),
      open: open === 1,
      membersOnly: membersOnly === 1,
    }));
}

export function putRoom(db: Connection, row: RoomRow): void {
  db.run(
    `INSERT INTO rooms (jid, nick, name, subject, password, wanted, exit, open, members_only)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
     ON CONFLICT DO UPDATE SET nick = ?2, name = ?3, subject = ?4, password = ?5, wanted = ?6, exit = ?7,
       open = ?8, members_only = ?9`,
    row.jid,
    row.nick,
    row.name,
    row.subject,
    row.password,
    row.wanted,
    row.exit === null ? null : JSON.stringify(row.exit),
    row.open,
    row.membersOnly,
  );
}

export function removeRoom(db: Connection, jid: string): void {
  db.run('DELETE FROM rooms WHERE jid = ?', jid);
}
