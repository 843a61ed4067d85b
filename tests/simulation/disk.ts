import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files, SecretStore, StoreLauncher, StoreProcess } from '../../src-main/ports';
import type { FromProcess, ToProcess } from '../../src-main/store/protocol';
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

/** What outlives the core: database, files, keyring. The real store, in this process; a commit is kept whatever dies. */
export class Disk {
  readonly keyring: SecretStore = memoryKeyring();
  readonly #files = new Map<string, string>();
  #run: (message: ToProcess) => void = () => undefined;
  #answer: (message: FromProcess) => void = () => undefined;
  /** Calls that the store is at. */
  #calls = 0;
  readonly #served;

  constructor(now: () => number) {
    this.#served = serve(
      {
        post: (message) => {
          if (message.kind === 'answer' || message.kind === 'failed') this.#calls -= 1;
          this.#answer(message);
        },
        onMessage: (run) => {
          this.#run = run;
        },
      },
      () => new Date(now()),
    );
  }

  get busy(): boolean {
    return this.#calls > 0;
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
        this.#answer = later;
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
    const engine = this.#served.engine();
    if (message.kind === 'close') this.#answer({ kind: 'closed' });
    else if (message.kind === 'call') {
      this.#calls += 1;
      this.#run(message);
    } else if (engine)
      this.#answer({ kind: 'opened', lastId: lastMessageId(engine.writer), recovered: false });
    else this.#run({ ...message, file: null, key: null });
  }

  close(): void {
    this.#served.engine()?.close();
  }
}
