import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../src-shared/model/account';
import { connectServer, sharedServers } from '../servers/shared';
import { memoryKeyring, plainOptions, startCore, type TestCore } from '../support/core';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { at, atEnd, friends, messagesWith, ownCore } from './support';

const connection = async (core: TestCore) =>
  (await core.ask('app.state', {})).value.accounts[0]?.connection ?? null;
const filesOf = async (core: TestCore, account: string) =>
  (await readdir(core.dir)).filter((name) => name.startsWith(account));
const recordsOf = async (core: TestCore) =>
  JSON.parse(await readFile(join(core.dir, 'accounts.json'), 'utf8')) as readonly { readonly jid: string }[];

describe.each(sharedServers())('accounts on %s', (kind) => {
  const server = () => connectServer(kind);
  const proxied = async (): Promise<{ readonly proxy: FaultProxy; readonly url: string }> => {
    const { port, pathname } = new URL(server().wsUrl);
    const proxy = await faultProxy({ port: Number(port) });
    atEnd(() => proxy.stop());
    return { proxy, url: `ws://127.0.0.1:${String(proxy.port)}${pathname}` };
  };

  it('another address puts the first one away; back again, its history is all there', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'before' });
    await romeo.waitForMessage(({ body }) => body === 'before');
    await romeo.sendMessage(julietAccount.jid, 'answer');
    await juliet.until(async () => ((await messagesWith(pair)).length === 2 ? true : null), 'the answer');

    const nurse = await server().newAccount('nurse');
    const other = await juliet.signIn(nurse.jid, nurse.password, at(server()));
    expect(other).not.toBe(account);
    await romeo.waitForOffline(julietAccount.jid);
    const { accounts } = (await juliet.ask('app.state', {})).value;
    expect(accounts.map((one) => one.account.jid)).toEqual([nurse.jid]);
    expect(juliet.events).toContainEqual({ topic: 'account', type: 'removed', account });
    expect(await juliet.core.call('roster.state', { account })).toMatchObject({
      error: { code: 'no-account' },
    });
    expect((await juliet.ask('chats.list', { account: other })).value).toEqual([]);

    const again = await juliet.ask('account.signIn', {
      jid: julietAccount.jid,
      password: null,
      options: { ...plainOptions, ...at(server()) },
    });
    expect(again).toBe(account);
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(['before', 'answer']);
    await juliet.waitForState(({ connection: { phase } }) => phase === 'online', 'online, nothing typed');
    await romeo.waitForPresence(julietAccount.jid, ({ available }) => available);
  });

  it('signing out forgets password, key and history', async () => {
    const kept = new Map<string, string>();
    const secrets = memoryKeyring(kept);
    const { juliet, account, romeo, julietAccount } = await friends(kind, {}, { secrets });
    expect([...kept.keys()].sort()).toEqual([`password:${account}`, `store-key:${account}`]);
    expect(await filesOf(juliet, account)).not.toEqual([]);
    await juliet.ask('account.signOut', { account });
    await romeo.waitForOffline(julietAccount.jid);
    expect(kept.size).toBe(0);
    expect(await filesOf(juliet, account)).toEqual([]);
    expect(await recordsOf(juliet)).toEqual([]);
    expect((await juliet.ask('app.state', {})).value.accounts).toEqual([]);
    expect(await juliet.core.call('account.retry', { account })).toMatchObject({
      error: { code: 'no-account' },
    });
  });

  it('cancelled, a try is over; another one can follow', async () => {
    const { proxy, url } = await proxied();
    const account = await server().newAccount();
    const core = await ownCore();
    proxy.blackHole(true);
    const jid = account.jid;
    const options: AccountOptions = { ...plainOptions, server: url };
    const id = await core.ask('account.signIn', { jid, password: account.password, options });
    await core.waitForState(
      ({ connection: { steps } }) => steps.some((step) => step.id === 'websocket' && step.state === 'doing'),
      'under way',
    );
    await core.ask('account.cancel', { account: id });
    expect(await connection(core)).toMatchObject({ phase: 'off', failure: null });
    await core.until(() => (proxy.lines === 0 ? true : null), 'no line is left open');
    proxy.blackHole(false);
    await core.ask('account.signIn', { jid, password: null, options });
    await core.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
  });

  it('a first try that fails waits for the user, who tries again', async () => {
    const { proxy, url } = await proxied();
    const account = await server().newAccount();
    const core = await ownCore();
    proxy.refuse(true);
    const { jid, password } = account;
    const options: AccountOptions = { ...plainOptions, server: url };
    const id = await core.ask('account.signIn', { jid, password, options });
    await core.waitForState(({ connection: { phase } }) => phase === 'stopped', 'stopped');
    const { opened } = proxy;
    proxy.refuse(false);
    expect(proxy.opened).toBe(opened);
    await core.ask('account.retry', { account: id });
    await core.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
  });

  it('two addresses at once: the later one is shown, and alone', async () => {
    const [one, two] = await Promise.all([server().newAccount('one'), server().newAccount('two')]);
    const core = await ownCore();
    const options: AccountOptions = { ...plainOptions, server: server().wsUrl };
    const [, second] = await Promise.all([
      core.ask('account.signIn', { jid: one.jid, password: one.password, options }),
      core.ask('account.signIn', { jid: two.jid, password: two.password, options }),
    ]);
    const state = await core.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
    expect(state.account).toMatchObject({ id: second, jid: two.jid });
    // The first one had not been signed in yet: nothing of it is left.
    expect((await recordsOf(core)).map(({ jid }) => jid)).toEqual([two.jid]);
    const databases = (await readdir(core.dir)).filter((name) => name.endsWith('.db'));
    expect(databases).toEqual([`${second}.db`]);
  });

  it('options are kept over a restart', async () => {
    const account = await server().newAccount();
    const core = await ownCore();
    const options: AccountOptions = {
      server: server().wsUrl,
      resource: 'Balkon <1>',
      priority: 5,
      mechanism: null,
      startInvisible: false,
      rememberPassword: true,
      signInAtStart: false,
    };
    await core.signIn(account.jid, account.password, options);
    const { dir, secrets } = core;
    await core.stop(true);
    const again = await startCore({ dir, secrets });
    atEnd(() => again.stop());
    const [state] = (await again.ask('app.state', {})).value.accounts;
    expect(state).toMatchObject({
      account: { jid: account.jid, options },
      connection: { phase: 'off', failure: null },
    });
  });

  it('a password that is not to be remembered is in no keyring, and asked for at the next start', async () => {
    const kept = new Map<string, string>();
    const secrets = memoryKeyring(kept);
    const account = await server().newAccount();
    const core = await ownCore({ secrets });
    const id = await core.signIn(account.jid, account.password, at(server(), { rememberPassword: false }));
    expect([...kept.keys()]).toEqual([`store-key:${id}`]);
    await core.stop(true);
    const again = await startCore({ dir: core.dir, secrets });
    atEnd(() => again.stop());
    await again.waitForState(
      ({ connection: { failure } }) => failure?.code === 'password-needed',
      'asked for',
    );
  });

  it('R18 the resource is the stem and a random suffix: two sessions leave each other alone', async () => {
    const account = await server().newAccount();
    const stems = [`${account.jid}/Balcony`, account.jid];
    const cores = await Promise.all([ownCore(), ownCore()]);
    const jids: string[] = [];
    for (const [n, core] of cores.entries()) {
      await core.signIn(
        stems[n] ?? '',
        account.password,
        at(server(), n === 1 ? { resource: 'Balcony' } : {}),
      );
      jids.push((await connection(core))?.jid ?? '');
    }
    for (const jid of jids) expect(jid).toMatch(new RegExp(`^${account.jid}/Balcony-[0-9a-f]{6}$`));
    expect(new Set(jids).size).toBe(2);
    // Both are still there once the server has had its say.
    await new Promise((next) => setTimeout(next, 500));
    for (const [n, core] of cores.entries()) {
      expect(await connection(core)).toMatchObject({ phase: 'online', jid: jids[n] });
    }
  });

  it('an account that never worked leaves nothing behind: not for another one, not at quit, not when killed', async () => {
    const kept = new Map<string, string>();
    const secrets = memoryKeyring(kept);
    const core = await ownCore({ secrets });
    const fail = async (one: TestCore): Promise<string> => {
      const { jid } = await server().newAccount('typo');
      const options: AccountOptions = { ...plainOptions, server: server().wsUrl };
      const id = await one.ask('account.signIn', { jid, password: 'wrong', options });
      await one.waitForState(({ connection: { phase } }) => phase === 'stopped', 'refused');
      return id;
    };
    const first = await fail(core);
    const account = await server().newAccount();
    const good = await core.signIn(account.jid, account.password, at(server()));
    expect(await filesOf(core, first)).toEqual([]);
    expect((await recordsOf(core)).map(({ jid }) => jid)).toEqual([account.jid]);
    expect([...kept.keys()].sort()).toEqual([`password:${good}`, `store-key:${good}`]);

    const second = await fail(core);
    await core.stop(true);
    expect(await filesOf(core, second)).toEqual([]);
    expect((await recordsOf(core)).map(({ jid }) => jid)).toEqual([account.jid]);

    const killed = await startCore({ dir: core.dir, secrets });
    atEnd(() => killed.stop());
    const third = await fail(killed);
    const next = await startCore({ dir: core.dir, secrets });
    atEnd(() => next.stop());
    // Whoever was there before was never signed out.
    expect((await next.ask('app.state', {})).value.accounts).toMatchObject([{ account: { id: good } }]);
    expect(await filesOf(next, third)).toEqual([]);
    expect([...kept.keys()].sort()).toEqual([`password:${good}`, `store-key:${good}`]);
  });
});

describe('what cannot be an account', () => {
  it.each([
    ['', 'bad-request'],
    ['juliet', 'bad-jid'],
    ['@example.org', 'bad-jid'],
    ['juliet@', 'bad-jid'],
    ['ju liet@example.org', 'bad-jid'],
    ['example.org', 'bad-jid'],
    ['juliet@exa mple.org', 'bad-jid'],
  ])('the address %j is refused: %s', async (jid, code) => {
    const core = await ownCore();
    const answer = await core.core.call('account.signIn', { jid, password: 'x', options: plainOptions });
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect((await core.ask('app.state', {})).value.accounts).toEqual([]);
  });

  it.each(['http://example.org/ws', 'example.org:70700', 'wss://', 'wss://user:secret@example.org/ws'])(
    'the server %j is refused: bad-url',
    async (url) => {
      const core = await ownCore();
      const options = { ...plainOptions, server: url };
      const answer = await core.core.call('account.signIn', { jid: 'a@b.example', password: 'x', options });
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-url' } });
    },
  );
});
