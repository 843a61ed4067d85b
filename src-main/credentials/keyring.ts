import type { KeyringState } from '../../src-shared/model/account';
import type { Clock, Log, SecretOutcome, SecretStore } from '../ports';
import { describeKeytarError, type KeyringFailure } from './keytar-errors';

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeyringOptions {
  readonly clock: Clock;
  /** Told of each failure: its state and keytar's own words, in which no secret ever is. */
  readonly log?: Log;
  /** Under which name the items stand in the keyring. */
  readonly service?: string;
  readonly load?: () => Promise<Keytar>;
  /** Milliseconds after which a call is answered `slow`. */
  readonly deadlineMs?: number;
}

export interface Keyring extends SecretStore {
  /** How the latest call went; `ok` before the first. */
  state(): KeyringState;
  /** Tells when that changes; returns the way to stop. */
  onState(run: (state: KeyringState) => void): () => void;
  /**
   * Whether a call is still with the system, an unanswered prompt perhaps. Until it returns Node cannot end by itself
   * (it waits for its threads): whoever quits then has to end the process by a signal.
   */
  busy(): boolean;
}

/** The item that is written and removed again to see whether the keyring is open. */
const probe = 'probe';

/**
 * The system's keyring (Secret Service, Keychain, Credential Manager) through keytar. Items are named
 * `password:<accountId>` and `store-key:<accountId>`. Never throws, and never waits longer than its deadline (R15):
 * an answer that comes later is dropped.
 */
export function createKeyring(options: KeyringOptions): Keyring {
  const { clock, log, service = 'Flint', load = loadKeytar, deadlineMs = 5000 } = options;
  const listeners = new Set<(state: KeyringState) => void>();
  let state: KeyringState = 'ok';
  let lane: Promise<unknown> = Promise.resolve();
  let busy = false;

  const become = (next: KeyringState) => {
    if (next === state) return;
    state = next;
    for (const run of listeners) run(next);
  };

  /**
   * To libsecret a locked keyring looks as if nothing were in it: only a write tells the two apart. Elsewhere a locked
   * one is an error of its own.
   */
  const assertOpen = async (keytar: Keytar) => {
    if (process.platform !== 'linux') return;
    await keytar.setPassword(service, probe, probe);
    await keytar.deletePassword(service, probe);
  };

  const run = <T>(work: (keytar: Keytar) => Promise<T>): Promise<SecretOutcome<T>> =>
    new Promise((resolve) => {
      const end = (outcome: SecretOutcome<T>) => {
        timer.cancel();
        late = true;
        become(outcome.ok ? 'ok' : outcome.state);
        resolve(outcome);
      };
      const fail = ({ state: reason, words }: KeyringFailure) => {
        log?.warn('keyring-failed', { state: reason, words });
        end({ ok: false, state: reason });
      };
      let late = false;
      const timer = clock.after(deadlineMs, () => {
        fail({ state: 'slow', words: 'no answer in time' });
      });
      // One at a time: each call holds one of the four threads that files, names and key derivation need too, and
      // one that waits for a prompt may hold it for ever.
      lane = lane.then(async () => {
        if (late) return;
        busy = true;
        try {
          const value = await work(await load());
          if (!isLate()) end({ ok: true, value });
        } catch (error) {
          if (!isLate()) fail(describeKeytarError(error));
        } finally {
          busy = false;
        }
      });
      const isLate = () => late;
    });

  return {
    get: (key) =>
      run(async (keytar) => {
        const secret = await keytar.getPassword(service, key);
        if (secret === null) await assertOpen(keytar);
        return secret;
      }),
    set: (key, secret) =>
      run(async (keytar) => {
        await keytar.setPassword(service, key, secret);
        return null;
      }),
    delete: (key) =>
      run(async (keytar) => {
        if (!(await keytar.deletePassword(service, key))) await assertOpen(keytar);
        return null;
      }),
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    busy: () => busy,
  };
}

/** Only when first needed: without libsecret loading it fails, and Flint runs all the same. */
async function loadKeytar(): Promise<Keytar> {
  // A CommonJS module, whatever its types say.
  const module = (await import('keytar')) as unknown as { readonly default: Keytar };
  return module.default;
}
