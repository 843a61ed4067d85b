import type { CallArgs, CallName, CallResult } from '../../../src-shared/ipc/contract';
import type { Outcome } from '../../../src-shared/ipc/errors';
import type { Fault as StoreFault } from '../../support/store-launcher';
import type { DeadlyStep } from './faults';

/** The messenger under fire: the core in a process of plain Node, or the built app. */
export interface Subject {
  /** A process of it is there, and takes calls. */
  readonly alive: boolean;
  /** Milliseconds to its clock's epoch when the server acknowledged the message with this body; null: not known. */
  ackedAt(body: string): number | null;
  /** Starts its process, on the same profile each time. */
  start(): Promise<void>;
  /** Null: it died before it answered. */
  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Outcome<CallResult<N>> | null>;
  /** SIGKILL to the process, to that of its store, to both. Resolves when the first is gone. */
  kill(which: 'app' | 'store' | 'both'): Promise<void>;
  /** Whoever is named ends itself at that step; null: not any more. Only the core can. */
  arm(who: 'app' | 'store', step: DeadlyStep | null): void;
  /** Only the core's store can. */
  disk(fault: StoreFault): void;
  /** Resolves when its process has ended. */
  readonly ended: Promise<void>;
  /** What it has said lately, for whoever has to find out why. */
  trace(): readonly string[];
  stop(): Promise<void>;
}
