import type { CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { EventBatch } from '../../src-shared/ipc/events';
import { failed, type Outcome } from '../../src-shared/ipc/errors';

/**
 * Makes one call of the contract. Never rejects: what main cannot answer (it is going down, say) comes back
 * as `internal`, so that every feature has one way of failing.
 */
export const call = async <N extends CallName>(
  name: N,
  args: CallArgs<N>,
): Promise<Outcome<CallResult<N>>> => {
  try {
    return (await window.api.call(name, args)) as Outcome<CallResult<N>>;
  } catch {
    return failed('internal');
  }
};

/** Listens to what main tells; returns the way to stop. */
export const onBatch = (listener: (batch: EventBatch) => void): (() => void) => window.api.onBatch(listener);
