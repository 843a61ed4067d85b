import type { Subscription } from '../../../src-shared/model/contact';
import type { Connection } from '../driver';
import type { RosterRow } from '../store';

interface Row {
  readonly jid: string;
  readonly name: string | null;
  readonly subscription: Subscription;
  readonly asked: number;
  readonly shared: number;
}

/** The whole roster, by address. */
export function readRoster(db: Connection): readonly RosterRow[] {
  const groups = new Map<string, string[]>();
  for (const row of db.all<{ jid: string; name: string }>(
    'SELECT jid, name FROM contact_groups ORDER BY jid, position',
  )) {
    const known = groups.get(row.jid);
    if (known) known.push(row.name);
    else groups.set(row.jid, [row.name]);
  }
  return db.all<Row>('SELECT * FROM roster ORDER BY jid').map((row) => ({
    jid: row.jid,
    name: row.name,
    groups: groups.get(row.jid) ?? [],
    subscription: row.subscription,
    asked: row.asked === 1,
    shared: row.shared === 1,
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
    'INSERT INTO roster (jid, name, subscription, asked, shared) VALUES (?, ?, ?, ?, ?)',
    row.jid,
    row.name,
    row.subscription,
    row.asked,
    row.shared,
  );
  row.groups.forEach((name, position) => {
    db.run('INSERT INTO contact_groups (jid, position, name) VALUES (?, ?, ?)', row.jid, position, name);
  });
}
