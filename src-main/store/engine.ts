/** Opens one database and runs calls on it; lives in the store's process. */
import { isBug, openConnection, type Connection } from './driver';
import { moveAside, prepareFiles, toSalvage, writeCheck } from './files';
import { migrate } from './migrations';
import { createOperations, type Connections } from './operations';
import type { OpenMessage, OperationName } from './protocol';
import { salvage } from './salvage';
import { StoreError } from './store';
import { lastMessageId, raiseMessageId } from './tables/messages';

export interface Engine {
  /** The highest message id given so far, at opening. */
  readonly lastId: number;
  /** A damaged file was put aside for it, and what no server has was taken over. */
  readonly recovered: boolean;
  readonly writer: Connection;
  /** Runs one call by itself. Throws StoreError, and nothing else that is expected. */
  run(call: EngineCall): unknown;
  /**
   * Group commit: runs calls that write in one transaction, each a step that fails by itself; so one wait for the disk is
   * enough for all. What it answers is committed. Where the whole cannot be committed, every call has failed.
   */
  write(calls: readonly EngineCall[]): readonly Outcome[];
  close(): void;
}

export interface EngineCall {
  readonly name: OperationName;
  readonly args: readonly unknown[];
  /** Sent before, to a process that died with it. */
  readonly again: boolean;
  /** See protocol.ts. */
  readonly streak: number;
}
export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * @param now the moment, for the name of a file that is put aside
 * @throws StoreError `wrong-key`, `newer` (the file is left alone), `damaged` (open again with `rebuild`), `full`, `io` …
 */
export function openEngine(options: Omit<OpenMessage, 'kind'>, now: () => Date): Engine {
  const { file, lastTold } = options;
  return engineOn(file === null ? inMemory(lastTold) : onDisk(file, options, now), options);
}

/** On databases that are open, of the newest schema. */
export function engineOn(
  { writer, reader, recovered }: Opened,
  { file, lastTold }: Pick<OpenMessage, 'file' | 'lastTold'>,
): Engine {
  const lastId = lastMessageId(writer);
  const told = new Set<number>();
  const floor = lastTold ?? lastId;
  const untold = (id: number) => {
    if (id <= floor || id > lastId || told.has(id)) return false;
    told.add(id);
    return true;
  };
  let again = false;
  const operations = createOperations({ writer, reader }, () => ({ again, untold }));
  const run = ({ name, args, again: repeated }: EngineCall): unknown => {
    again = repeated;
    // The client's own types vouch for the arguments: nobody else can reach this port.
    const operation = operations[name] as (...args: readonly unknown[]) => unknown;
    return operation(...args);
  };
  /** The last message that could not be added. */
  let missed: { readonly streak: number; readonly error: unknown } | null = null;
  const noteMissed = ({ name, streak }: EngineCall, outcome: Outcome): Outcome => {
    // It comes again only where the disk is at fault.
    if (name === 'addMessage' && !outcome.ok && !isBug(outcome.error))
      missed = { streak, error: outcome.error };
    return outcome;
  };
  const write = (call: EngineCall): Outcome =>
    call.name === 'addMessage' && missed?.streak === call.streak
      ? { ok: false, error: missed.error }
      : noteMissed(
          call,
          step(writer, () => run(call)),
        );
  const writeAll = (calls: readonly EngineCall[]): readonly Outcome[] => {
    try {
      // One alone is the whole: it needs no step of its own.
      if (calls.length === 1) return calls.map(write);
      return writer.transaction(() => calls.map(write));
    } catch (error) {
      // It is one call's, and no other is to fail with it.
      if (isBug(error) && calls.length > 1) return calls.flatMap((call) => writeAll([call]));
      return calls.map((call) => noteMissed(call, { ok: false, error }));
    }
  };
  return {
    lastId,
    recovered,
    writer,
    run,
    write: writeAll,
    close: () => {
      if (file !== null) writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      if (reader !== writer) reader.close();
      writer.close();
    },
  };
}

/** One call of a group: its failure is its own, unless SQLite gave up all that came before it too. */
function step(writer: Connection, work: () => unknown): Outcome {
  try {
    return { ok: true, value: writer.transaction(work) };
  } catch (error) {
    if (!writer.inTransaction) throw error;
    return { ok: false, error };
  }
}

interface Opened extends Connections {
  readonly recovered: boolean;
}

/** @param lastTold ids up to this one were of messages that went with an earlier process */
function inMemory(lastTold: number | null): Opened {
  const writer = openConnection(':memory:', null);
  writer.exec('PRAGMA foreign_keys = ON');
  migrate(writer);
  raiseMessageId(writer, lastTold ?? 0);
  return { writer, reader: writer, recovered: false };
}

function onDisk(file: string, { key, rebuild }: Omit<OpenMessage, 'kind'>, now: () => Date): Opened {
  if (key === null || !/^[0-9a-f]{64}$/i.test(key)) {
    throw new StoreError('wrong-key', 'the key is not 64 hexadecimal digits');
  }
  const { vouched } = prepareFiles(file, key);
  if (rebuild && vouched) {
    moveAside(file, key, now());
    prepareFiles(file, key);
  }
  try {
    const pair = connect(file, key);
    const damaged = vouched ? toSalvage(file) : null;
    if (damaged !== null) salvage(damaged, key, pair.writer, now());
    if (!vouched || damaged !== null) writeCheck(file, key);
    return { ...pair, recovered: damaged !== null };
  } catch (error) {
    // Without the sidecar's word a wrong key cannot be told from a damaged file: touch nothing.
    if (!vouched && error instanceof StoreError && error.reason === 'damaged') {
      throw new StoreError(
        'wrong-key',
        'the database cannot be read with this key, and no key check is there',
      );
    }
    throw error;
  }
}

function connect(file: string, key: string): Connections {
  const writer = openConnection(file, key);
  // What sorts and statements keep aside stays in memory: a temporary file would not be encrypted.
  // What is deleted is overwritten: nothing of it stays in the file.
  writer.exec(`PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -8000`);
  migrate(writer);
  const reader = openConnection(file, key);
  // libsql ignores `readonly`.
  reader.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA query_only = ON');
  return { writer, reader };
}
