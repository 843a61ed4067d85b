/** A core in a process of its own, which ends itself by SIGKILL at one exact step: see core-kill.test.ts. */
import type { StoreProcess } from '../../src-main/ports';
import type { OperationName, ToProcess } from '../../src-main/store/protocol';
import type { AccountId } from '../../src-shared/model/account';
import { memoryKeyring, startCore } from '../support/core';
import { workerStoreLauncher, type TestStoreLauncher } from '../support/store-launcher';

/** Right before the store is asked, right after it answered, or when the frame has gone to the socket. */
export type DeadlyStep =
  { readonly call: OperationName; readonly when: 'before' | 'after' } | 'frame written';

export interface Orders {
  readonly dir: string;
  readonly secrets: readonly (readonly [string, string])[];
  readonly step: DeadlyStep;
  /** Null: waits for what comes. */
  readonly send: { readonly account: AccountId; readonly peer: string; readonly body: string } | null;
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

const deadly = (launcher: TestStoreLauncher, step: DeadlyStep): TestStoreLauncher => {
  if (step === 'frame written') return launcher;
  const spoil = (store: StoreProcess): StoreProcess => {
    const fatal = new Set<number>();
    return {
      ...store,
      post: (message) => {
        const call = message as ToProcess;
        if (call.kind === 'call' && call.name === step.call) {
          if (step.when === 'before') die();
          fatal.add(call.id);
        }
        store.post(message);
      },
      onMessage: (run) => {
        store.onMessage((message) => {
          const answer = message as { readonly kind: string; readonly id?: number };
          if (answer.kind === 'answer' && fatal.has(answer.id ?? -1)) die();
          run(message);
        });
      },
    };
  };
  return { ...launcher, launch: () => spoil(launcher.launch()) };
};

process.on('message', (orders: Orders) => {
  void (async () => {
    const { dir, secrets, step, send } = orders;
    const child = await startCore({
      dir,
      secrets: memoryKeyring(new Map(secrets)),
      store: (folder) => deadly(workerStoreLauncher(folder), step),
    });
    child.core.listen(({ event }) => {
      if (step !== 'frame written' || event.topic !== 'console' || send === null) return;
      if (event.entry.direction === 'out' && event.entry.xml.includes(send.body)) setImmediate(die);
    });
    await child.waitForState(({ connection }) => connection.phase === 'online', 'online', 30_000);
    process.send?.('ready');
    if (send) await child.core.call('message.send', send);
  })();
});
