import type { Clock, Log, StoreLauncher } from '../ports';
import { StoreConnection } from './connection';
import { removeDatabase } from './files';
import { operationNames, type OperationName } from './protocol';
import { StoreError, type Store } from './store';

export { databaseExists, putDatabaseAside, removeDatabase } from './files';

export interface OpenOptions {
  /** Null: all in memory, gone at the end (R15). */
  readonly file: string | null;
  /** 256 bits, as bytes or 64 hexadecimal digits; null only in memory. */
  readonly key: Uint8Array | string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens an account's database in a process of its own, makes it when there is none, and keeps it open: when the process
 * dies it is started again and the calls on the way are repeated, each with the effect of one (R27). A damaged file is
 * put aside and a fresh one made (R13, `recovered`).
 * @throws StoreError `wrong-key` and `newer` (the file is left as it is), `full`, `read-only`, `io`
 */
export async function openStore(launcher: StoreLauncher, options: OpenOptions): Promise<Store> {
  const { file, key, clock, log } = options;
  let recovered = false;
  const listeners = new Set<() => void>();
  const connection = new StoreConnection({
    launcher,
    clock,
    log,
    file,
    key: key === null ? null : typeof key === 'string' ? key : Buffer.from(key).toString('hex'),
    onRecovered: () => {
      recovered = true;
      for (const run of listeners) run();
    },
  });
  try {
    await connection.open();
  } catch (error) {
    await connection.close();
    throw error;
  }

  const calls = Object.fromEntries(
    operationNames.map((name) => [name, (...args: unknown[]) => connection.call(name, args)]),
  ) as Pick<Store, OperationName>;
  return {
    ...calls,
    durable: file !== null,
    get recovered() {
      return recovered;
    },
    onRecovered: (run) => {
      listeners.add(run);
      return () => listeners.delete(run);
    },
    addOutgoing: async (outgoing) => {
      const answer = await calls.addOutgoing(outgoing);
      connection.told(answer.message.id);
      return answer;
    },
    amendOutgoing: async (said) => {
      const answer = await calls.amendOutgoing(said);
      if (answer) connection.told(answer.entry);
      return answer;
    },
    addMessage: async (message) => {
      const answer = await calls.addMessage(message);
      if (answer) connection.told(answer.message.id);
      return answer;
    },
    addPage: async (page) => {
      const answer = await calls.addPage(page);
      for (const { id } of answer.fresh) connection.told(id);
      for (const where of answer.bugs ?? []) log.error('store-bug', { at: where });
      return answer;
    },
    close: () => connection.close(),
    destroy: async () => {
      await connection.close();
      if (file === null) return;
      try {
        removeDatabase(file);
      } catch (error) {
        throw new StoreError('io', error instanceof Error ? error.message : String(error));
      }
    },
  };
}
