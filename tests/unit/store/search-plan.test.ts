import { beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src-main/store/driver';
import { noteMessage } from '../../../src-main/store/tables/conversations';
import { countMessages, deleteMessages } from '../../../src-main/store/tables/history';
import { readPage } from '../../../src-main/store/tables/pages';
import { searchSql } from '../../../src-main/store/tables/search';
import { corpus, hanOf, nickOf, peerOf, wordOf } from '../../bench/corpus';
import { addRow, emptyDatabase, find } from './search-kit';

function history(count: number): Connection {
  const db = emptyDatabase();
  db.transaction(() => {
    for (const { peer, direction, nick, body, at } of corpus(count)) {
      const sort = at * 1000;
      const id = addRow(db, { peer, direction, nick, body, at, sort });
      noteMessage(db, { peer, direction, id, sort, seen: true, standing: 'open' });
    }
  });
  return db;
}

/** Steps of SQLite's machine: every row that is looked at, skipped or sorted costs some. */
function steps(db: Connection, work: () => unknown): number {
  const count = () => db.one<{ n: number }>('SELECT sum(nstep) AS n FROM sqlite_stmt')?.n ?? 0;
  // What counts itself is counted too.
  count();
  const own = count();
  const before = count();
  work();
  return count() - before - (before - own);
}

describe('R23 a long history', () => {
  let small: Connection;
  let large: Connection;
  beforeAll(() => {
    small = history(1500);
    large = history(12_000);
  });
  const middle = (db: Connection) => readPage(db, peerOf(0), null, 60).messages[0]?.id ?? 0;

  it.each<[string, (db: Connection) => unknown]>([
    ['the newest page', (db) => readPage(db, peerOf(0), null, 50)],
    ['a page further back', (db) => readPage(db, peerOf(0), { side: 'before', id: middle(db) }, 50)],
    ['a page after', (db) => readPage(db, peerOf(0), { side: 'after', id: middle(db) }, 50)],
    ['a jump', (db) => readPage(db, peerOf(0), { side: 'around', id: middle(db) }, 50)],
  ])('costs no more than a short one: %s', (_, work) => {
    // Statements are prepared at the first time.
    work(large);
    work(small);
    expect(steps(small, () => work(small))).toBeGreaterThan(100);
    expect(steps(large, () => work(large))).toBeLessThan(2 * steps(small, () => work(small)));
  });

  it.each([
    ['one word', { text: wordOf(0) }],
    ['a beginning', { text: wordOf(0).slice(0, 1) }],
    ['two words', { text: `${wordOf(0)} ${wordOf(1)}` }],
    ['a Chinese character', { text: hanOf(0) }],
    [
      'words of one sender in one conversation',
      { text: wordOf(0), peer: peerOf(0), direction: 'out' as const },
    ],
    ['what one person said in a room', { peer: peerOf(1), nick: nickOf(0) }],
    ['links', { has: 'link' as const }],
    ['a span of time', { text: wordOf(0), from: Date.UTC(2016, 0, 1), to: Date.UTC(2026, 0, 1) }],
  ])('a search looks at as many rows as it shows: %s', (_, query) => {
    const work = () => find(large, { ...query, limit: 50 });
    const { hits, more } = work();
    expect(hits).toHaveLength(50);
    expect(more).toBe(true);
    // A row costs about forty steps; a filter that is looked at row by row would cost many more rows.
    expect(steps(large, work)).toBeLessThan(51 * 60);
  });

  it('a search sorts nothing', () => {
    const plan = large
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${searchSql}`, 'x', null, null, null, null, null, 50)
      .map(({ detail }) => detail)
      .join('; ');
    expect(plan).toMatch(/^SCAN s VIRTUAL TABLE INDEX/);
    expect(plan).toContain('SEARCH m USING INTEGER PRIMARY KEY');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('what is older than everything is found missing at once, in one conversation and in all', () => {
    const before = Date.UTC(2000, 0, 1);
    for (const peer of [null, peerOf(0)]) {
      const work = () => [
        countMessages(large, peer, before),
        deleteMessages(large, peer, before, 100).deleted,
      ];
      expect(work()).toEqual([0, 0]);
      // A few for each of three hundred conversations.
      expect(steps(large, work)).toBeLessThan(30_000);
    }
  });
});
