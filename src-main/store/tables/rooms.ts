import type { Connection } from '../driver';
import type { RoomRow } from '../store';

interface Row extends Omit<RoomRow, 'wanted' | 'exit'> {
  readonly wanted: number;
  readonly exit: string | null;
}

export function readRooms(db: Connection): readonly RoomRow[] {
  return db
    .all<Row>('SELECT jid, nick, name, subject, password, wanted, exit FROM rooms ORDER BY jid')
    .map(({ wanted, exit, ...row }) => ({
      ...row,
      wanted: wanted === 1,
      exit: exit === null ? null : (JSON.parse(exit) as RoomRow['exit']),
    }));
}

export function putRoom(db: Connection, { jid, nick, name, subject, password, wanted, exit }: RoomRow): void {
  db.run(
    `INSERT INTO rooms (jid, nick, name, subject, password, wanted, exit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
     ON CONFLICT DO UPDATE SET nick = ?2, name = ?3, subject = ?4, password = ?5, wanted = ?6, exit = ?7`,
    jid,
    nick,
    name,
    subject,
    password,
    wanted,
    exit === null ? null : JSON.stringify(exit),
  );
}

export function removeRoom(db: Connection, jid: string): void {
  db.run('DELETE FROM rooms WHERE jid = ?', jid);
}
