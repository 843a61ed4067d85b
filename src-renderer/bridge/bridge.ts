import type { CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { EventBatch } from '../../src-shared/ipc/events';
import { done, failed, type Outcome } from '../../src-shared/ipc/errors';

/**
 * Makes one call of the contract. Never rejects: what main cannot answer (it is going down, say) comes back
 * as `internal`, so that every feature has one way of failing.
 */
export const call = async <N extends CallName>(
  name: N,
  args: CallArgs<N>,
): Promise<Outcome<CallResult<N>>> => {
  try {
    const answer = await window.api.call(name, args);
    return (typeof answer === 'string' ? JSON.parse(answer) : answer) as Outcome<CallResult<N>>;
  } catch {
    return failed('internal');
  }
};

/** Puts files that the user chose, dropped or pasted into a conversation: those on the disk by their path, others as they are. */
export const addFiles = async (
  account: string,
  peer: string,
  files: readonly File[],
  nameOf: (file: File) => string,
): Promise<Outcome<unknown>> => {
  const onDisk = files.filter((file) => window.api.hasPath(file));
  try {
    if (onDisk.length > 0) {
      const answer = (await window.api.addFiles(account, peer, onDisk)) as Outcome<unknown>;
      if (!answer.ok) return answer;
    }
    for (const file of files.filter((one) => !onDisk.includes(one))) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const answer = await call('file.addBytes', { account, peer, name: nameOf(file), bytes });
      if (!answer.ok) return answer;
    }
    return done;
  } catch {
    return failed('internal');
  }
};

/** Listens to what main tells; returns the way to stop. */
export const onBatch = (listener: (batch: EventBatch) => void): (() => void) => window.api.onBatch(listener);
