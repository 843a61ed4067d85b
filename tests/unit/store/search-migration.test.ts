import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { addRow, find, idsOf } from './search-kit';

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
