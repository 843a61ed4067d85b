/** Deleted for good: what a deletion leaves behind in the full-text table and in the log is overwritten too, step by step. */
import type { Connection } from './driver';
import { getMeta, setMeta } from './tables/meta';

/** Pages of the full-text table that one step writes: a few dozen milliseconds. */
const stepPages = 64;
/** A file is only rewritten as a whole while that takes no longer than a step or two. */
const mostRewritten = 4096;

/**
 * One step. The full-text table only notes that a row is gone and drops its words at the next merge: so all of it is merged
 * into one (https://www.sqlite.org/fts5.html#the_merge_command). Pages that become free are overwritten (secure_delete).
 * @returns false when nothing is left to do
 */
export function erase(db: Connection): boolean {
  const state = getMeta(db, 'erase');
  if (state === null) return false;
  if (state === 'wanted') {
    db.transaction(() => {
      merge(db, -stepPages);
      setMeta(db, 'erase', 'begun');
    });
    return true;
  }
  // So the manual tells that there was nothing to merge.
  if (db.transaction(() => merge(db, stepPages)) >= 2) return true;
  setMeta(db, 'erase', null);
  giveBack(db);
  return false;
}

/** @returns the rows that it changed */
function merge(db: Connection, pages: number): number {
  const before = changes(db);
  db.run(`INSERT INTO search (search, rank) VALUES ('merge', ?)`, pages);
  return changes(db) - before;
}

const changes = (db: Connection): number => db.one<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;

/** Empties the log, which still holds what was, and gives back the room where that is cheap. */
function giveBack(db: Connection): void {
  const pages = db.one<{ used: number; free: number }>(
    `SELECT (SELECT page_count FROM pragma_page_count) - freelist_count AS used, freelist_count AS free
     FROM pragma_freelist_count`,
  );
  if (pages && pages.free > pages.used && pages.used < mostRewritten) db.exec('VACUUM');
  db.one('PRAGMA wal_checkpoint(TRUNCATE)');
}
