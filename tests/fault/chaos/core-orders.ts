/** Between the harness and the process that runs the core: core-subject.ts and core-process.ts. */
import type { Outcome } from '../../../src-shared/ipc/errors';
import type { Deadlines } from '../../../src-main/xmpp/stream/deps';
import type { Fault as StoreFault } from '../../support/store-launcher';
import type { DeadlyStep } from './faults';

export type Order =
  | {
      readonly do: 'start';
      readonly dir: string;
      readonly storeFile: string;
      readonly secretsFile: string;
      readonly deadlines: Partial<Deadlines>;
    }
  | { readonly do: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly do: 'arm'; readonly who: 'app' | 'store'; readonly step: DeadlyStep | null }
  | { readonly do: 'disk'; readonly fault: StoreFault };

export type Report =
  | { readonly tell: 'up' }
  | { readonly tell: 'answer'; readonly id: number; readonly outcome: Outcome<unknown> }
  /** The server has acknowledged one of ours. */
  | { readonly tell: 'acked'; readonly body: string; readonly at: number }
  | { readonly tell: 'trace'; readonly line: string };
