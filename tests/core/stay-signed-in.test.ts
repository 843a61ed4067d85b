import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../src-main/ports';
import { testCertificate } from '../servers/certificates';
import type { ServerOptions, TestServer } from '../servers/server';
import { connectServer, sharedServers } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { memoryKeyring, plainOptions, startCore, type TestCore, type TestCoreOptions } from '../support/core';
import { faultProxy } from '../support/fault-proxy';
import { front } from '../support/front';
import { atEnd, ownCore } from './support';
import type { AccountState } from '../../src-shared/ipc/states';

const stopped = ({ connection }: AccountState): boolean => connection.phase === 'stopped';
const online = ({ connection }: AccountState): boolean => connection.phase === 'online';
const start = (core: TestCore, jid: string, password: string, server: string) =>
  core.ask('account.signIn', { jid, password, options: { ...plainOptions, server } });
const seconds = (): number => performance.now() / 1000;

describe.each(sharedServers())('staying signed in on %s', (kind) => {
  const ownServer = async (options: ServerOptions = {}): Promise<TestServer> => {
    const server = await startServer(kind, options);
    atEnd(() => server.stop());
    return server;
  };
  /** A core in a folder of its own, and the next one in the same folder. */
  const restarted = async (core: TestCore, options: TestCoreOptions): Promise<TestCore> => {
    await core.stop(true);
    return ownCore({ ...options, dir: core.dir });
  };

  it('R5 a restart of the server in the middle: back within 10 s of its return', async () => {
    const server = await ownServer();
    await server.createUser('juliet', 'secret');
    const core = await ownCore();
    await core.signIn(`juliet@${server.domain}`, 'secret', { server: server.wsUrl });
    await server.shutDown();
    const away = await core.waitForState((state) => !online(state), 'sees that the server is gone');
    expect(['waiting', 'connecting']).toContain(away.connection.phase);
    await new Promise((next) => setTimeout(next, 4000));
    await server.start();
    const since = seconds();
    await core.waitForState(online, 'back', 10_000);
    expect(seconds() - since).toBeLessThan(10);
  });

  it.each(['locked', 'slow'] as const)(
    'R15 a keyring that is %s at the start and unlocked later: signed in then with all that was kept, without a restart',
    async (state) => {
      const server = connectServer(kind);
      const juliet = await server.newAccount('juliet');
      let shut = false;
      const open = memoryKeyring();
      const secrets: SecretStore = {
        ...open,
        get: (key) => (shut ? Promise.resolve({ ok: false, state }) : open.get(key)),
      };
      const before = await startCore({ secrets });
      const account = await before.signIn(juliet.jid, juliet.password, { server: server.wsUrl });
      const peer = `romeo@${server.domain}`;
      await before.ask('chat.draft', { account, peer, draft: 'kept' });
      shut = true;
      const core = await restarted(before, { secrets });
      const { connection } = await core.waitForState(stopped, 'says why');
      expect(connection.failure).toMatchObject({ code: 'keyring', params: { state } });
      expect(await core.core.call('chats.list', { account })).toMatchObject({
        error: { code: 'store-unavailable', params: { reason: state } },
      });
      shut = false;
      // One that was left locked is not asked again and again.
      if (state === 'locked') core.lock(false);
      await core.waitForState(online, 'in');
      expect((await core.ask('chats.list', { account })).value).toMatchObject([{ peer, draft: 'kept' }]);
    },
  );

  it('R13 a key that is lost: it is said, and on request there is a new history, the old file put aside', async () => {
    const server = connectServer(kind);
    const juliet = await server.newAccount('juliet');
    const secrets = memoryKeyring();
    const before = await startCore({ secrets });
    const account = await before.signIn(juliet.jid, juliet.password, { server: server.wsUrl });
    const refused = { ok: false, error: { code: 'bad-request' } };
    expect(await before.core.call('account.newHistory', { account })).toMatchObject(refused);
    await secrets.delete(`store-key:${account}`);
    const core = await restarted(before, { secrets });
    await core.waitForState((state) => online(state) && state.history === 'key-lost', 'says so');
    await core.ask('account.newHistory', { account });
    await core.waitForState((state) => online(state) && state.history === 'kept', 'kept again');
    const aside = readdirSync(core.dir).filter((name) => name.startsWith(`${account}.db.damaged-`));
    expect(aside.filter((name) => name.endsWith('Z'))).toHaveLength(1);
    expect(aside.filter((name) => name.endsWith('.key.json'))).toHaveLength(1);
    expect(core.events.filter(({ type }) => type === 'history-anew')).toHaveLength(1);
  });

  it('R17 T29 the question about a certificate, its answer, and no question at the next start', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    const options = { secrets: memoryKeyring() };
    const core = await startCore(options);
    atEnd(() => core.stop());
    const id = await start(core, account.jid, account.password, server.wssUrl);
    const { connection } = await core.waitForState(stopped, 'asks');
    expect(connection).toMatchObject({
      failure: { code: 'tls-self-signed', step: 'tls' },
      certificate: { fingerprint: server.certificate.fingerprint256, previous: null },
    });
    const { host, fingerprint } = connection.certificate!;
    await core.ask('account.trust', { account: id, host, fingerprint });
    await core.ask('account.retry', { account: id });
    await core.waitForState(online, 'in with the answer');
    const next = await restarted(core, options);
    await next.waitForState(online, 'in without a question');
  });

  it('T29 another certificate at the same place asks again, and signs nobody in', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    const target = Number(new URL(server.wsUrl).port);
    const [first, second] = [
      await testCertificate('self-signed', 'front.test'),
      await testCertificate('expired', 'front.test'),
    ];
    const before = await front(target, { certificate: first });
    const endpoint = `wss://localhost:${String(before.port)}${new URL(server.wsUrl).pathname}`;
    const core = await ownCore();
    const id = await start(core, account.jid, account.password, endpoint);
    const asked = await core.waitForState(stopped, 'asks');
    const host = asked.connection.certificate!.host;
    await core.ask('account.trust', { account: id, host, fingerprint: first.fingerprint256 });
    await core.ask('account.retry', { account: id });
    await core.waitForState(online, 'in');

    await before.stop();
    const after = await front(target, { certificate: second, port: before.port });
    atEnd(() => after.stop());
    const changed = await core.waitForState(stopped, 'asks again', 15_000);
    expect(changed.connection).toMatchObject({
      failure: { code: 'tls-changed' },
      certificate: { fingerprint: second.fingerprint256, previous: first.fingerprint256 },
    });
    await core.ask('account.trust', { account: id, host, fingerprint: second.fingerprint256 });
    await core.ask('account.retry', { account: id });
    await core.waitForState(online, 'in with the new answer');
  });

  it('T27 PLAIN over ws:// is asked about once for the account', async () => {
    const server = await ownServer({ plainOnly: true });
    await server.createUser('juliet', '\\0123 <пароль>');
    const options = { secrets: memoryKeyring() };
    const core = await startCore(options);
    atEnd(() => core.stop());
    const id = await start(core, `juliet@${server.domain}`, '\\0123 <пароль>', server.wsUrl);
    const { connection } = await core.waitForState(stopped, 'asks');
    expect(connection.failure).toMatchObject({ code: 'plain-refused', step: 'auth' });
    await core.ask('account.allowPlain', { account: id });
    await core.ask('account.retry', { account: id });
    await core.waitForState(online, 'in');
    const next = await restarted(core, options);
    await next.waitForState(online, 'in without a question');
  });

  it('R16 a password changed elsewhere stops it, and the new one starts it again', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    const proxy = await faultProxy({ port: Number(new URL(server.wsUrl).port) });
    atEnd(() => proxy.stop());
    const endpoint = `ws://localhost:${String(proxy.port)}${new URL(server.wsUrl).pathname}`;
    const core = await ownCore();
    await core.signIn(account.jid, account.password, { server: endpoint });
    await server.setPassword(account.name, 'another one');
    proxy.cut();
    const { connection } = await core.waitForState(stopped, 'stops', 15_000);
    // Some servers end the session themselves when the password changes.
    expect(['not-authorized', 'replaced-credentials']).toContain(connection.failure?.code);
    const opened = proxy.opened;
    await new Promise((next) => setTimeout(next, 2500));
    expect(proxy.opened).toBe(opened);
    await start(core, account.jid, 'another one', endpoint);
    await core.waitForState(online, 'in with the new password');
  });

  it('R7 a line that was cut comes back by itself, and at once when the network does', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    const proxy = await faultProxy({ port: Number(new URL(server.wsUrl).port) });
    atEnd(() => proxy.stop());
    const endpoint = `ws://localhost:${String(proxy.port)}${new URL(server.wsUrl).pathname}`;
    const core = await ownCore();
    await core.signIn(account.jid, account.password, { server: endpoint });
    proxy.cut();
    await core.waitForState((state) => !online(state), 'sees it');
    await core.waitForState(online, 'back by itself');

    proxy.refuse(true);
    proxy.cut();
    await core.waitForState(({ connection }) => connection.phase === 'waiting', 'waits');
    await new Promise((next) => setTimeout(next, 3500));
    proxy.refuse(false);
    core.network(true);
    await core.waitForState(online, 'back at once', 4_000);
  });
});
