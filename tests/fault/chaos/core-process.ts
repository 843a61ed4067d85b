/** The process that runs the core in chaos runs: does what it is told, and ends itself at the step that it is told. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Ports, SecretStore, StoreProcess } from '../../../src-main/ports';
import type { OperationName, ToProcess } from '../../../src-main/store/protocol';
import type { CallName } from '../../../src-shared/ipc/contract';
import { memoryKeyring, startCore, type TestCore } from '../../support/core';
import { bundledStoreLauncher, type TestStoreLauncher } from '../../support/store-launcher';
import type { Order, Report } from './core-orders';
import type { DeadlyStep } from './faults';

const tell = (report: Report): void => void process.send?.(report);
const trace = (line: string): void => {
  tell({ tell: 'trace', line });
};

/** What ends whom, and how often it has come by so far. */
const armed = new Map<'app' | 'store', { readonly step: DeadlyStep; count: number }>();
const due = (who: 'app' | 'store', at: DeadlyStep['at'], fits: (what: string) => boolean): boolean => {
  const one = armed.get(who);
  if (one?.step.at !== at || !fits(one.step.what)) return false;
  one.count += 1;
  if (one.count < one.step.nth) return false;
  armed.delete(who);
  return true;
};
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

/** The store's process, through which each call goes by the steps at which somebody may die. */
const watched = (launcher: TestStoreLauncher): TestStoreLauncher => {
  const watch = (store: StoreProcess): StoreProcess => {
    const names = new Map<number, OperationName>();
    let dead = false;
    return {
      ...store,
      post: (message) => {
        const call = message as ToProcess;
        if (call.kind === 'call') {
          names.set(call.id, call.name);
          if (due('app', 'before call', (what) => what === call.name)) die();
          if (due('store', 'before call', (what) => what === call.name)) store.kill();
        }
        store.post(message);
      },
      onMessage: (run) => {
        store.onMessage((message) => {
          if (dead) return;
          const { kind, id = -1 } = message as { readonly kind: string; readonly id?: number };
          const name = kind === 'answer' ? names.get(id) : undefined;
          if (due('app', 'after call', (what) => what === name)) die();
          if (due('store', 'after call', (what) => what === name)) {
            // Committed, but its word does not get out any more.
            dead = true;
            store.kill();
            return;
          }
          run(message);
        });
      },
    };
  };
  return {
    ...launcher,
    launch: () => watch(launcher.launch()),
  };
};

/** A keyring that outlives the process, whatever ends it. */
const keyringIn = (file: string): SecretStore => {
  const kept = new Map<string, string>(
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [string, string][]) : [],
  );
  const keyring = memoryKeyring(kept);
  const save = (): void => {
    writeFileSync(`${file}.part`, JSON.stringify([...kept]));
    renameSync(`${file}.part`, file);
  };
  return {
    ...keyring,
    set: async (key, secret) => {
      const outcome = await keyring.set(key, secret);
      save();
      return outcome;
    },
    delete: async (key) => {
      const outcome = await keyring.delete(key);
      save();
      return outcome;
    },
  };
};

const spoil = (ports: Ports): Ports => ({
  ...ports,
  // Without jitter, so that a round need not wait for it.
  random: { ...ports.random, fraction: () => 0 },
  log: {
    info: (event, fields) => {
      trace(`${event} ${JSON.stringify(fields ?? {})}`);
    },
    warn: (event, fields) => {
      trace(`warn ${event} ${JSON.stringify(fields ?? {})}`);
    },
    error: (event, fields) => {
      trace(`ERROR ${event} ${JSON.stringify(fields ?? {})}`);
    },
  },
});

const start = (order: Extract<Order, { readonly do: 'start' }>): Promise<TestCore> =>
  startCore({
    dir: order.dir,
    secrets: keyringIn(order.secretsFile),
    store: (folder) => watched(bundledStoreLauncher(folder, order.storeFile)),
    link: { deadlines: order.deadlines },
    spoil,
  });

const follow = (core: TestCore): void => {
  core.core.listen(({ event }) => {
    if (event.type === 'message') {
      const { direction, delivery, body } = event.message;
      if (direction === 'out' && delivery !== 'waiting') tell({ tell: 'acked', body, at: Date.now() });
    }
    if (event.type === 'account') {
      const { phase, failure } = event.state.connection;
      trace(`phase ${phase} ${failure?.code ?? ''}`);
    }
    if (event.topic !== 'console') return;
    const { direction, xml } = event.entry;
    trace(`${direction === 'out' ? '>' : '<'} ${xml.slice(0, 600)}`);
    const at = direction === 'out' ? 'stanza out' : 'stanza in';
    if (due('app', at, (what) => xml.startsWith(what))) die();
  });
};

let core: Promise<TestCore> | null = null;
process.on('message', (order: Order) => {
  void (async () => {
    switch (order.do) {
      case 'start':
        core = start(order);
        follow(await core);
        tell({ tell: 'up' });
        return;
      case 'call': {
        const outcome = await (await core)?.core.call(order.name as CallName, order.args as never);
        if (outcome) tell({ tell: 'answer', id: order.id, outcome });
        return;
      }
      case 'arm':
        if (order.step) armed.set(order.who, { step: order.step, count: 0 });
        else armed.delete(order.who);
        return;
      case 'disk':
        (await core)?.store.inject(order.fault);
    }
  })();
});
// Its harness is gone: nobody needs it any more.
process.on('disconnect', () => process.exit());
