import type { Connection } from '../driver';
import type { InvitationRow } from '../invitation-row';

interface Row extends Omit<InvitationRow, 'direct'> {
  readonly direct: number;
}

/** The oldest first. */
export function readInvitations(db: Connection): readonly InvitationRow[] {
  return db
    .all<Row>(
      'SELECT room, invited_by AS by, direct, reason, password, at FROM invitations ORDER BY at, room',
    )
    .map((row) => ({ ...row, direct: row.direct === 1 }));
}

/** One for each room: a new one replaces the old. */
export function putInvitation(db: Connection, row: InvitationRow): void {
  db.run(
    `INSERT INTO invitations (room, invited_by, direct, reason, password, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT DO UPDATE SET invited_by = ?2, direct = ?3, reason = ?4, password = ?5, at = ?6`,
    row.room,
    row.by,
    row.direct ? 1 : 0,
    row.reason,
    row.password,
    row.at,
  );
}

export function removeInvitation(db: Connection, room: string): void {
  db.run('DELETE FROM invitations WHERE room = ?', room);
}
