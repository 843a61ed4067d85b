import type { Subscription } from '../../../src-shared/model/contact';
import type { Connection } from '../driver';
import type { RosterRow } from '../store';

type Row = readonly [
  jid: string,
  name: string | null,
  subscription: Subscription,
  asked: number,
  shared: number,
  approved: number,
  groups: readonly string[],
];

/** The whole roster, by address. */
export function readRoster(db: Connection): readonly RosterRow[] {
  // As one text: libsql takes four times as long to hand over 10,000 rows.
  const whole = db.one<{ rows: string }>(
    `SELECT json_group_array(json_array(jid, name, subscription, asked, shared, approved,
       (SELECT json_group_array(name) FROM
         (SELECT g.name FROM contact_groups g WHERE g.jid = r.jid ORDER BY g.position)))) AS rows
     FROM (SELECT * FROM roster ORDER BY jid) r`,
  );
  const rows = JSON.parse(whole?.rows ?? '[]') as readonly Row[];
  return rows.map(([jid, name, subscription, asked, shared, approved, groups]) => ({
    jid,
    name,
    groups,
    subscription,
    asked: asked === 1,
    ...(approved === 1 ? { approved: true } : {}),
    shared: shared === 1,
  }));
}

export function clearRoster(db: Connection): void {
  db.exec('DELETE FROM contact_groups; DELETE FROM roster');
}

export function removeContact(db: Connection, jid: string): void {
  db.run('DELETE FROM contact_groups WHERE jid = ?', jid);
  db.run('DELETE FROM roster WHERE jid = ?', jid);
}

/** Adds a row that is not there. */
export function insertContact(db: Connection, row: RosterRow): void {
  db.run(
    'INSERT INTO roster (jid, name, subscription, asked, shared, approved) VALUES (?, ?, ?, ?, ?, ?)',
    row.jid,
    row.name,
    row.subscription,
    row.asked,
    row.shared,
    row.approved ?? false,
  );
  row.groups.forEach((name, position) => {
    db.run('INSERT INTO contact_groups (jid, position, name) VALUES (?, ?, ?)', row.jid, position, name);
  });
}
