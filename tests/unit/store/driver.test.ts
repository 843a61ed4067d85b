import { describe, expect, it } from 'vitest';
import { openConnection, toStoreError } from '../../../src-main/store/driver';
import { StoreBug, StoreError } from '../../../src-main/store/store';

const memory = () => {
  const db = openConnection(':memory:', null);
  db.exec('CREATE TABLE t (a)');
  return db;
};
const failure = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('the driver', () => {
  it('gives back what it was given', () => {
    const db = memory();
    for (const value of ['', 'é你好👍', 0, -1.5, 1_700_000_000_123, null]) {
      db.run('DELETE FROM t');
      db.run('INSERT INTO t VALUES (?)', value);
      expect(db.one('SELECT a FROM t')).toEqual({ a: value });
      expect(db.all('SELECT a FROM t')).toEqual([{ a: value }]);
    }
    expect(db.one('SELECT a FROM t WHERE a = 7')).toBeNull();
  });

  it('takes booleans as 0 and 1, big integers, and bytes in every row', () => {
    const db = memory();
    db.run('INSERT INTO t VALUES (?), (?), (?)', true, false, 5n);
    expect(db.all('SELECT a FROM t')).toEqual([{ a: 1 }, { a: 0 }, { a: 5 }]);
    db.run('DELETE FROM t');
    db.run('INSERT INTO t VALUES (?)', Buffer.from([0, 1, 255]));
    expect(db.one('SELECT a FROM t')).toEqual({ a: Buffer.from([0, 1, 255]) });
    expect(db.all('SELECT a FROM t')).toEqual([{ a: Buffer.from([0, 1, 255]) }]);
  });

  it('refuses text that libsql would cut', () => {
    const db = memory();
    expect(() => db.run('INSERT INTO t VALUES (?)', 'a\0b')).toThrow(StoreError);
    expect(db.all('SELECT a FROM t')).toEqual([]);
  });

  it('R27 refuses values at which libsql would abort the process', () => {
    const db = memory();
    const bad: unknown[] = [new Date(), new Uint8Array([1]), {}, [], undefined, Symbol.iterator, Number.NaN];
    for (const value of bad) {
      expect(() => db.run('INSERT INTO t VALUES (?)', value as string)).toThrow(StoreBug);
    }
    expect(db.all('SELECT a FROM t')).toEqual([]);
  });

  it('R14 undoes a transaction that fails, and goes on', () => {
    const db = memory();
    const work = () =>
      db.transaction(() => {
        db.run('INSERT INTO t VALUES (1)');
        throw new Error('half way');
      });
    expect(work).toThrow('half way');
    expect(db.all('SELECT a FROM t')).toEqual([]);
    expect(db.transaction(() => db.run('INSERT INTO t VALUES (2)'))).toBe(1);
  });

  it('R12 says that the disk is full, and works again when there is room', () => {
    const db = memory();
    db.exec('PRAGMA max_page_count = 10');
    const fill = () =>
      db.transaction(() => {
        for (let n = 0; n < 100; n++) db.run('INSERT INTO t VALUES (?)', 'x'.repeat(4000));
      });
    expect(fill).toThrow(expect.objectContaining({ reason: 'full' }) as Error);
    expect(db.all('SELECT a FROM t')).toEqual([]);
    db.exec('PRAGMA max_page_count = 1000');
    fill();
    expect(db.all('SELECT a FROM t')).toHaveLength(100);
  });

  it('R12 gives a statement that failed nothing of what it failed with', () => {
    const db = openConnection(':memory:', null);
    db.exec('CREATE TABLE t (n INTEGER CHECK (n > 0))');
    const add = (n: number) => db.one<{ n: number }>('INSERT INTO t VALUES (?) RETURNING n', n);
    expect(() => add(-1)).toThrow(StoreError);
    expect(add(1)).toEqual({ n: 1 });
  });

  it('R12 puts SQLite’s codes into the few reasons that the app tells apart', () => {
    const reasons = (...codes: string[]) => codes.map((code) => toStoreError(failure(code)).reason);
    expect(reasons('SQLITE_FULL')).toEqual(['full']);
    expect(reasons('SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_PERM')).toEqual(
      Array(3).fill('read-only'),
    );
    expect(reasons('SQLITE_CORRUPT', 'SQLITE_CORRUPT_VTAB', 'SQLITE_NOTADB')).toEqual(
      Array(3).fill('damaged'),
    );
    expect(reasons('SQLITE_IOERR_WRITE', 'SQLITE_BUSY', 'SQLITE_CANTOPEN', '')).toEqual(Array(4).fill('io'));
    expect(toStoreError(new TypeError('The database connection is not open')).reason).toBe('closed');
  });

  it('R12 says io for a folder that is none', () => {
    expect(() => openConnection('/dev/null/x.db', null)).toThrow(
      expect.objectContaining({ reason: 'io' }) as Error,
    );
  });
});
