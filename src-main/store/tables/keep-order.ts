/** What holds between rows of which an archive has only some (R9): the order in which they were written, or came. */
import type { Connection } from '../driver';
import { arrange, type Placed } from './places';

interface Row {
  readonly id: number;
  readonly sort: number;
  readonly at: number;
}
const nothing = { ranges: [], id: null };
/** No page has had it yet. */
const UNPROVEN = 'page IS NULL AND page_with IS NULL';

/**
 * What is written later is sent later (R9): ours that are not in the archive yet, or not known to be, follow the last one of
 * ours on the page where that has moved past them.
 */
export function keepOwnOrder(db: Connection, peer: string, items: readonly Placed[]): void {
  const ids = JSON.stringify(items.map(({ id }) => id));
  const last = db.one<Row>(
    `SELECT id, sort, at FROM messages WHERE direction = 'out' AND id IN (SELECT value FROM json_each(?))
     ORDER BY sort DESC LIMIT 1`,
    ids,
  );
  if (!last) return;
  const overtaken = db.all<Row>(
    `SELECT id, sort, at FROM messages WHERE peer = ? AND direction = 'out' AND ${UNPROVEN}
       AND id > ? AND sort <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id`,
    peer,
    last.id,
    last.sort,
    ids,
  );
  if (overtaken.length === 0) return;
  const rows = [
    { ...last, pinned: true },
    ...overtaken.map((row) => ({ ...row, sort: null, pinned: false })),
  ];
  arrange(db, peer, rows, nothing, nothing, 'follow');
}

/**
 * What came live is not overtaken by what came live after it, only because the page has that alone (R9): ejabberd numbers an
 * entry when it is sent and stores it when our session has taken it, so that a page read meanwhile goes past it.
 */
export function keepArrival(db: Connection, peer: string, items: readonly Placed[]): void {
  const ids = JSON.stringify(items.map(({ id }) => id));
  for (const { id, sort: before, pinned } of items) {
    if (before === null || pinned) continue;
    const now = db.one<Row>(
      "SELECT id, sort, at FROM messages WHERE id = ? AND direction = 'in' AND sort < ?",
      id,
      before,
    );
    if (!now) continue;
    const overtaken = db.all<Row>(
      `SELECT id, sort, at FROM messages WHERE peer = ? AND direction = 'in' AND ${UNPROVEN}
         AND id < ? AND sort BETWEEN ? AND ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY sort, id`,
      peer,
      id,
      now.sort,
      before,
      ids,
    );
    if (overtaken.length === 0) continue;
    const above = db.one<Row>(
      'SELECT id, sort, at FROM messages WHERE peer = ? AND sort < ? ORDER BY sort DESC, id DESC LIMIT 1',
      peer,
      now.sort,
    );
    const rows = [
      ...(above ? [{ ...above, pinned: true }] : []),
      ...overtaken.map((row) => ({ ...row, sort: null, pinned: false })),
      { ...now, pinned: true },
    ];
    arrange(db, peer, rows, nothing, nothing, 'precede');
  }
}
