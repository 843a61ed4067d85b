import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountId, KeyringState } from '../../../src-shared/model/account';
import { Secret, type Ports, type SecretStore } from '../../../src-main/ports';
import { createCredentials } from '../../../src-main/session/credentials';
import { withDueDeletes } from '../../../src-main/session/due-deletes';
import { memoryKeyring, plainOptions, startCore, type TestCore } from '../../support/core';
import { listLog, testFolder } from '../../support/store-kit';

/** A keyring that can be locked. */
const lockable = (
  kept: Map<string, string>,
): SecretStore & { lock(is: boolean): void; answerOnSet(): void } => {
  const open = memoryKeyring(kept);
  const listeners = new Set<(state: KeyringState) => void>();
  let state: 'ok' | 'locked' = 'ok';
  let answers = false;
  const tell = (next: 'ok' | 'locked'): void => {
    state = next;
    for (const run of listeners) run(next);
  };
  const refused = { ok: false, state: 'locked' } as const;
  const when = <T>(work: () => Promise<T>): Promise<T | typeof refused> =>
    state === 'ok' ? work() : Promise.resolve(refused);
  return {
    get: (key) => when(() => open.get(key)),
    async set(key, secret) {
      if (!answers) return when(() => open.set(key, secret));
      const outcome = await open.set(key, secret);
      tell('ok');
      return outcome;
    },
    delete: (key) => when(() => open.delete(key)),
    state: () => state,
    onState: (run) => {
      listeners.add(run);
      return () => listeners.delete(run);
    },
    lock: (is) => tell(is ? 'locked' : 'ok'),
    /** It was unlocked: that is seen by the next call that succeeds. */
    answerOnSet: () => (answers = true),
  };
};

describe('a keyring that does not take a new password', () => {
  it('R15 has no other one either: it is asked for at the next start', async () => {
    const id = 'a'.repeat(32) as AccountId;
    const kept = new Map([[`password:${id}`, 'the old one']]);
    const set = (): ReturnType<SecretStore['set']> => Promise.resolve({ ok: false, state: 'locked' });
    const secrets: SecretStore = { ...memoryKeyring(kept), set };
    const credentials = createCredentials(id, { secrets, log: listLog(), random: {} as Ports['random'] });
    credentials.typed(new Secret('the new one'));
    // Typed by hand while the keyring is locked: what is there may be the same.
    await credentials.worked(true);
    expect(kept.size).toBe(1);
    await credentials.worked(true, true);
    expect(kept.size).toBe(0);
  });
});

describe('what was to be deleted and is set again', () => {
  it('R15 stays, though the keyring says only by taking it that it answers again', async () => {
    const kept = new Map([['password:a', 'old']]);
    const keyring = lockable(kept);
    const nothing = { write: () => Promise.resolve(), remove: () => Promise.resolve() };
    const files = { ...nothing, read: () => Promise.resolve(null) };
    const due = withDueDeletes({ secrets: keyring, files, log: listLog() });
    keyring.lock(true);
    expect(await due.delete('password:a')).toMatchObject({ ok: false });
    expect(await due.get('password:a')).toEqual({ ok: true, value: null });
    expect(await due.set('password:a', 'new')).toMatchObject({ ok: false });
    expect(await due.get('password:a')).toEqual({ ok: true, value: null });
    keyring.answerOnSet();
    expect(await due.set('password:a', 'new')).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await due.get('password:a')).toEqual({ ok: true, value: 'new' });
    expect(kept.get('password:a')).toBe('new');
  });
});

describe('a keyring that does not delete', () => {
  const signedOut = async (): Promise<{
    readonly kept: Map<string, string>;
    readonly keyring: ReturnType<typeof lockable>;
    readonly core: TestCore;
    readonly start: () => Promise<TestCore>;
  }> => {
    const [dir, kept] = [testFolder(), new Map<string, string>()];
    const keyring = lockable(kept);
    const start = async (): Promise<TestCore> => {
      const core = await startCore({ dir, secrets: keyring });
      onTestFinished(() => core.stop(true));
      return core;
    };
    const core = await start();
    const options = { ...plainOptions, server: 'ws://127.0.0.1:1/ws' };
    const account = await core.ask('account.signIn', { jid: 'juliet@example.org', password: 's', options });
    kept.set(`password:${account}`, 'secret');
    await core.until(() => (kept.has(`store-key:${account}`) ? true : null), 'the key of the history');
    keyring.lock(true);
    await core.ask('account.signOut', { account });
    expect([...kept.keys()].sort()).toEqual([`password:${account}`, `store-key:${account}`]);
    return { kept, keyring, core, start };
  };

  it('R15 has nothing of an account that was signed out once it is unlocked', async () => {
    const { kept, keyring, core } = await signedOut();
    keyring.lock(false);
    await core.until(() => (kept.size === 0 ? true : null), 'nothing kept');
    await core.until(() => (existsSync(join(core.dir, 'keyring-due.json')) ? null : true), 'nothing due');
  });

  it('R15 has nothing of it after the next start, where it was unlocked meanwhile', async () => {
    const { kept, keyring, core, start } = await signedOut();
    await core.until(() => (existsSync(join(core.dir, 'keyring-due.json')) ? true : null), 'noted');
    await core.stop(true);
    keyring.lock(false);
    const next = await start();
    await next.until(() => (kept.size === 0 ? true : null), 'nothing kept');
  });
});
