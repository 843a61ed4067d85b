import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Ports } from '../../../src-main/ports';
import type { AccountRecord } from '../../../src-main/session/account-records';
import type { AccountId } from '../../../src-shared/model/account';
import { memoryKeyring, plainOptions, startCore, type TestCore } from '../../support/core';
import { testFolder } from '../../support/store-kit';

const account = '0b1e7d3a5c2f4e6a9f001a2b3c4d5e6f' as AccountId;
/** Nobody listens there. */
const server = 'ws://127.0.0.1:1/ws';
const kept: AccountRecord = {
  id: account,
  jid: 'juliet@example.org',
  options: { ...plainOptions, server },
  active: true,
  presence: { kind: 'offline', status: null },
  allowPlain: true,
  scramSeen: false,
  everOnline: true,
  pins: {},
  userAgent: null,
  software: null,
};

/** A start with an account that an earlier run has left. */
const start = async (
  record: Partial<AccountRecord> = {},
  options: { readonly keys?: Map<string, string>; readonly spoil?: (ports: Ports) => Ports } = {},
): Promise<TestCore> => {
  const dir = testFolder();
  writeFileSync(join(dir, 'accounts.json'), JSON.stringify([{ ...kept, ...record }]));
  // A history whose key no keyring has: it is put aside where the user wants a new one.
  writeFileSync(join(dir, `${account}.db`), 'of an earlier run');
  const core = await startCore({ dir, secrets: memoryKeyring(options.keys), spoil: options.spoil });
  onTestFinished(() => core.stop(true));
  return core;
};
const onDisk = ({ dir }: TestCore): readonly AccountRecord[] =>
  JSON.parse(readFileSync(join(dir, 'accounts.json'), 'utf8')) as readonly AccountRecord[];
const shown = async (core: TestCore) => (await core.ask('app.state', {})).value.accounts[0];
const refuses = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
const withoutRoom = (ports: Ports): Ports => ({ ...ports, files: { ...ports.files, write: refuses } });
const full = { ok: false, error: { code: 'store-unavailable', params: { reason: 'full' } } };

describe('the account of an earlier run', () => {
  it('R12 is shown although the disk is full, invisible where it is to start so', async () => {
    const core = await start(
      {
        presence: { kind: 'online', status: null },
        options: { ...kept.options, startInvisible: true, signInAtStart: false },
      },
      { spoil: withoutRoom },
    );
    expect(await shown(core)).toMatchObject({
      account: { id: account },
      presence: { kind: 'invisible' },
      connection: { phase: 'off' },
    });
  });

  it('R12 that was never in is gone although the disk is full', async () => {
    const core = await start({ everOnline: false }, { spoil: withoutRoom });
    expect(await shown(core)).toBeUndefined();
  });

  it('T27 may use PLAIN where it was let, and not at the server that takes its place', async () => {
    const core = await start();
    const { options } = kept;
    await core.ask('account.configure', { account, options: { ...options, priority: 5 } });
    expect(onDisk(core)).toMatchObject([{ allowPlain: true, options: { priority: 5 } }]);
    const other = { ...options, server: 'ws://127.0.0.1:2/ws' };
    await core.ask('account.configure', { account, options: other });
    expect(onDisk(core)).toMatchObject([{ allowPlain: false, options: other }]);
  });

  it('T27 that signs in at another server is asked about PLAIN again', async () => {
    const core = await start();
    const options = { ...kept.options, server: 'ws://127.0.0.1:2/ws' };
    await core.ask('account.signIn', { jid: kept.jid, password: 'secret', options });
    expect(onDisk(core)).toMatchObject([{ allowPlain: false, options }]);
  });

  it('R12 has the options it was given until the app ends, where they cannot be written', async () => {
    const core = await start({}, { spoil: withoutRoom });
    const options = { ...kept.options, priority: 5 };
    expect(await core.core.call('account.configure', { account, options })).toEqual(full);
    const told = core.events.filter((event) => event.type === 'account').at(-1);
    expect(told).toMatchObject({ state: { account: { options } } });
  });

  it('R12 has no pictures while its history is refused, and nothing throws', async () => {
    const core = await start(
      {},
      {
        spoil: (ports) => ({
          ...ports,
          store: {
            ...ports.store,
            databaseFile: (id) => join(dirname(ports.store.databaseFile(id)), 'accounts.json', 'x.db'),
          },
        }),
      },
    );
    await core.waitForState(({ history }) => history !== 'kept', 'refused');
    expect([await core.core.picture(account, 'a1'), await core.core.media(account, 'a1')]).toEqual([
      null,
      null,
    ]);
  });
});

describe('a new history', () => {
  it.each([
    ['offline', ['off']],
    ['online', ['connecting', 'waiting', 'stopped']],
  ] as const)('leaves whoever is %s so', async (kind, phases) => {
    const keys = new Map([[`password:${account}`, 'secret']]);
    const core = await start({ presence: { kind, status: null } }, { keys });
    await core.waitForState(({ history }) => history === 'key-lost', 'the key is lost');
    await core.ask('account.newHistory', { account });
    const state = await shown(core);
    expect(state?.history).toBe('kept');
    expect(phases).toContain(state?.connection.phase);
  });
});

describe('signing out while the disk refuses', () => {
  const secrets = () =>
    new Map([
      [`password:${account}`, 'secret'],
      [`fast-token:${account}`, '{}'],
      [`store-key:${account}`, 'ab'.repeat(32)],
    ]);
  const removed = (core: TestCore) => core.events.filter(({ type }) => type === 'removed');

  it('R12 the list of accounts: the account is gone, with all its secrets', async () => {
    const keys = secrets();
    const core = await start({}, { keys, spoil: withoutRoom });
    expect(await core.core.call('account.signOut', { account })).toEqual(full);
    expect([[...keys], removed(core).length, await shown(core)]).toEqual([[], 1, undefined]);
  });

  it('R12 its files: no secret is left, the account is shown still, and can be signed out of again', async () => {
    const keys = secrets();
    let room = false;
    const core = await start(
      {},
      {
        keys,
        spoil: (ports) => ({
          ...ports,
          pictures: { ...ports.pictures, clear: (id) => (room ? ports.pictures.clear(id) : refuses()) },
        }),
      },
    );
    expect(await core.core.call('account.signOut', { account })).toEqual(full);
    expect([keys.has(`password:${account}`), keys.has(`fast-token:${account}`)]).toEqual([false, false]);
    expect([removed(core).length, await shown(core)]).toMatchObject([0, { account: { id: account } }]);
    room = true;
    await core.ask('account.signOut', { account });
    expect([[...keys], removed(core).length, await shown(core)]).toEqual([[], 1, undefined]);
  });
});

describe('another address that is refused', () => {
  const options = { ...kept.options, server: 'ws://127.0.0.1:2/ws' };
  const mistyped = { jid: 'jullet@example.org', password: 'secret', options };
  const shows = async (core: TestCore) => (await shown(core))?.account.id;

  it('puts nobody away for good: the account that was there is there again at the next start', async () => {
    const keys = new Map([[`password:${account}`, 'secret']]);
    const core = await start({}, { keys });
    await core.ask('account.signIn', mistyped);
    expect(await shows(core)).not.toBe(account);
    await core.stop(true);
    expect(onDisk(core)).toMatchObject([{ id: account, active: true }]);
    const again = await startCore({ dir: core.dir, secrets: memoryKeyring(keys) });
    onTestFinished(() => again.stop(true));
    expect(await shows(again)).toBe(account);
    expect(keys.get(`password:${account}`)).toBe('secret');
  });

  it('nor where that was killed, nor where the other one is signed out of again', async () => {
    const other = { ...kept, id: 'f'.repeat(32) as AccountId, jid: mistyped.jid, everOnline: false };
    const dir = testFolder();
    writeFileSync(join(dir, 'accounts.json'), JSON.stringify([other, { ...kept, active: false }]));
    const core = await startCore({ dir, secrets: memoryKeyring() });
    onTestFinished(() => core.stop(true));
    expect(await shows(core)).toBe(account);
    await core.ask('account.signIn', mistyped);
    const wrong = (await shows(core)) as AccountId;
    expect(wrong).not.toBe(account);
    await core.ask('account.signOut', { account: wrong });
    expect(await shows(core)).toBe(account);
    // Whoever signs out of one that works is asked who they are.
    await core.ask('account.signOut', { account });
    expect(await shows(core)).toBeUndefined();
  });
});
