/** The only caller of libsql: what would make its native part abort the process never gets there. */
import Database from 'libsql';
import { StoreBug, StoreError } from './store';

/** What SQLite can be given. libsql aborts its process on anything else (Date, plain Uint8Array, object). */
export type Value = string | number | bigint | boolean | null | Buffer;

export interface Connection {
  /** Runs a statement that returns no rows; answers how many rows it changed. */
  run(sql: string, ...values: readonly Value[]): number;
  /** Adds one row; answers its number. */
  insert(sql: string, ...values: readonly Value[]): number;
  /** The first row, or null. */
  one<Row extends object>(sql: string, ...values: readonly Value[]): Row | null;
  all<Row extends object>(sql: string, ...values: readonly Value[]): readonly Row[];
  /** Runs SQL text as it is, several statements at once. */
  exec(sql: string): void;
  /**
   * All or nothing; throws what `work` throws, or the reason why it could not be committed. Within another one it is a step
   * of that: undone by itself, committed with the whole.
   */
  transaction<T>(work: () => T): T;
  /** Runs something right before the whole transaction is committed; at once where there is none. */
  beforeCommit(run: () => void): void;
  /** False after SQLite gave up a whole transaction by itself, as on a full disk. */
  readonly inTransaction: boolean;
  close(): void;
}

/** Its rows come as plain lists: libsql takes twice as long to make an object of each, and puts a time of its own into it. */
interface Prepared {
  readonly statement: Database.Statement;
  readonly names: readonly string[];
}

/** How long a statement waits for another connection's lock, in milliseconds. */
const busyTimeout = 5000;

/**
 * Opens a database file (or `:memory:`), encrypted as a whole with AES-256 when a key is given.
 * @throws StoreError, and StoreBug where no disk is at fault, like every method of what it returns
 */
export function openConnection(file: string, key: string | null): Connection {
  const database = mapped(
    () =>
      new Database(file, {
        timeout: busyTimeout,
        ...(key === null ? {} : { encryptionCipher: 'aes256cbc', encryptionKey: key }),
      }),
  );
  const statements = new Map<string, Prepared>();
  const prepared = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const columns = statement.reader ? statement.raw().columns() : [];
    const fresh = { statement, names: columns.map(({ name }) => name) };
    statements.set(sql, fresh);
    return fresh;
  };
  /** A statement that failed keeps its values in libsql, and would be run with them again: it is not used a second time. */
  const using = <T>(sql: string, work: (prepared: Prepared) => T): T =>
    mapped(() => {
      const ready = prepared(sql);
      try {
        return work(ready);
      } catch (error) {
        statements.delete(sql);
        throw error;
      }
    });
  let last: (() => void)[] = [];
  const connection: Connection = {
    // Values go as one array: libsql takes a lone null or Buffer for the list of values itself.
    run: (sql, ...values) => using(sql, ({ statement }) => statement.run(values.map(bound)).changes),
    insert: (sql, ...values) =>
      using(sql, ({ statement }) => Number(statement.run(values.map(bound)).lastInsertRowid)),
    one: <Row extends object>(sql: string, ...values: readonly Value[]) =>
      using(sql, ({ statement, names }) => {
        const row = statement.get(values.map(bound)) as readonly unknown[] | undefined;
        return row ? (rowOf(names, row) as Row) : null;
      }),
    all: <Row extends object>(sql: string, ...values: readonly Value[]) =>
      using(sql, ({ statement, names }) =>
        (statement.all(values.map(bound)) as (readonly unknown[])[]).map((row) => rowOf(names, row) as Row),
      ),
    exec: (sql) => {
      mapped(() => database.exec(sql));
    },
    transaction: (work) => {
      // By hand: libsql's own transaction() hides SQLITE_FULL behind a failed ROLLBACK.
      const step = database.inTransaction;
      if (!step) last = [];
      connection.exec(step ? 'SAVEPOINT step' : 'BEGIN IMMEDIATE');
      try {
        const result = work();
        if (!step) for (const run of last) run();
        connection.exec(step ? 'RELEASE step' : 'COMMIT');
        return result;
      } catch (error) {
        // On a full disk or an I/O error SQLite may have rolled back already.
        if (database.inTransaction) connection.exec(step ? 'ROLLBACK TO step; RELEASE step' : 'ROLLBACK');
        throw error;
      }
    },
    beforeCommit: (run) => {
      if (database.inTransaction) last.push(run);
      else run();
    },
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => {
      mapped(() => database.close());
    },
  };
  return connection;
}

function bound(value: Value): string | number | bigint | null | Buffer {
  if (typeof value === 'boolean') return value ? 1 : 0;
  // libsql cuts a string at its first U+0000.
  if (typeof value === 'string' && value.includes('\0')) throw new StoreBug('text with U+0000');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new StoreBug('not a number');
  const fine =
    value === null || ['string', 'number', 'bigint'].includes(typeof value) || Buffer.isBuffer(value);
  if (!fine) throw new StoreBug(`a value that SQLite does not know: ${typeof value}`);
  return value;
}

function rowOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  names.forEach((name, at) => {
    row[name] = values[at];
  });
  return row;
}

function mapped<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreBug) throw error;
    const code = codeOf(error);
    throw ownCode.test(code) ? new StoreBug(code) : toStoreError(error);
  }
}

/** SQLite’s result codes for what is wrong with a statement or its values on any disk: it would fail again each time. */
const ownCode = /^SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|TOOBIG)(?:_|$)/u;

/** Primary result codes of those that libsql may have no name for: it knows few of the extended ones. */
const primary: Readonly<Record<number, string>> = {
  ...{ 1: 'ERROR', 3: 'PERM', 8: 'READONLY', 11: 'CORRUPT', 13: 'FULL', 18: 'TOOBIG', 19: 'CONSTRAINT' },
  ...{ 20: 'MISMATCH', 21: 'MISUSE', 25: 'RANGE', 26: 'NOTADB' },
};
const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [, unknown] = /^UNKNOWN_SQLITE_ERROR_(\d+)$/u.exec(code) ?? [];
  const name = unknown === undefined ? undefined : primary[Number(unknown) & 0xff];
  return name === undefined ? code : `SQLITE_${name}_${unknown ?? ''}`;
};

/** A fault of our own: what SQLite says is a StoreError by now, and what the system says has a code (R12). */
export const isBug = (error: unknown): boolean =>
  !(error instanceof StoreError) && !(error instanceof Error && 'code' in error);

/** SQLite's result code (or libsql's own error) as one of the few reasons that the app tells apart (R12, R13). */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  return new StoreError(reasonOf(code, message), code === '' ? message : `${code}: ${message}`);
}

function reasonOf(code: string, message: string): StoreError['reason'] {
  if (code.startsWith('SQLITE_FULL')) return 'full';
  if (/^SQLITE_(READONLY|PERM)/.test(code)) return 'read-only';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
  if (message.includes('connection is not open')) return 'closed';
  return 'io';
}
