import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection, toStoreError } from '../../../src-main/store/driver';
import { StoreBug } from '../../../src-main/store/store';
import { testFolder, testKey } from '../../support/store-kit';

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
    expect(() => db.run('INSERT INTO t VALUES (?)', 'a\0b')).toThrow(StoreBug);
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
    expect(() => add(-1)).toThrow(StoreBug);
    expect(add(1)).toEqual({ n: 1 });
  });

  it('R12 takes what is wrong with a statement or its values for no fault of the disk', () => {
    const db = openConnection(':memory:', null);
    db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE) STRICT');
    db.run("INSERT INTO t VALUES (1, 'a')");
    const faults = [
      () => db.run("INSERT INTO t VALUES (1, 'b')"),
      () => db.run("INSERT INTO t VALUES (2, 'a')"),
      () => db.run('INSERT INTO t VALUES (2, NULL)'),
      () => db.run("INSERT INTO t VALUES ('no number', 'b')"),
      () => db.run("INSERT INTO t VALUES (2, x'00')"),
      () => db.run('INSERT INTO nowhere VALUES (1)'),
      () => db.exec('CREATE TABLE'),
    ];
    for (const fault of faults) expect(fault).toThrow(StoreBug);
    expect(db.all('SELECT n FROM t')).toEqual([{ n: 1 }]);
  });

  it('R12 waits for another’s lock, and takes it for the disk’s', () => {
    const file = join(testFolder(), 'locked.db');
    const [one, other] = [openConnection(file, testKey), openConnection(file, testKey)];
    one.exec('CREATE TABLE t (a)');
    other.exec('PRAGMA busy_timeout = 1');
    one.transaction(() => {
      expect(() => other.run('INSERT INTO t VALUES (1)')).toThrow(
        expect.objectContaining({ reason: 'io' }) as Error,
      );
    });
    one.exec('PRAGMA query_only = ON');
    expect(() => one.run('INSERT INTO t VALUES (1)')).toThrow(
      expect.objectContaining({ reason: 'read-only' }) as Error,
    );
    for (const db of [one, other]) db.close();
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
    // SQLITE_CORRUPT_INDEX, and SQLITE_IOERR_DATA: libsql has no names for them.
    expect(reasons('UNKNOWN_SQLITE_ERROR_779', 'UNKNOWN_SQLITE_ERROR_8202')).toEqual(['damaged', 'io']);
    expect(reasons('SQLITE_IOERR_WRITE', 'SQLITE_BUSY', 'SQLITE_CANTOPEN', '')).toEqual(Array(4).fill('io'));
    expect(toStoreError(new TypeError('The database connection is not open')).reason).toBe('closed');
  });

  it('R12 says io for a folder that is none', () => {
    expect(() => openConnection('/dev/null/x.db', null)).toThrow(
      expect.objectContaining({ reason: 'io' }) as Error,
    );
  });
});
