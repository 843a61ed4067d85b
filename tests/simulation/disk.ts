import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files, SecretStore, StoreLauncher, StoreProcess } from '../../src-main/ports';
import type { FromProcess, ToProcess } from '../../src-main/store/protocol';
import type { Connection } from '../../src-main/store/driver';
import type { Engine } from '../../src-main/store/engine';
import { serve } from '../../src-main/store/serve';
import { lastMessageId } from '../../src-main/store/tables/messages';
import { memoryKeyring } from '../support/core';

/** What the core in its present life gives and hears: false once it is dead, or dies at this very moment. */
export interface Life {
  readonly alive: boolean;
  /** One call of a port: may be the last one. `done`: it has its effect. */
  step(kind: string): 'done' | 'lost';
  after(ms: number, run: () => void): void;
  /** The world's time, in milliseconds from its beginning. */
  now(): number;
}

/** Database, as the store's process serves it. */
interface Served {
  run: (message: ToProcess) => void;
  answer: (message: FromProcess) => void;
  now: () => Date;
  /** Calls that came, and answers that went. */
  stirred: number;
  readonly engine: () => Engine | null;
}
let served: Served | null = null;

/** The real store, in this thread. To make a database takes as long as a schedule: there is one, emptied for each world. */
const serveFresh = (): Served => {
  served ??= start();
  const writer = served.engine()?.writer;
  if (writer) empty(writer);
  return served;
};

const start = (): Served => {
  const made: Served = {
    run: () => undefined,
    answer: () => undefined,
    now: () => new Date(0),
    stirred: 0,
    engine: () => running.engine(),
  };
  const running = serve(
    {
      post: (message) => {
        made.stirred += 1;
        made.answer(message);
      },
      onMessage: (run) => {
        made.run = run;
      },
    },
    () => made.now(),
    (run) => {
      process.nextTick(run);
    },
  );
  made.run({ kind: 'open', file: null, key: null, rebuild: false, lastTold: null });
  return made;
};

/** Their names, none before one that it refers to is empty: none is added while it is open. */
let tables: readonly string[] | null = null;
/** Asks which of them hold something. */
let looks: string | null = null;
const tablesOf = (db: Connection): readonly string[] => {
  const names = db
    .all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search%'`,
    )
    .map(({ name }) => name);
  const ordered = new Set<string>();
  const place = (name: string): void => {
    const referring = db.all<{ name: string }>(
      `SELECT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
        WHERE t.type = 'table' AND k."table" = ?1 AND t.name <> ?1`,
      name,
    );
    for (const { name: other } of referring) place(other);
    ordered.add(name);
  };
  for (const name of names) place(name);
  return [...ordered];
};

/** No pragma is set meanwhile: SQLite would compile every statement again. */
const empty = (db: Connection): void => {
  tables ??= tablesOf(db);
  looks ??= `SELECT json_array(${tables.map((name) => `EXISTS (SELECT 1 FROM ${name})`).join()}) AS full`;
  const full = JSON.parse(db.one<{ full: string }>(looks)?.full ?? '[]') as readonly number[];
  const filled = tables.filter((_, at) => full[at] === 1);
  db.transaction(() => {
    for (const name of filled) db.run(`DELETE FROM ${name}`);
    db.run("INSERT INTO search (search) VALUES ('delete-all')");
  });
};

/** What outlives the core: database, files, keyring. A commit is kept whatever dies. */
export class Disk {
  readonly keyring: SecretStore = memoryKeyring();
  readonly #files = new Map<string, string>();
  readonly #served = serveFresh();

  constructor(now: () => number) {
    this.#served.now = () => new Date(now());
  }

  get stirred(): number {
    return this.#served.stirred;
  }

  files(life: Life): Files {
    const never = new Promise<never>(() => undefined);
    return {
      read: (name) => (life.alive ? Promise.resolve(this.#files.get(name) ?? null) : never),
      write: (name, text) => {
        if (life.step('file') === 'lost') return never;
        this.#files.set(name, text);
        return life.alive ? Promise.resolve() : never;
      },
      remove: (name) => {
        if (life.step('file') === 'lost') return never;
        this.#files.delete(name);
        return life.alive ? Promise.resolve() : never;
      },
    };
  }

  /** @param slow milliseconds that the disk takes at most */
  launcher(life: Life, slow: () => number): StoreLauncher {
    return {
      databaseFile: () => join(tmpdir(), 'flint-simulated-disk', 'none.db'),
      launch: (): StoreProcess => {
        const listeners: ((message: unknown) => void)[] = [];
        const deliver = (message: FromProcess): void => {
          if (life.step('store-answer') === 'lost' || !life.alive) return;
          for (const run of listeners) run(message);
        };
        // Answers of the store's process keep their order, however long each took.
        let under = 0;
        let due = 0;
        const later = (message: FromProcess): void => {
          const ms = slow();
          const told = (): void => {
            under -= 1;
            deliver(message);
          };
          const first = under === 0;
          under += 1;
          due = Math.max(due, life.now() + ms);
          if (first && ms === 0) queueMicrotask(told);
          else life.after(due - life.now(), told);
        };
        this.#served.answer = later;
        queueMicrotask(() => {
          later({ kind: 'ready' });
        });
        return {
          post: (message) => {
            if (life.step('store-call') === 'done') this.#take(message as ToProcess);
          },
          onMessage: (run) => {
            listeners.push(run);
          },
          onExit: () => undefined,
          kill: () => undefined,
        };
      },
    };
  }

  #take(message: ToProcess): void {
    const { engine, answer, run } = this.#served;
    const writer = engine()?.writer;
    if (message.kind === 'call') {
      this.#served.stirred += 1;
      run(message);
    } else if (message.kind === 'close' || !writer) answer({ kind: 'closed' });
    else answer({ kind: 'opened', lastId: lastMessageId(writer), recovered: false });
  }
}
