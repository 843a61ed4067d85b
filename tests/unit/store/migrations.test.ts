import { describe, expect, it } from 'vitest';
import { openConnection, type Connection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import type { Migration } from '../../../src-main/store/migrations/migration';

const version = (db: Connection) => db.one<{ user_version: number }>('PRAGMA user_version')?.user_version;
const tables = (db: Connection) =>
  db
    .all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('sqlite_'));
const step = (number: number, sql: string): Migration => ({ version: number, up: (db) => db.exec(sql) });

describe('migrations', () => {
  it('are numbered from 1 without a hole', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, n) => n + 1));
  });

  it('0001 makes every table, with identity columns and outbox', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 1));
    expect(version(db)).toBe(1);
    expect(tables(db)).toEqual([
      'contact_groups',
      'conversations',
      'drafts',
      'messages',
      'meta',
      'outbox',
      'requests',
      'roster',
    ]);
    const columns = db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', 'messages');
    expect(columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['stanza_id', 'origin_id', 'message_id', 'kind', 'direction', 'delivery']),
    );
  });

  it('0001 finds messages by their ids and pages through an index, never by reading all', () => {
    const db = openConnection(':memory:', null);
    migrate(db);
    const plan = (sql: string) =>
      db
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join('; ');
    for (const column of ['stanza_id', 'origin_id', 'message_id']) {
      expect(plan(`SELECT id FROM messages WHERE ${column} = 'x'`)).toContain(`messages_${column}`);
    }
    const page = plan(`SELECT * FROM messages WHERE peer = 'p' AND (sort, id) < (5, 5)
      ORDER BY sort DESC, id DESC LIMIT 50`);
    expect(page).toContain('messages_place');
    expect(page).not.toContain('TEMP B-TREE');
  });

  it('run only what is new, once', () => {
    const db = openConnection(':memory:', null);
    const steps = [step(1, 'CREATE TABLE a (x)'), step(2, 'CREATE TABLE b (x)')];
    migrate(db, steps.slice(0, 1));
    migrate(db, steps);
    migrate(db, steps);
    expect(tables(db)).toEqual(['a', 'b']);
    expect(version(db)).toBe(2);
  });

  it('R14 leave the old schema when one fails half way', () => {
    const db = openConnection(':memory:', null);
    const broken = step(2, 'ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2); CREATE TABLE nonsense');
    expect(() => {
      migrate(db, [step(1, 'CREATE TABLE a (x)'), broken]);
    }).toThrow();
    expect(version(db)).toBe(1);
    expect(db.all('SELECT name FROM pragma_table_info(?)', 'a')).toEqual([{ name: 'x' }]);
    expect(db.all('SELECT * FROM a')).toEqual([]);
  });

  it('refuse a database of a newer Flint', () => {
    const db = openConnection(':memory:', null);
    db.exec('PRAGMA user_version = 99');
    expect(() => {
      migrate(db);
    }).toThrow(expect.objectContaining({ reason: 'newer' }) as Error);
  });
});
