import type { CallArgs, CallName, CallResult } from '../src-shared/ipc/contract';
import type { NumberedEvent } from '../src-shared/ipc/events';
import type { Outcome } from '../src-shared/ipc/errors';

/** The whole messenger without a desktop: what ipc/ and desktop/ see of it, and what core tests and bench drive. */
export interface Core {
  /** Reads what was kept and signs in where asked to. Resolves as soon as what is on disk can be shown. */
  start(): Promise<void>;
  /** Runs one call of the contract; the arguments are checked against its schema first. Never throws. */
  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Outcome<CallResult<N>>>;
  /** Tells every event as it happens, in order of `change`; returns the way to stop. Batching is the listener's. */
  listen(listener: (event: NumberedEvent) => void): () => void;
  /** A picture that was fetched for a message, by its name in the cache; null: it is not there. */
  picture(
    account: string,
    name: string,
  ): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
  /** The same for sound and video. */
  media(account: string, name: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
  /** The desktop says whether a tray host shows our icon. */
  setTray(present: boolean): void;
  /** The desktop says which conversations have windows of their own. */
  setChatWindows(peers: readonly string[]): void;
  /** The desktop says whether a window is in front (the conversation that is told of then counts as seen). */
  setFront(front: boolean): void;
  /** The desktop says whether any window can be seen at all (XEP-0352: the server may hold back what can wait). */
  setVisible(visible: boolean): void;
  /** Unavailable presence, `<close/>`, store closed; at most three seconds (R25). */
  quit(): Promise<void>;
}
