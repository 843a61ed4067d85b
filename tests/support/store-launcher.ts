/** Runs the store's own module outside Electron: in a worker_thread, or in a child process that can be killed. */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { StoreLauncher, StoreProcess } from '../../src-main/ports';

export type Fault =
  /** A full disk: so many pages at most; null gives the room back. */
  | { readonly kind: 'pages'; readonly most: number | null }
  | { readonly kind: 'read-only'; readonly on: boolean }
  /** What libsql's native part does on some programming errors. Only in a child process. */
  | { readonly kind: 'abort' };

export interface TestStoreLauncher extends StoreLauncher {
  /** How many processes were started so far. */
  readonly launched: number;
  /** Puts a fault into the process that runs now; in order with the store's own messages. */
  inject(fault: Fault): void;
  /** Ends the process that runs now with SIGKILL (a worker: at once). */
  killNow(): void;
}

interface Runner {
  post(message: unknown): void;
  kill(): void;
}
type Start = (file: string, onMessage: (message: unknown) => void, onExit: (code: number) => void) => Runner;

/** In a worker_thread: quick; `killNow` ends the thread. Databases lie in `folder`. */
export const workerStoreLauncher = (folder: string): TestStoreLauncher =>
  launcher(folder, (file, onMessage, onExit) => {
    const worker = new Worker(file, { execArgv: [] });
    worker.on('message', onMessage);
    worker.on('error', (error) => {
      console.error(error);
    });
    worker.on('exit', onExit);
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      kill: () => {
        void worker.terminate();
      },
    };
  });

/** In a child process, as near to Electron's utilityProcess as plain Node gets; `killNow` is a SIGKILL. */
export const childStoreLauncher = (folder: string): TestStoreLauncher => launcher(folder, inChild);

/** The same from a bundle that is there already (`storeBundle`): for processes that have no compiler at hand. */
export const bundledStoreLauncher = (folder: string, file: string): TestStoreLauncher =>
  launcher(folder, inChild, () => Promise.resolve(file));

const inChild: Start = (file, onMessage, onExit) => {
  const child = fork(file, {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', onMessage);
  child.on('error', () => undefined);
  child.on('exit', (code) => {
    onExit(code ?? 1);
  });
  return {
    post: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};

function launcher(folder: string, start: Start, bundled = storeBundle): TestStoreLauncher {
  let launched = 0;
  let latest: StoreProcess | null = null;
  return {
    get launched() {
      return launched;
    },
    databaseFile: (accountId) => join(folder, `${accountId}.db`),
    launch: () => {
      launched++;
      latest = buffered(start, bundled);
      return latest;
    },
    inject: (fault) => latest?.post({ fault }),
    killNow: () => latest?.kill(),
  };
}

/** `launch` is synchronous and building the bundle is not: keeps messages until the process is there. */
function buffered(start: Start, bundled: () => Promise<string>): StoreProcess {
  const early: unknown[] = [];
  const onMessage: ((message: unknown) => void)[] = [];
  const onExit: ((code: number) => void)[] = [];
  let runner: Runner | null = null;
  let killed = false;
  const exit = (code: number) => {
    for (const run of onExit) run(code);
  };
  void bundled().then((file) => {
    if (killed) {
      exit(0);
      return;
    }
    runner = start(
      file,
      (message) => {
        for (const run of onMessage) run(message);
      },
      exit,
    );
    for (const message of early.splice(0)) runner.post(message);
  });
  return {
    post: (message) => {
      if (runner) runner.post(message);
      else early.push(message);
    },
    onMessage: (run) => {
      onMessage.push(run);
    },
    onExit: (run) => {
      onExit.push(run);
    },
    kill: () => {
      killed = true;
      runner?.kill();
    },
  };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
let bundled: Promise<string> | null = null;

/** The store's entry as one file, made once for each content, so that threads and children start without a compiler. */
export function storeBundle(): Promise<string> {
  bundled ??= bundle('tests/support/store-entry.ts', 'store-bundle');
  return bundled;
}

/** Bundles an entry of the tests into the folder of that name under .cache; answers its path. */
export async function bundle(entry: string, name: string): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: join(root, entry),
      write: false,
      target: 'node20.18',
      rolldownOptions: { external: ['libsql'], output: { format: 'es' } },
    },
  });
  const output = [result].flat()[0];
  const chunk = output && 'output' in output ? output.output[0] : null;
  if (!chunk) throw new Error('the store was not bundled');
  const folder = join(root, '.cache', name);
  const file = join(folder, `${createHash('sha256').update(chunk.code).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, chunk.code);
  renameSync(draft, file);
  return file;
}
