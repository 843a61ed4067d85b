import { describe, expect, it } from 'vitest';
import { openConnection, type Connection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { reindex } from '../../../src-main/store/reindex';
import { marks } from '../../../src-main/store/tables/search-index';
import { addRow, emptyDatabase, find, idsOf } from './search-kit';

describe('migration 0003', () => {
  it('makes everything findable that was there before, more than it reads at once too', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 2));
    db.transaction(() => {
      for (let n = 1; n <= 5200; n++) {
        db.run(
          `INSERT INTO messages (peer, direction, body, at, sort) VALUES ('a@example.org', 'in', ?, ?, ?)`,
          `old ${n} 苏州`,
          Date.UTC(2026, 0, 1) + n * 1000,
          n,
        );
      }
    });
    migrate(db);
    expect(db.one('PRAGMA user_version')).toEqual({ user_version: migrations.length });
    expect(idsOf(db, { text: '苏州', limit: 3 })).toEqual([5200, 5199, 5198]);
    expect(idsOf(db, { text: 'old 5200' })).toEqual([5200]);
    const added = addRow(db, { body: 'new', at: Date.UTC(2026, 1, 1) });
    expect(idsOf(db, { text: 'new' })).toEqual([added]);
  });

  it('leaves what is deleted later out, though it was indexed by the migration', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 2));
    db.run(
      `INSERT INTO messages (peer, direction, body, at, sort) VALUES ('a@example.org', 'in', 'old', 1, 1)`,
    );
    migrate(db);
    expect(find(db, { text: 'old' }).hits).toHaveLength(1);
    db.run('DELETE FROM messages');
    expect(find(db, { text: 'old' }).hits).toEqual([]);
  });
});

describe('migration 0026', () => {
  /** As they were before it: words alone, and a file was whatever looks like the address of one. */
  const before = (count: number): Connection => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 25));
    db.transaction(() => {
      for (let n = 1; n <= count; n++) {
        const file = n % 3 === 0 ? '{"name":"plan.pdf","url":"https://up.example.org/a"}' : null;
        const body = n % 3 === 0 ? 'see there' : 'https://example.org/index.html';
        const nick = n % 2 === 0 ? 'Maya' : null;
        db.run(
          `INSERT INTO messages (id, peer, direction, body, at, sort, file, nick, search_key) VALUES (?, 'a', 'in', ?, 0, ?, ?, ?, ?)`,
          ...[n, body, n, file, nick, n],
        );
        db.run('INSERT INTO search (rowid, words) VALUES (?, ?)', n, `${body} ${marks.file}`);
      }
    });
    migrate(db);
    return db;
  };

  it('lets files and speakers of what is older be found bit by bit, the newest first', () => {
    const db = before(500);
    expect(reindex(db)).toBe(true);
    expect(idsOf(db, { nick: 'Maya', limit: 2 })).toEqual([500, 498]);
    expect(idsOf(db, { nick: 'Maya', limit: 500 }).length).toBeLessThan(250);
    while (reindex(db));
    expect(idsOf(db, { nick: 'Maya', limit: 500 })).toHaveLength(250);
    expect(idsOf(db, { text: 'plan', has: 'file', limit: 500 })).toHaveLength(166);
    expect(idsOf(db, { has: 'file', limit: 500 })).toHaveLength(166);
    expect(db.all('SELECT rowid FROM search')).toHaveLength(500);
  });

  it('goes on where the end of the app cut it short, past any hole, and has an end', () => {
    const db = before(300);
    db.run('UPDATE messages SET id = id + 50000 WHERE id > 290');
    db.run(`UPDATE meta SET value = '50300' WHERE key = 'reindex'`);
    for (let steps = 0; reindex(db); steps++) expect(steps).toBeLessThan(20);
    expect(idsOf(db, { nick: 'Maya', limit: 500 })).toHaveLength(150);
    expect(reindex(db)).toBe(false);
  });

  it('has nothing to do in a new database', () => {
    expect(reindex(emptyDatabase())).toBe(false);
  });
});
