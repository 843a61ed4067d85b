import type { AccountId } from '../../src-shared/model/account';
import type { Failure } from '../../src-shared/model/connection';
import { Secret, type Ports } from '../ports';

const passwordKey = (account: AccountId): string => `password:${account}`;
const storeKey = (account: AccountId): string => `store-key:${account}`;

type PasswordOutcome =
  { readonly ok: true; readonly password: Secret } | { readonly ok: false; readonly failure: Failure };

/** The password of one account: in memory while it is needed, in the keyring where the user wants it kept. */
export interface Credentials {
  /** Typed by the user; kept in the keyring only after it has worked. */
  typed(password: Secret): void;
  /** From memory, else from the keyring. */
  password(): Promise<PasswordOutcome>;
  /** It worked: keeps it, or (remember false) takes an old one out of the keyring. */
  worked(remember: boolean): Promise<void>;
  /** Key of the encrypted history, made once; null when the keyring gives none (R15). */
  storeKey(databaseExists: () => boolean): Promise<string | null>;
  forget(): Promise<void>;
}

export const createCredentials = (
  account: AccountId,
  ports: Pick<Ports, 'secrets' | 'random' | 'log'>,
): Credentials => {
  const { secrets } = ports;
  let held: Secret | null = null;
  return {
    typed(password) {
      held = password;
    },
    async password(): Promise<PasswordOutcome> {
      if (held) return { ok: true, password: held };
      const kept = await secrets.get(passwordKey(account));
      if (!kept.ok)
        return { ok: false, failure: { code: 'keyring', step: 'discover', params: { state: kept.state } } };
      if (kept.value === null)
        return { ok: false, failure: { code: 'password-needed', step: 'discover', params: {} } };
      held = new Secret(kept.value);
      return { ok: true, password: held };
    },
    async worked(remember) {
      const outcome =
        remember && held
          ? await secrets.set(passwordKey(account), held.reveal())
          : await secrets.delete(passwordKey(account));
      if (!outcome.ok) ports.log.warn('password-not-kept', { state: outcome.state });
    },
    async storeKey(databaseExists) {
      const kept = await secrets.get(storeKey(account));
      if (!kept.ok) return null;
      if (kept.value !== null) return kept.value;
      // R13: a new key beside an old database would only look like damage.
      if (databaseExists()) return null;
      const key = Buffer.from(ports.random.bytes(32)).toString('hex');
      return (await secrets.set(storeKey(account), key)).ok ? key : null;
    },
    async forget() {
      held = null;
      await secrets.delete(passwordKey(account));
      await secrets.delete(storeKey(account));
    },
  };
};
