import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../../src-main/core';
import type { Core } from '../../src-main/core-api';
import { systemClock } from '../../src-main/desktop/clock';
import { createExportFile } from '../../src-main/desktop/export-file';
import { createFiles } from '../../src-main/desktop/files';
import { createHttp } from '../../src-main/desktop/http';
import { createPictureCache } from '../../src-main/desktop/picture-cache';
import { createTransfer } from '../../src-main/desktop/transfer';
import { systemRandom } from '../../src-main/desktop/random';
import type { LogFields, Notice, Ports, SecretStore } from '../../src-main/ports';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';
import type { CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { AccountState } from '../../src-shared/ipc/states';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import { workerStoreLauncher, type TestStoreLauncher } from './store-launcher';

export const plainOptions: AccountOptions = {
  server: null,
  resource: null,
  priority: 0,
  mechanism: null,
  startInvisible: false,
  rememberPassword: true,
  signInAtStart: true,
};

/** A keyring in memory: for core tests, where the real one is not the subject. */
export const memoryKeyring = (kept = new Map<string, string>()): SecretStore => ({
  get: (key) => Promise.resolve({ ok: true, value: kept.get(key) ?? null }),
  set: (key, secret) => {
    kept.set(key, secret);
    return Promise.resolve({ ok: true, value: null });
  },
  delete: (key) => {
    kept.delete(key);
    return Promise.resolve({ ok: true, value: null });
  },
  state: () => 'ok',
  onState: () => () => undefined,
});

/** The whole core under plain Node, and what it tells and shows. */
export interface TestCore {
  readonly core: Core;
  readonly dir: string;
  readonly secrets: SecretStore;
  /** The store's own process, for faults. */
  readonly store: TestStoreLauncher;
  readonly events: readonly AppEvent[];
  readonly notices: ReadonlyMap<string, Notice>;
  readonly log: readonly string[];
  /** Runs a call that has to succeed. */
  ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>>;
  /** Signs in and waits until online. */
  signIn(jid: string, password: string, options?: Partial<AccountOptions>): Promise<AccountId>;
  /** Waits until the shown account's state fits; rejects with the last one. */
  waitForState(fits: (state: AccountState) => boolean, what: string, ms?: number): Promise<AccountState>;
  /** Waits until `read` gives something; by itself 30 s, for a session that a server hangs on (ejabberd: 15 s) is right all the same. */
  until<T>(
    read: () => Promise<T | null | undefined> | T | null | undefined,
    what: string,
    ms?: number,
  ): Promise<T>;
  wake(): void;
  network(online: boolean): void;
  /** Nobody has touched the computer for so many seconds. */
  idle(seconds: number | null): void;
  lock(locked: boolean): void;
  /** Quits; with `keep` the folder stays, for a next start in it. */
  stop(keep?: boolean): Promise<void>;
}

export interface TestCoreOptions {
  readonly dir?: string;
  readonly secrets?: SecretStore;
  readonly link?: Partial<LinkDeps>;
  /** Default: in a worker thread. */
  readonly store?: (folder: string) => TestStoreLauncher;
  /** Puts faults into the ports. */
  readonly spoil?: (ports: Ports) => Ports;
}

export const startCore = async (options: TestCoreOptions = {}): Promise<TestCore> => {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'flint-core-')));
  const secrets = options.secrets ?? memoryKeyring();
  const store = (options.store ?? workerStoreLauncher)(dir);
  const events: AppEvent[] = [];
  const notices = new Map<string, Notice>();
  const log: string[] = [];
  const wakes = new Set<() => void>();
  const networks = new Set<(online: boolean) => void>();
  const locks = new Set<(locked: boolean) => void>();
  let idle: number | null = 0;
  const note = (event: string, fields?: LogFields): void => {
    log.push(JSON.stringify({ event, ...fields }));
  };
  const ports: Ports = {
    clock: systemClock,
    random: systemRandom,
    secrets,
    taskbar: { canFlash: false, flash: () => undefined },
    screens: {
      list: () => Promise.resolve(null),
      take: () => Promise.resolve(null),
      forget: () => undefined,
    },
    spelling: { languages: [], use: () => undefined, onDictionary: () => undefined },
    diagnostics: { versions: () => ({}), recentLog: () => Promise.resolve([]) },
    sounds: {
      choose: () => Promise.resolve(null),
      keep: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    notifier: { show: (notice) => notices.set(notice.tag, notice), close: (tag) => notices.delete(tag) },
    opener: { open: () => Promise.resolve(false) },
    http: createHttp(),
    files: createFiles(dir),
    // The user takes what is suggested, in the test's own folder.
    exports: {
      choose: (suggested, extension) => {
        const path = join(dir, `${suggested}.${extension}`);
        return createExportFile(path, `${path}.part`);
      },
    },
    paper: { pdf: () => Promise.resolve(new Uint8Array()), print: () => Promise.resolve(true) },
    downloads: { choose: (name) => createExportFile(join(dir, name), join(dir, `${name}.part`)) },
    transfer: createTransfer(join(dir, 'uploads')),
    pictures: createPictureCache(join(dir, 'pictures'), systemClock),
    system: {
      onSuspend: () => () => undefined,
      onWake: (run) => {
        wakes.add(run);
        return () => wakes.delete(run);
      },
      onNetwork: (run) => {
        networks.add(run);
        return () => networks.delete(run);
      },
      idleSeconds: () => idle,
      onLock: (run) => {
        locks.add(run);
        return () => locks.delete(run);
      },
      hostName: 'test',
      platform: 'linux',
      locales: ['en'],
      hourCycle: 'h23',
      appVersion: '0.1.0',
      setAutostart: () => Promise.resolve(),
    },
    store,
    log: { info: note, warn: note, error: note },
  };
  const core = createCore(options.spoil?.(ports) ?? ports, options.link);
  core.listen(({ event }) => events.push(event));
  await core.start();

  const ask = async <N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> => {
    const outcome = await core.call(name, args);
    if (!outcome.ok)
      throw new Error(`${name}: ${JSON.stringify(outcome.error)}\n${log.slice(-10).join('\n')}`);
    return outcome.value;
  };
  const until: TestCore['until'] = async (read, what, ms = 30_000) => {
    const end = performance.now() + ms;
    for (;;) {
      const found = await read();
      if (found !== null && found !== undefined) return found;
      if (performance.now() > end) throw new Error(`never: ${what}\n${log.slice(-10).join('\n')}`);
      await new Promise((next) => setTimeout(next, 20));
    }
  };
  const shown = async (): Promise<AccountState | undefined> => (await ask('app.state', {})).value.accounts[0];
  const waitForState: TestCore['waitForState'] = async (fits, what, ms) => {
    let last: AccountState | undefined;
    try {
      return await until(
        async () => {
          last = await shown();
          return last && fits(last) ? last : null;
        },
        what,
        ms,
      );
    } catch (error) {
      throw new Error(`${String(error)}\nlast state ${JSON.stringify(last?.connection)}`, { cause: error });
    }
  };

  return {
    core,
    dir,
    secrets,
    store,
    events,
    notices,
    log,
    ask,
    until,
    waitForState,
    async signIn(jid, password, some) {
      const account = await ask('account.signIn', { jid, password, options: { ...plainOptions, ...some } });
      await waitForState(({ connection }) => connection.phase === 'online', 'online');
      return account;
    },
    wake: () => {
      for (const run of wakes) run();
    },
    network: (online) => {
      for (const run of networks) run(online);
    },
    idle: (seconds) => {
      idle = seconds;
    },
    lock: (locked) => {
      for (const run of locks) run(locked);
    },
    async stop(keep = false) {
      await core.quit();
      if (!keep) await rm(dir, { recursive: true, force: true });
    },
  };
};
