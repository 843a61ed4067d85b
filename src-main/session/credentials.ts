import * as v from 'valibot';
import type { AccountId } from '../../src-shared/model/account';
import type { Failure } from '../../src-shared/model/connection';
import { Secret, type Ports } from '../ports';
import type { FastToken } from '../xmpp/link';

const passwordKey = (account: AccountId): string => `password:${account}`;
const tokenKey = (account: AccountId): string => `fast-token:${account}`;
const storeKey = (account: AccountId): string => `store-key:${account}`;

type PasswordOutcome =
  { readonly ok: true; readonly password: Secret } | { readonly ok: false; readonly failure: Failure };

/**
 * The key of the encrypted history. `later`: there is a history, and the keyring may still be unlocked or answer; `lost`: there is
 * one, and its key is no more; `none`: the keyring gives none (R15).
 */
export type StoreKey =
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'later'; readonly state: 'locked' | 'slow' }
  | { readonly is: 'lost' }
  | { readonly is: 'none' };

/** The password of one account: in memory while it is needed, in the keyring where the user wants it kept. */
export interface Credentials {
  /** Typed by the user; kept in the keyring only after it has worked. */
  typed(password: Secret): void;
  /** From memory, else from the keyring. */
  password(): Promise<PasswordOutcome>;
  /**
   * The FAST token (XEP-0484) that the keyring has; null while a typed password still has to show what it is worth. A new one
   * is never given before it is kept: the server takes the old one until then.
   */
  token(): Promise<FastToken | null>;
  /** Keeps a token in the keyring, or (null) forgets it. Never rejects. */
  keepToken(token: FastToken | null): Promise<void>;
  /** Forgets the token, and answers which it was: the server takes it until it is told. */
  takeToken(): Promise<FastToken | null>;
  /**
   * It worked: keeps it, or (remember false) takes an old one out of the keyring; so too where it is new and the keyring does
   * not take it.
   */
  worked(remember: boolean, isNew?: boolean): Promise<void>;
  /** Key of the encrypted history, made once. Whoever has typed the password goes on without, if need be. */
  storeKey(databaseExists: () => boolean): Promise<StoreKey>;
  forget(): Promise<void>;
}

const tokenShape = v.object({
  mechanism: v.string(),
  secret: v.string(),
  expiry: v.nullable(v.string()),
  count: v.number(),
});

const writeToken = ({ mechanism, secret, expiry, count }: FastToken): string =>
  JSON.stringify({ mechanism, secret: secret.reveal(), expiry, count });

const readToken = (text: string | null): FastToken | null => {
  try {
    const read = v.safeParse(tokenShape, JSON.parse(text ?? 'null'));
    return read.success ? { ...read.output, secret: new Secret(read.output.secret) } : null;
  } catch {
    return null;
  }
};

export const createCredentials = (
  account: AccountId,
  ports: Pick<Ports, 'secrets' | 'random' | 'log'>,
): Credentials => {
  const { secrets } = ports;
  let held: Secret | null = null;
  let unproven = false;
  /** Undefined: not looked for yet. */
  let token: FastToken | null | undefined;
  let keeping: Promise<void> = Promise.resolve();

  const keepToken = async (next: FastToken | null): Promise<void> => {
    const outcome = next
      ? await secrets.set(tokenKey(account), writeToken(next))
      : await secrets.delete(tokenKey(account));
    if (outcome.ok) token = next;
    else ports.log.warn('token-not-kept', { state: outcome.state });
    if (!next) token = null;
  };
  return {
    typed(password) {
      held = password;
      unproven = true;
    },
    async token() {
      await keeping;
      if (unproven) return null;
      if (token === undefined) {
        const kept = await secrets.get(tokenKey(account));
        if (!kept.ok) return null;
        token = readToken(kept.value);
      }
      return token;
    },
    keepToken: (next) => (keeping = keeping.then(() => keepToken(next))),
    async takeToken() {
      const taken = await this.token();
      // Where the keyring did not say which it is, too.
      if (token !== null) await this.keepToken(null);
      return taken;
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
    async worked(remember, isNew = false) {
      unproven = false;
      const outcome =
        remember && held
          ? await secrets.set(passwordKey(account), held.reveal())
          : await secrets.delete(passwordKey(account));
      if (outcome.ok) return;
      ports.log.warn('password-not-kept', { state: outcome.state });
      // What is there is not the one that works: who is asked for it is better off than who is refused.
      if (remember && isNew) await secrets.delete(passwordKey(account));
    },
    async storeKey(databaseExists) {
      const kept = await secrets.get(storeKey(account));
      if (!kept.ok) {
        const { state } = kept;
        const mayCome = (state === 'locked' || state === 'slow') && held === null && databaseExists();
        return mayCome ? { is: 'later', state } : { is: 'none' };
      }
      if (kept.value !== null) return { is: 'key', key: kept.value };
      // R13: a new key beside an old database would only look like damage.
      if (databaseExists()) return { is: 'lost' };
      const key = Buffer.from(ports.random.bytes(32)).toString('hex');
      return (await secrets.set(storeKey(account), key)).ok ? { is: 'key', key } : { is: 'none' };
    },
    async forget() {
      held = null;
      await this.keepToken(null);
      await secrets.delete(passwordKey(account));
      await secrets.delete(storeKey(account));
    },
  };
};
