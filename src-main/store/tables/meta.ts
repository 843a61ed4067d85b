import type { Connection } from '../driver';

/**
 * `erase`: deleted messages have left something behind (erase.ts); `wanted`, or `begun`. `reindex`: the newest message of which the search has
 * older words (reindex.ts).
 */
type Key = 'roster-version' | 'erase' | 'reindex';

/** Single values, such as the roster's version. */
export function getMeta(db: Connection, key: Key): string | null {
  return db.one<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
}

export function setMeta(db: Connection, key: Key, value: string | null): void {
  if (value === null) db.run('DELETE FROM meta WHERE key = ?', key);
  else db.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value);
}
