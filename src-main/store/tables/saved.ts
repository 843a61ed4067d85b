/** What is kept for the next start: the session that can be resumed with its presences, capabilities, settings. */
import type { ResourcePresence } from '../../../src-shared/model/presence';
import type { Connection } from '../driver';
import type { CachedPresence, SavedSession, SessionToSave } from '../store';

/** As one text each way, and only what changed is written: this comes once a second, with 10,000 contacts too. */
export function putSession(db: Connection, saved: SessionToSave | null): void {
  if (saved === null) {
    db.exec('DELETE FROM session; DELETE FROM presences');
    return;
  }
  if (saved.presences) putPresences(db, saved.presences);
  db.run('INSERT INTO session VALUES (1, ?) ON CONFLICT DO UPDATE SET state = excluded.state', saved.session);
}

function putPresences(db: Connection, presences: readonly CachedPresence[]): void {
  const rows = JSON.stringify(presences.map(({ jid, resources }) => [jid, JSON.stringify(resources)]));
  db.run(
    `DELETE FROM presences WHERE jid NOT IN (SELECT value ->> 0 FROM json_each(?) WHERE value ->> 0 IS NOT NULL)`,
    rows,
  );
  db.run(
    `INSERT INTO presences (jid, resources) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
     ON CONFLICT DO UPDATE SET resources = excluded.resources WHERE resources <> excluded.resources`,
    rows,
  );
}

export function readSession(db: Connection): SavedSession | null {
  const session = db.one<{ state: string }>('SELECT state FROM session')?.state;
  if (session === undefined) return null;
  const whole = db.one<{ rows: string }>(
    'SELECT json_group_array(json_array(jid, json(resources))) AS rows FROM presences',
  );
  const rows = JSON.parse(whole?.rows ?? '[]') as readonly [string, readonly ResourcePresence[]][];
  return { session, presences: rows.map(([jid, resources]) => ({ jid, resources })) };
}

export function readCapabilities(db: Connection, key: string): string | null {
  return db.one<{ info: string }>('SELECT info FROM capabilities WHERE key = ?', key)?.info ?? null;
}

/** Of so many hashes; a contact can make up another one with each presence. */
const MOST_HASHES = 2_000;

/** Nothing tells which are old: when it is full, all go, and what is still needed is asked for again. */
export function putCapabilities(db: Connection, key: string, info: string): void {
  db.run('DELETE FROM capabilities WHERE (SELECT count(*) FROM capabilities) >= ?', MOST_HASHES);
  db.run('INSERT INTO capabilities VALUES (?, ?) ON CONFLICT DO UPDATE SET info = excluded.info', key, info);
}

export function readSetting(db: Connection, key: string): string | null {
  return db.one<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value ?? null;
}

export function putSetting(db: Connection, key: string, value: string | null): void {
  if (value === null) db.run('DELETE FROM settings WHERE key = ?', key);
  else
    db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value);
}
