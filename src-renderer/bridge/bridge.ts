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

/**
 * Puts files that the user chose, dropped or pasted into a conversation: those on the disk by their path, others as they are, in
 * the order in which they were given.
 *
 * @param answers the row that the first of them is an answer to
 */
export const addFiles = async (
  account: string,
  peer: string,
  files: readonly File[],
  nameOf: (file: File) => string,
  thumbnailOf: (file: File) => Promise<string | null>,
  answers: number | null,
): Promise<Outcome<unknown>> => {
  try {
    const thumbnails = await Promise.all(files.map(thumbnailOf));
    for (const [at, file] of files.entries()) {
      const thumbnail = thumbnails[at] ?? null;
      const answered = at === 0 ? answers : null;
      const answer = window.api.hasPath(file)
        ? ((await window.api.addFiles(account, peer, [file], [thumbnail], answered)) as Outcome<unknown>)
        : await call('file.addBytes', {
            ...{ account, peer, name: nameOf(file), thumbnail, answers: answered },
            bytes: new Uint8Array(await file.arrayBuffer()),
          });
      if (!answer.ok) return answer;
    }
    return done;
  } catch {
    return failed('internal');
  }
};

/** Lets go, at once, of what the page needs no more: it does nothing else for a tenth of a second. */
export const letGo = (): void => window.api.letGo();

/** Listens to what main tells; returns the way to stop. */
export const onBatch = (listener: (batch: EventBatch) => void): (() => void) => window.api.onBatch(listener);
