import type { SecretStore } from '../ports';
import type { Keyring } from './keyring';

/** Secrets that last as long as this run and touch no disk. */
export function createMemorySecrets(): Pick<SecretStore, 'get' | 'set' | 'delete'> {
  const secrets = new Map<string, string>();
  return {
    get: (key) => Promise.resolve({ ok: true, value: secrets.get(key) ?? null }),
    set: (key, secret) => {
      secrets.set(key, secret);
      return Promise.resolve({ ok: true, value: null });
    },
    delete: (key) => {
      secrets.delete(key);
      return Promise.resolve({ ok: true, value: null });
    },
  };
}

/**
 * Passwords that the keyring refuses are held in memory for this run (R15), never in a file. The refusal is still told:
 * the caller has to know that nothing was kept. Keys of histories are not held: what a key encrypts stays on disk, and
 * would be lost with it.
 */
export function withMemoryFallback(
  keyring: Keyring,
  memory: Pick<SecretStore, 'get' | 'set' | 'delete'> = createMemorySecrets(),
): Keyring {
  return {
    ...keyring,
    get: async (key) => {
      const outcome = await keyring.get(key);
      if (outcome.ok && outcome.value !== null) return outcome;
      const held = await memory.get(key);
      return held.ok && held.value !== null ? held : outcome;
    },
    set: async (key, secret) => {
      const outcome = await keyring.set(key, secret);
      if (outcome.ok) await memory.delete(key);
      else if (key.startsWith('password:')) await memory.set(key, secret);
      return outcome;
    },
    delete: async (key) => {
      await memory.delete(key);
      return keyring.delete(key);
    },
  };
}
